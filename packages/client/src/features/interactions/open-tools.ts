import { type Signal, signal } from "@preact/signals";

/** What is open on an interaction's card. */
export interface OpenTools {
	keypad: Signal<boolean>;
	/** Digits that were sent by the keypad. */
	sent: Signal<string>;
	transfer: Signal<boolean>;
}

const mostKept = 20;
const opened = new Map<string, OpenTools>();

/** The tools of an interaction outlive its card: another view, or a card drawn anew, closes nothing. */
export function openTools(interactionId: string): OpenTools {
	const known = opened.get(interactionId);
	if (known) return known;
	const tools: OpenTools = { keypad: signal(false), sent: signal(""), transfer: signal(false) };
	opened.set(interactionId, tools);
	const oldest = opened.keys().next().value;
	if (opened.size > mostKept && oldest !== undefined) opened.delete(oldest);
	return tools;
}
