import "./recording-bar.css";
import { Badge, Button, formatDuration, Icon } from "@inlay/ui";
import { useState } from "preact/hooks";
import { type LackingConsent, lackingConsent } from "../../session/consent.ts";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { consentText } from "./consent-text.ts";
import { t } from "./recording-strings.ts";
import { t as ofControls } from "./strings.ts";

interface Props {
	workspace: Workspace;
	call: LiveInteraction;
}

/** Says why nothing is recorded just now, where somebody wants it to be (agent-features 6). */
export function RecordingBar({ workspace, call }: Props) {
	if (isOver(call)) return null;
	const lacking = lackingConsent(call);
	if (lacking) return <ConsentBar {...{ workspace, call, lacking }} />;
	return call.securePause ? <PauseBar workspace={workspace} call={call} /> : null;
}

function ConsentBar({ workspace, call, lacking }: Props & { lacking: LackingConsent }) {
	return (
		<p class="recording-bar" role="status" data-consent={lacking.state}>
			{lacking.state === "asked" ? <Icon name="clock" size={16} /> : <Badge tone="warn">{t("notRecording")}</Badge>}
			<span class="ui-grow">{consentText(workspace, call)}</span>
		</p>
	);
}

/** Says for how long already nothing is recorded, and goes on with it. */
function PauseBar({ workspace, call }: Props) {
	const now = workspace.session.now.value;
	// Of a server that does not tell when it began, from when this panel shows it.
	const [shown] = useState(now);
	const since = call.pausedTime ? Date.parse(call.pausedTime) : shown;
	const resume = () => workspace.session.actions.toggle(call, "securePause");
	return (
		<div class="recording-bar" role="status">
			<span class="ui-grow">
				{t("notRecording")} <span class="ui-number">{formatDuration(Math.max(0, now - since))}</span>
			</span>
			<Button size="small" onClick={() => void workspace.attempt(`securePause.${call.id}`, resume)}>
				{ofControls("secureResume")}
			</Button>
		</div>
	);
}
