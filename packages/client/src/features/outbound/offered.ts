import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** A campaign's contact whom nobody calls yet, and who is called in their time. */
export function isOffered({ campaign, call, state }: LiveInteraction): boolean {
	return campaign === "preview" && !call && !isOver({ state });
}

/** Such a one whose card the agent does not have before them. */
export function offeredElsewhere({ session, view, selectedId, typing }: Workspace): LiveInteraction | undefined {
	const isInList = view.value === "interactions" && !typing.value;
	const open = isInList ? selectedId.value : undefined;
	return session.conversations.listed.value.find((one) => isOffered(one) && one.isUntouched && one.id !== open);
}
