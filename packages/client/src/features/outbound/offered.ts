import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { hasCalled } from "../../shell/log-subject.ts";
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

/** Whose cards were open since somebody was called: of them, who was called is known. */
const seen = new Set<string>();

/**
 * Somebody whom the countdown has called while the agent looked elsewhere: that is said until they look, also once the call is
 * over (agent-features 18).
 */
export function calledElsewhere(workspace: Workspace): LiveInteraction | undefined {
	const open = openCard(workspace);
	const called = workspace.session.conversations.listed.value.filter(
		(one) => one.campaign === "preview" && hasCalled(one),
	);
	for (const { id } of called) if (id === open) seen.add(id);
	return called.find(({ id }) => !seen.has(id));
}

function openCard({ view, selectedId, typing }: Workspace): string | undefined {
	return view.value === "interactions" && !typing.value ? selectedId.value : undefined;
}
