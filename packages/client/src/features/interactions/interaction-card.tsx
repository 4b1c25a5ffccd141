import { Badge, Icon } from "@inlay/ui";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { clockText, detailLines, stateText, usualDetails } from "./card-text.ts";
import { t } from "./strings.ts";

/** Who it is, what state it is in, how long: one row, and the details when open. */
export function InteractionCard({
	workspace,
	call,
	open,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	open: boolean;
}) {
	const tone = call.needsWrapup ? "work" : call.held ? "held" : call.state;
	return (
		<>
			<button
				type="button"
				class="interaction-row"
				aria-expanded={open}
				onClick={() => {
					workspace.selectedId.value = call.id;
				}}
				onDblClick={() => {
					if (call.state !== "alerting") return;
					void workspace.attempt(`pickup.${call.id}`, () => workspace.pickUp(call));
				}}
			>
				<span class="interaction-icon" data-tone={tone}>
					<Icon name={isOver(call) ? "edit" : call.direction === "outbound" ? "outgoing" : "phone"} />
				</span>
				<span class="ui-grow">
					<span class="interaction-name ui-clip">{workspace.nameOf(call) || t("unknown")}</span>
					<span class="interaction-line ui-clip">
						{[stateText(call), open ? undefined : call.queueName].filter(Boolean).join(" · ")}
					</span>
				</span>
				<Clock workspace={workspace} call={call} />
			</button>
			<Marks call={call} />
			{open && <Details workspace={workspace} call={call} />}
		</>
	);
}

function Clock({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	return <span class="interaction-clock ui-number">{clockText(call, workspace.session.now.value)}</span>;
}

function Marks({ call }: { call: LiveInteraction }) {
	if (isOver(call)) return null;
	const marks = [
		call.muted && <Badge tone="warn">{t("muted")}</Badge>,
		call.held && <Badge tone="warn">{t("held")}</Badge>,
		call.recording === "active" && <Badge tone="bad">{t("recording")}</Badge>,
		call.recording === "paused" && <Badge tone="warn">{t("recordingPaused")}</Badge>,
		call.flagged && <Badge tone="info">{t("flagged")}</Badge>,
	].filter(Boolean);
	return marks.length > 0 ? <div class="interaction-marks">{marks}</div> : null;
}

function Details({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const wanted = workspace.config.value.settings.display.interactionDetails[call.media];
	const show = (number: string) => workspace.numbers.show(number);
	const lines = detailLines(call, wanted?.length ? wanted : usualDetails, workspace.session.now.value, show);
	const shown = wanted?.length ? lines : lines.filter((line) => line.value !== workspace.nameOf(call));
	if (shown.length === 0) return null;
	return (
		<dl class="interaction-details">
			{shown.map(({ label, value }) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd class="ui-clip" title={value}>
						{value}
					</dd>
				</div>
			))}
		</dl>
	);
}
