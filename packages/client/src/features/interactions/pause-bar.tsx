import "./pause-bar.css";
import { Button, formatDuration } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** Says that nothing is recorded just now, for how long already, and goes on with it (agent-features 6). */
export function PauseBar({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const now = workspace.session.now.value;
	// The pause is counted from when this panel shows it: nobody tells when it began.
	const [since] = useState(now);
	const resume = () => workspace.session.actions.toggle(call, "securePause");
	return (
		<div class="pause-bar" role="status">
			<span class="ui-grow">
				{t("notRecording")} <span class="ui-number">{formatDuration(now - since)}</span>
			</span>
			<Button size="small" onClick={() => void workspace.attempt(`securePause.${call.id}`, resume)}>
				{t("secureResume")}
			</Button>
		</div>
	);
}
