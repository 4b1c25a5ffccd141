import type { Task } from "../../session/load.ts";
import { Confirm } from "../../shell/parts.tsx";
import { sentencesOf } from "../health/finding-strings.ts";
import { t } from "./strings.ts";
import type { Unready } from "./use.ts";

/** Asks before a deployment is switched on whose agents could not sign in, and says how that is mended. */
export function UnreadyDialog(props: {
	name: string;
	unready: Unready;
	task: Task;
	onClose: () => void;
	onConfirm: () => void;
}) {
	const { name, unready, task, onClose, onConfirm } = props;
	const said = unready.map(sentencesOf).map(({ cause, cure }) => `${cause} ${cure}`);
	return (
		<Confirm
			title={t("unreadyTitle", { name })}
			text={said.length > 0 ? said.join(" ") : t("signsInNobody")}
			action={t("activate")}
			task={task}
			onClose={onClose}
			onConfirm={onConfirm}
		/>
	);
}
