import { isRecord } from "@inlay/contract";
import type { ThreadMessage } from "../../session/message-thread.ts";

/** A sending of which nobody knows yet whether the server has it. */
export interface Tried {
	text: string;
	/** `Idempotency-Key` (agent-features 0.1-6): who asks for it again, in whichever page, asks for the same. */
	key: string;
	/** To which path it was sent; a key is for one. */
	path: string;
	/** Id of the newest message that was shown then. */
	after?: string | undefined;
}

/** What is kept on the desk of what the agent is writing. */
export interface Draft {
	text: string;
	tried?: Tried | undefined;
}

/** As the desk has it: a text alone, where nothing was tried. */
export function draftOf(kept: unknown): Draft {
	if (typeof kept === "string") return { text: kept };
	if (!isRecord(kept) || typeof kept.text !== "string") return { text: "" };
	return { text: kept.text, tried: isTried(kept.tried) ? kept.tried : undefined };
}

/** For the desk; null: nothing is kept. */
export function keptOf({ text, tried }: Draft): unknown {
	if (tried) return { text, tried };
	return text === "" ? null : text;
}

/** Whether the exchange shows that what was tried has been sent. What cannot be told from older messages is not taken for it. */
export function hasArrived({ text, after }: Tried, messages: readonly ThreadMessage[]): boolean {
	const from = after === undefined ? 0 : messages.findIndex(({ id }) => id === after) + 1;
	if (after !== undefined && from === 0) return false;
	return messages
		.slice(from)
		.some((one) => one.direction === "outbound" && !one.automatic && !one.file && one.text.trim() === text.trim());
}

function isTried(value: unknown): value is Tried {
	return (
		isRecord(value) &&
		typeof value.text === "string" &&
		typeof value.key === "string" &&
		typeof value.path === "string" &&
		(value.after === undefined || typeof value.after === "string")
	);
}
