import type { KeyValue } from "./storage.ts";

const againKey = "inlay.signin.again";

/** Whether a sign-in may begin anew by itself: once, so that a server that takes no code at all sends nobody in circles. */
export function mayStartAgain(store: KeyValue): boolean {
	const may = store.getItem(againKey) === null;
	if (may) store.setItem(againKey, "1");
	else store.removeItem(againKey);
	return may;
}

/** A sign-in has worked: the next one may begin anew, too. */
export function forgetStarts(store: KeyValue): void {
	store.removeItem(againKey);
}
