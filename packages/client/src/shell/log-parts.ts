import { effect, untracked } from "@preact/signals";
import type { CallLogStore } from "../framework/call-log/store.ts";
import { hasEarlierWrapup } from "../session/interaction.ts";
import type { Session } from "../session/session.ts";

/**
 * A log learns that the agent takes part again when they do, whatever the panel shows then: what they note from that moment
 * on belongs to the next wrap-up. The panel that leads says so, once what was noted before is known; one that only rings
 * makes no log. Gives the way to stop.
 */
export function followParts(
	{ conversations, desk }: Pick<Session, "conversations" | "desk">,
	store: Pick<CallLogStore, "beginPart" | "get">,
): () => void {
	let stop: (() => void) | undefined = () => {};
	void desk.known.then(() => {
		if (!stop) return;
		stop = effect(() => {
			const again = conversations.listed.value.filter(hasEarlierWrapup);
			if (!desk.lead.here.value) return;
			for (const { id, participantId, state } of again)
				untracked(() => (state !== "alerting" || store.get(id)) && store.beginPart(id, participantId));
		});
	});
	return () => {
		stop?.();
		stop = undefined;
	};
}
