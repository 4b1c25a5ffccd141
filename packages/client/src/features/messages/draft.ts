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
	/** Of this one text, whichever of the agent's panels sends it: begins with its first letter. */
	id?: string | undefined;
	tried?: Tried | undefined;
	/** Files of responses that go along, as they were kept. */
	files?: unknown;
}

/** As the desk has it: a text alone, where nothing was tried. */
export function draftOf(kept: unknown): Draft {
	if (typeof kept === "string") return { text: kept };
	if (!isRecord(kept) || typeof kept.text !== "string") return { text: "" };
	const id = typeof kept.id === "string" ? kept.id : undefined;
	return { text: kept.text, id, tried: isTried(kept.tried) ? kept.tried : undefined, files: kept.files };
}

/** For the desk; null: nothing is kept. */
export function keptOf({ text, id, tried, files }: Omit<Draft, "files"> & { files: readonly object[] }): unknown {
	if (text === "" && !tried && files.length === 0) return null;
	return {
		...{ text, ...(id === undefined ? {} : { id }), ...(tried ? { tried } : {}) },
		...(files.length > 0 ? { files } : {}),
	};
}

/**
 * `Idempotency-Key` of a draft's text: two panels in which the agent presses Enter at once say the same, and the server does it
 * once. Another text of the same draft is another message.
 */
export function keyOf(id: string, path: string, text: string): string {
	return `${id}.${digest(`${path} ${text}`)}`;
}

/** FNV-1a from both ends: it only has to tell apart what one agent has typed into one field. */
function digest(text: string): string {
	const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
	const fnv = (all: number[]) => all.reduce((sum, unit) => Math.imul(sum ^ unit, 0x01000193), 0x811c9dc5) >>> 0;
	return [fnv(units), fnv(units.reverse())].map((half) => half.toString(16).padStart(8, "0")).join("");
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
