import "./interactions.css";
import { Button, EmptyState, locale } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { openCalls } from "../../session/expected-sound.ts";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { LazyCard } from "../../shell/lazy-card.tsx";
import { outcomeWord } from "../../shell/outcome-text.ts";
import { ReadinessLine } from "../../shell/readiness-line.tsx";
import { takeStatus } from "../../shell/take-status.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CallControls } from "./call-controls.tsx";
import { InteractionFacts, InteractionRow } from "./interaction-card.tsx";
import { LazyLeftDrafts } from "./lazy-left-drafts.tsx";
import { LazyPastCalls } from "./lazy-past-calls.tsx";
import { LazyRecordingBar } from "./lazy-recording-bar.tsx";
import { t } from "./strings.ts";
import { useUsefulFocus } from "./useful-focus.ts";
import { WrapupForm } from "./wrapup-form.tsx";

/** Everything the agent has going on; the selected interaction opens in place with its controls. */
export function InteractionsView({ workspace }: { workspace: Workspace }) {
	const { conversations } = workspace.session;
	const listed = conversations.listed.value;
	const typed = typedAfterItsEnd(workspace);
	const list = typed ? [...listed, typed] : listed;
	const place = useUsefulFocus(list, workspace.selectedId.value);
	useEffect(() => () => leaveNote(workspace), [workspace]);
	return (
		<div
			class="interactions"
			ref={place}
			tabIndex={-1}
			onInput={(event) => writeNote(workspace, event.target)}
			onFocusIn={(event) => event.target instanceof HTMLTextAreaElement || leaveNote(workspace)}
			onFocusOut={(event) => isOnAlert(event.relatedTarget) || leaveNote(workspace)}
		>
			{list.length === 0 && <LazyPastCalls workspace={workspace} part="last" />}
			<OpenCalls workspace={workspace} calls={list} />
			{list.length === 0 ? (
				<NothingGoingOn workspace={workspace} />
			) : (
				<ul class="interaction-list" aria-label={t("list")}>
					{list.map((call) => (
						<Entry
							key={call.id}
							workspace={workspace}
							call={call}
							open={call.id === (typed?.id ?? workspace.selectedId.value)}
							typed={call === typed}
						/>
					))}
				</ul>
			)}
			<LazyLeftDrafts workspace={workspace} />
			{/* Below what is going on, whose controls nothing pushes. */}
			{list.length > 0 && <LazyPastCalls workspace={workspace} part="last" />}
			<LazyPastCalls workspace={workspace} part="missed" />
		</div>
	);
}

/** Whose note is being typed though it is over and done: it stays for as long as somebody does. */
function typedAfterItsEnd({ typing, session }: Workspace): LiveInteraction | undefined {
	const { conversations } = session;
	const isListed = conversations.listed.value.some(({ id }) => id === typing.value);
	return isListed ? undefined : conversations.find(typing.value);
}

/** The focus alone types nothing: it comes to the note by itself when a call has ended. */
function writeNote({ typing }: Workspace, field: EventTarget | null): void {
	if (!(field instanceof HTMLTextAreaElement) || ["message", "mail"].includes(field.name)) return;
	typing.value = field.closest<HTMLElement>("[data-interaction]")?.dataset.interaction;
}

/** Who answers from the note on the bar below finds the bar there until they have pressed. */
function isOnAlert(element: EventTarget | null): boolean {
	return element instanceof Element && element.closest(".alert-bar") !== null;
}

function leaveNote({ typing }: Workspace): void {
	typing.value = undefined;
}

/** A station with more than one call appearance leaves calls open beside each other: who hears the agent is said. */
function OpenCalls({ workspace, calls }: { workspace: Workspace; calls: readonly LiveInteraction[] }) {
	const open = openCalls(calls);
	if (open.length < 2) return null;
	const names = open.map((call) => workspace.nameOf(call) || t("unknown"));
	return (
		<p class="sound-state" data-tone="bad" role="status" data-open-calls={open.length}>
			{t("allHear", { names: new Intl.ListFormat(locale.value).format(names) })}
		</p>
	);
}

