import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { userOf } from "../../session/participants.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** A campaign's contact whom nobody calls yet, and who is called in their time. */
export function isOffered({ campaign, call, state }: LiveInteraction): boolean {
	return campaign === "preview" && !call && !isOver({ state });
}

/** Such a one whose card the agent does not have before them. */
export function offeredElsewhere(workspace: Workspace): LiveInteraction | undefined {
	const open = openCard(workspace);
	return workspace.session.conversations.listed.value.find(
		(one) => isOffered(one) && one.isUntouched && one.id !== open,
	);
}

/**
 * Somebody whom the countdown has called while the agent looked elsewhere: that is said until they look, also once the call is
 * over (agent-features 18).
 */
export function calledElsewhere(workspace: Workspace): LiveInteraction | undefined {
	const seen = seenIn(workspace).value;
	return workspace.session.conversations.listed.value.find((one) => wasDialedByItself(one) && !seen.has(one.id));
}

function wasDialedByItself({ campaign, source }: LiveInteraction): boolean {
	if (campaign !== "preview") return false;
	return (source.participants ?? []).some((one) => userOf(one) && one.calls?.at(-1)?.inlayDialedBy === "timer");
}

/** Whose cards were open since they were called by themselves: of them, that is known. */
const seenOf = new WeakMap<Workspace, ReadonlySignal<ReadonlySet<string>>>();

/** What the agent looks at is followed from the first question on, whenever somebody asks. */
function seenIn(workspace: Workspace): ReadonlySignal<ReadonlySet<string>> {
	const known = seenOf.get(workspace);
	if (known) return known;
	const seen = signal<ReadonlySet<string>>(new Set());
	seenOf.set(workspace, seen);
	effect(() => {
		const open = openCard(workspace);
		const call = workspace.session.conversations.listed.value.find(({ id }) => id === open);
		if (call && wasDialedByItself(call) && !seen.peek().has(call.id)) seen.value = new Set(seen.peek()).add(call.id);
	});
	return seen;
}

function openCard({ view, selectedId, typing }: Workspace): string | undefined {
	return view.value === "interactions" && !typing.value ? selectedId.value : undefined;
}
