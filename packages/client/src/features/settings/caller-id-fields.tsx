import { TextField } from "@inlay/ui";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** What called people see; the server may have the last word. */
export function CallerIdFields({ workspace }: { workspace: Workspace }) {
	const { callerId, numbers } = workspace;
	const { name, number } = callerId.value.value;
	const isWrong = number.trim() !== "" && !["number", undefined].includes(numbers.read(number)?.kind);
	return (
		<>
			<TextField
				label={t("callerIdName")}
				name="callerIdName"
				value={name}
				onInput={(value) => callerId.change({ name: value })}
			/>
			<TextField
				label={t("callerIdNumber")}
				name="callerIdNumber"
				type="tel"
				value={number}
				error={isWrong ? t("callerIdWrong") : undefined}
				hint={t("callerIdHint")}
				onInput={(value) => callerId.change({ number: value })}
			/>
		</>
	);
}
