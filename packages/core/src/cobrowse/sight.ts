import type { CobrowseState } from "@inlay/contract/cobrowse/session";
import type { Room } from "./relay.ts";
import type { CobrowseSessions } from "./sessions.ts";

const shared: readonly CobrowseState[] = ["connecting", "viewing", "controlling", "paused"];

/** How far a session is, by its two sides: an agent who has closed the viewer sees nothing, whatever was allowed. */
function sightOf({ isPaused, isSeen, isControlled }: Room): CobrowseState {
	if (isPaused) return "paused";
	if (!isSeen) return "connecting";
	return isControlled ? "controlling" : "viewing";
}

/** The session is told as it is, however much happened while the one before was written. */
export async function followSight(sessions: Pick<CobrowseSessions, "move">, id: string, room: Room): Promise<void> {
	for (;;) {
		const state = sightOf(room);
		await sessions.move(
			id,
			shared.filter((one) => one !== state),
			state,
		);
		if (sightOf(room) === state) return;
	}
}
