import type { WireQueue } from "../../session/wire.ts";

/**
 * The queues that an agent may choose from for a callback of an interaction, that interaction's own first: none but it,
 * unless its queue lets them choose (agent-features 3). Empty where it is not one of theirs: it is not changed then.
 */
export function queuesToChoose(mine: readonly WireQueue[], ofInteraction: string | undefined): WireQueue[] {
	const own = mine.find(({ id }) => id === ofInteraction);
	if (!own?.mediaSettings?.callback?.inlayQueueChoice) return own ? [own] : [];
	return [own, ...mine.filter((one) => one !== own)];
}
