import type { Memory } from "./memory.ts";

/** What the customer has written and the server has not confirmed. */
export interface Unsent {
	clientId: string;
	text: string;
	/** What was asked before the first message. */
	attributes?: Record<string, string>;
	/** Why it will not be sent. */
	failed?: string;
	/** It is a file, which this page alone has: it is not kept beyond it. */
	file?: File;
}

/** Of whoever's names begin so, as this browser has kept it. */
export function unsentOf(memory: Memory, keep: string): Unsent[] {
	return memory.names(`${keep}unsent.`).flatMap((name) => readUnsent(memory.read(name)));
}

function readUnsent(kept: string | undefined): Unsent[] {
	try {
		const one = JSON.parse(kept ?? "") as Unsent;
		return typeof one.clientId === "string" && typeof one.text === "string" ? [one] : [];
	} catch {
		return [];
	}
}
