import { Button, Dialog } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { LeavingWay } from "./leaving.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** Somebody is on the line: what shall become of them? */
export function LeaveDialog({ workspace }: { workspace: Workspace }) {
	const { leaving } = workspace;
	const [problem, setProblem] = useState("");
	const [under, setUnder] = useState<LeavingWay | undefined>();
	const [first, ...more] = leaving.calls;
	const [returning] = leaving.returnable;
	const several = more.length > 0;
	const go = async (way: LeavingWay) => {
		setUnder(way);
		setProblem("");
		try {
			await leaving.go(way);
		} catch (error) {
			setProblem(workspace.describe(error));
		}
		setUnder(undefined);
	};
	const text = !first
		? t("leaveOver")
		: several
			? t("leaveCalls", { count: more.length + 1 })
			: t("leaveCall", { name: workspace.nameOf(first) || t("somebody") });
	return (
		<Dialog title={t("leaveTitle")} closeLabel={t("leaveStay")} onClose={() => leaving.stay()}>
			<div class="ui-stack" data-leaving>
				<p>{text}</p>
				{problem && (
					<p class="ui-error" role="alert">
						{problem}
					</p>
				)}
				{returning && (
					<Button icon="transfer" busy={under === "giveBack"} data-leave="giveBack" onClick={() => void go("giveBack")}>
						{several ? t("leaveGiveBackCalls") : t("leaveGiveBack", { queue: returning.queueName ?? t("aQueue") })}
					</Button>
				)}
				<Button kind="bad" icon="hangup" busy={under === "end"} data-leave="end" onClick={() => void go("end")}>
					{several ? t("leaveEndCalls", { count: more.length + 1 }) : t(first ? "leaveEnd" : "signOut")}
				</Button>
				<Button kind="primary" data-leave="stay" onClick={() => leaving.stay()}>
					{t("leaveStay")}
				</Button>
				{first && <p class="ui-hint">{t("leaveHint")}</p>}
			</div>
		</Dialog>
	);
}
