import { setTimeout as after } from "node:timers/promises";

/** Where the call of a played colleague stands: `talking` to somebody, `mailbox` while one listens. */
export type CallPlace = "ringing" | "talking" | "mailbox" | "over";

/** Greeting and beep included: his message is about as long as those of the callers of the tour. */
const speaksMs = 12_000;

/**
 * A played colleague hears the mailbox, speaks for a moment and hangs up; nobody else would end his message before its limit.
 * @param place asked now and then, until the call is answered by somebody or over
 */
export async function leaveMessage(
	place: () => Promise<CallPlace>,
	hangUp: () => Promise<unknown>,
	times = { pollMs: 500, speaksMs },
): Promise<void> {
	let now = await place();
	while (now === "ringing") {
		await after(times.pollMs, undefined, { ref: false });
		now = await place();
	}
	if (now !== "mailbox") return;
	await after(times.speaksMs, undefined, { ref: false });
	if ((await place()) === "mailbox") await hangUp();
}
