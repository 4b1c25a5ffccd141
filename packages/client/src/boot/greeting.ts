import { effect } from "@preact/signals";
import type { PresenceStore } from "../session/presence-store.ts";

/** Who has signed in again after their session had ended is there again, where the server took them for gone meanwhile. */
export function greetAgain(presence: PresenceStore): void {
	presence.forgetWish();
	const seen = presence.snapshots.peek();
	const stop = effect(() => {
		if (presence.snapshots.value === seen) return;
		queueMicrotask(() => {
			stop();
			greet(presence);
		});
	});
}

/**
 * Who has just signed in is there; who reloads the panel keeps the status they chose. To be called before anybody is told
 * of the status.
 */
export function greet(presence: PresenceStore): void {
	if (presence.system.value !== "OFFLINE" && presence.system.value !== "") return;
	presence.isGreeting.value = true;
	const isOver = () => {
		presence.isGreeting.value = false;
	};
	let asked = false;
	const stop = effect(() => {
		if (asked || presence.choices.value.length === 0) return;
		asked = true;
		// Behind the wishes that have waited for the same list.
		queueMicrotask(() => {
			stop();
			presence.greet().then(isOver, isOver);
		});
	});
}
