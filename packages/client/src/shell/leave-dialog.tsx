import { Button, Dialog } from "@inlay/ui";
import { useState } from "preact/hooks";
import { t as leave } from "./leave-strings.ts";
import type { LeavingWay } from "./leaving.ts";
import { t } from "./strings.ts";
import { t as ofTargets } from "./target-strings.ts";
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
		? leave("leaveOver")
		: several
			? leave("leaveCalls", { count: more.length + 1 })
			: leave("leaveCall", { name: workspace.nameOf(first) || t("somebody") });
	return (
		<Dialog title={leave("leaveTitle")} closeLabel={leave("leaveStay")} onClose={() => leaving.stay()}>
			<div class="ui-stack" data-leaving>
				<p>{text}</p>
				{problem && (
					<p class="ui-error" role="alert">
						{problem}
					</p>
				)}
				{returning && (
					<Button icon="transfer" busy={under === "giveBack"} data-leave="giveBack" onClick={() => void go("giveBack")}>
						{several
							? leave("leaveGiveBackCalls")
							: leave("leaveGiveBack", { queue: returning.queueName ?? ofTargets("aQueue") })}
					</Button>
				)}
				<Button kind="bad" icon="hangup" busy={under === "end"} data-leave="end" onClick={() => void go("end")}>
					{several ? leave("leaveEndCalls", { count: more.length + 1 }) : first ? leave("leaveEnd") : t("signOut")}
				</Button>
				<Button kind="primary" data-leave="stay" onClick={() => leaving.stay()}>
					{leave("leaveStay")}
				</Button>
				{first && <p class="ui-hint">{leave("leaveHint")}</p>}
			</div>
		</Dialog>
	);
}
