import "./pause-bar.css";
import { Button, formatDuration } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** Says that nothing is recorded just now, for how long already, and goes on with it (agent-features 6). */
export function PauseBar({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const now = workspace.session.now.value;
	// Of a server that does not tell when it began, from when this panel shows it.
	const [shown] = useState(now);
	const since = call.pausedTime ? Date.parse(call.pausedTime) : shown;
	const resume = () => workspace.session.actions.toggle(call, "securePause");
	return (
		<div class="pause-bar" role="status">
			<span class="ui-grow">
				{t("notRecording")} <span class="ui-number">{formatDuration(Math.max(0, now - since))}</span>
			</span>
			<Button size="small" onClick={() => void workspace.attempt(`securePause.${call.id}`, resume)}>
				{t("secureResume")}
			</Button>
		</div>
	);
}
