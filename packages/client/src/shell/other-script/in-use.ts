import { listenForUse } from "../../boot/listen-for-use.ts";
import type { Workspace } from "../workspace.ts";

/** Fields in which somebody types; what is chosen or ticked is not lost work. */
const typedIn =
	'textarea, input:not([type]), input[type="text"], input[type="search"], input[type="tel"], input[type="email"]';

/** Whether loading the panel anew would cost its agent something: a conversation, also one that is only offered, or something typed. */
export function isInUse(workspace: Workspace, page: Document): boolean {
	const { session, window, leaving, busy } = workspace;
	const { loaded, listed } = session.conversations;
	if (!loaded.peek() || listed.peek().length > 0) return true;
	if (busy.peek().size > 0 || leaving.asking.peek() || session.desk.unsent.peek()) return true;
	// What it shows is drawn by this page.
	if (window.place.peek() !== undefined) return true;
	return hasTyped(page) || page.querySelector("dialog[open], [role=dialog], [role=menu]") !== null;
}

/** Whether any field of the page holds text that somebody typed. */
export function hasTyped(page: Document): boolean {
	const fields = [...page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(typedIn)];
	if (fields.some(({ value, defaultValue, readOnly }) => !readOnly && value !== defaultValue && value !== ""))
		return true;
	return [...page.querySelectorAll("[contenteditable=true]")].some(({ textContent }) => textContent.trim() !== "");
}

/** Hears each touch of the page. */
export function watchUse(page: Window): { lastAt: () => number; stop: () => void } {
	let last = Date.now();
	const stop = listenForUse(() => {
		last = Date.now();
	}, page);
	return { lastAt: () => last, stop };
}
