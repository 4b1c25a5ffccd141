import { Badge, Icon } from "@inlay/ui";
import { isOver, isWritten, type LiveInteraction } from "../../session/interaction.ts";
import { t as ofMedia } from "../../shell/media-strings.ts";
import { outcomeWord } from "../../shell/outcome-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { callClock, detailLines, holdClock, stateText, usualDetails } from "./card-text.ts";
import { t as ofWritten } from "./message-strings.ts";
import { SoundMark } from "./sound-mark.tsx";
import { t } from "./strings.ts";

/** Who it is, what state it is in, how long: one row. Another call is taken up by a click beside it. */
export function InteractionRow({
	workspace,
	call,
	open,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	open: boolean;
}) {
	const tone = call.needsWrapup ? "work" : call.held || call.otherAway?.kind === "held" ? "held" : call.state;
	const waits = call.state === "alerting" && workspace.alerting.value?.id !== call.id;
	return (
		<div class="interaction-head">
			<button
				type="button"
				class="interaction-row"
				aria-expanded={open}
				onClick={() => {
					workspace.selectedId.value = call.id;
				}}
				onDblClick={() => {
					if (call.state !== "alerting") return;
					void workspace.attempt(`pickup.${call.id}`, () => workspace.calls.pickUp(call));
				}}
			>
				<span class="interaction-icon" data-tone={tone}>
					<Icon name={iconOf(call)} />
				</span>
				<span class="ui-grow">
					<span class="interaction-name">
						<bdi>{workspace.nameOf(call) || t("unknown")}</bdi>
						{!open && workspace.unseen.value.has(call.id) && (
							<>
								{" "}
								<Badge tone="info">{ofWritten("unseen")}</Badge>
							</>
						)}
					</span>
					<span class="interaction-line">
						{isWritten(call) && <span class="ui-hidden">{`${ofMedia(`medium_${call.media}`)}, `}</span>}
						{waits ? t("waits") : stateText(call)}
						<HoldClock workspace={workspace} call={call} />
						{isOver(call) && call.outcome && !isWritten(call) && (
							<> · {outcomeWord({ ...call, outcome: call.outcome }, workspace.numbers)}</>
						)}
						{!open && call.queueName && (
							<>
								{" · "}
								<bdi>{workspace.ui.queueName(call)}</bdi>
							</>
						)}
					</span>
				</span>
				<Clock workspace={workspace} call={call} />
			</button>
			{!open && call.held && <Swap workspace={workspace} call={call} />}
		</div>
	);
}

function iconOf(call: LiveInteraction) {
	if (isOver(call)) return "edit";
	if (isWritten(call)) return "message";
	return call.direction === "outbound" ? "outgoing" : "phone";
}

/** Takes up a held call; the server holds the one that is open (one call on the line). */
function Swap({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const swap = async () => {
		workspace.selectedId.value = call.id;
		await workspace.session.actions.toggle(call, "held");
	};
	const label = t("swapTo", { name: workspace.nameOf(call) || t("unknown") });
	return (
		<button
			type="button"
			class="interaction-swap"
			data-swap={call.id}
			aria-label={label}
			title={label}
			aria-disabled={workspace.busy.value.has(`hold.${call.id}`) ? "true" : undefined}
			onClick={() => void workspace.attempt(`hold.${call.id}`, swap)}
		>
			<Icon name="play" size={18} />
			<span>{t("unhold")}</span>
		</button>
	);
}

function Clock({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	return <span class="interaction-clock ui-number">{callClock(call, workspace.session.now.value)}</span>;
}

function HoldClock({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const clock = isOver(call) ? "" : holdClock(call, workspace.session.now.value);
	if (!clock) return null;
	return (
		<>
			{" "}
			<span class="hold-clock ui-number">{clock}</span>
		</>
	);
}

/** What else is true of the call; below the controls, which nothing pushes. */
export function InteractionFacts({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	return (
		<>
			<Marks workspace={workspace} call={call} />
			<Details workspace={workspace} call={call} />
		</>
	);
}

function Marks({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	if (isOver(call)) return null;
	const marks = [
		call.muted && <Badge tone="warn">{t("muted")}</Badge>,
		call.recording === "active" && <RecordingMark />,
		call.recording === "paused" && !call.securePause && <Badge tone="warn">{t("recordingPaused")}</Badge>,
		call.flagged && <Badge tone="info">{t("flagged")}</Badge>,
	].filter(Boolean);
	return (
		<div class="interaction-marks">
			<SoundMark workspace={workspace} call={call} />
			{marks}
		</div>
	);
}

function RecordingMark() {
	return (
		<Badge tone="bad">
			<span class="recording-dot" aria-hidden="true" />
			{t("recording")}
		</Badge>
	);
}

function Details({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const wanted = workspace.config.value.settings.display.interactionDetails[call.media];
	const show = (number: string) => workspace.numbers.show(number);
	const named = { ...call, queueName: workspace.ui.queueName(call) };
	const lines = detailLines(named, wanted?.length ? wanted : usualDetails, workspace.session.now.value, show);
	const shown = wanted?.length ? lines : lines.filter((line) => line.value !== workspace.nameOf(call));
	if (shown.length === 0) return null;
	return (
		<dl class="interaction-details">
			{shown.map(({ label, value }) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd title={value}>
						<bdi>{value}</bdi>
					</dd>
				</div>
			))}
		</dl>
	);
}