function Entry({
	workspace,
	call,
	open,
	typed,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	open: boolean;
	/** Its call is over and done: it stays for as long as somebody types its note. */
	typed: boolean;
}) {
	return (
		<li class="interaction" data-interaction={call.id} data-state={call.state} data-open={open}>
			<InteractionRow workspace={workspace} call={call} open={open} />
			{open && (
				<div class="interaction-body">
					{!isOver(call) && <CallControls workspace={workspace} call={call} />}
					<LazyCard workspace={workspace} call={call} />
					<LazyRecordingBar workspace={workspace} call={call} />
					<SoundState workspace={workspace} call={call} />
					<CameBack workspace={workspace} call={call} />
					<NotTaken workspace={workspace} call={call} />
					<InteractionFacts workspace={workspace} call={call} />
					<WrapupForm workspace={workspace} call={call} typed={typed} />
				</div>
			)}
		</li>
	);
}

/** “Transferring to …” is not said beside what became of it. */
function useSettled({ toasts }: Workspace, { id }: LiveInteraction, news: string | undefined): void {
	useEffect(() => {
		if (news) toasts.settle(id);
	}, [toasts, id, news]);
}

/** A transfer that reached nobody has come back. */
function CameBack({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	useSettled(workspace, call, call.cameBack);
	if (!call.cameBack || isOver(call)) return null;
	return (
		<p class="sound-state" data-tone="bad" role="alert" data-came-back={call.cameBack}>
			{t("cameBack", { reason: outcomeWord({ outcome: call.cameBack }) })}
		</p>
	);
}

/** Whom the agent handed it over to has not taken it, and it waits in the queue. */
function NotTaken({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	useSettled(workspace, call, call.notTakenBy);
	if (!call.notTakenBy) return null;
	const customer = workspace.nameOf(call) || t("unknown");
	const name = workspace.numbers.show(call.notTakenBy);
	return (
		<p class="sound-state" data-tone="bad" role="alert" data-not-taken={call.id}>
			{t("notTaken", { name, customer })}
			{workspace.can("conversation:call:pull") && (
				<Button
					size="small"
					data-take-back
					busy={workspace.busy.value.has(`take-back.${call.id}`)}
					onClick={() => void workspace.attempt(`take-back.${call.id}`, () => workspace.calls.takeBack(call))}
				>
					{t("takeBack")}
				</Button>
			)}
		</p>
	);
}

/** Says what the agent cannot hear: that the sound is not there yet, or has gone. */
function SoundState({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const state = workspace.phone.states.value.get(call.id);
	if (state === "failed") {
		return (
			<p class="sound-state" data-tone="bad" role="alert">
				{t("soundFailed")}
			</p>
		);
	}
	if (state !== "connecting") return null;
	return (
		<p class="sound-state" role="status" data-sound="connecting">
			{t("soundConnecting")}
		</p>
	);
}

function NothingGoingOn({ workspace }: { workspace: Workspace }) {
	const { presence, conversations } = workspace.session;
	if (!conversations.loaded.value) return null;
	const mayQueue = workspace.can("routing:agent:onqueue");
	const onQueue = presence.onQueue.value;
	const choice = presence.find("ON_QUEUE");
	const expected = emptyText(workspace);
	return (
		<EmptyState icon="headset" title={t("empty")}>
			{expected && <p>{t(expected)}</p>}
			{!presence.notResponding.value && <ReadinessLine workspace={workspace} />}
			<div class="empty-actions">
				{mayQueue && !onQueue && choice && (
					<Button
						kind="primary"
						data-go-on-queue
						onClick={() => void workspace.tell(() => takeStatus(workspace, choice))}
					>
						{t("goOnQueue")}
					</Button>
				)}
				<Button
					icon="keypad"
					onClick={() => {
						workspace.view.value = "new-interaction";
					}}
				>
					{t("dial")}
				</Button>
			</div>
		</EmptyState>
	);
}

/** What to expect now; on queue the line of readiness says it. */
function emptyText(workspace: Workspace) {
	const { presence } = workspace.session;
	if (presence.notResponding.value) return "emptyNotResponding" as const;
	if (presence.onQueue.value) return undefined;
	return workspace.can("routing:agent:onqueue") ? ("emptyOffQueue" as const) : ("emptyNoQueue" as const);
}
