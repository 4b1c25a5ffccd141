import { effect, type ReadonlySignal, untracked } from "@preact/signals";

/**
 * Has an agent leave On Queue from whom the right to be there is taken while they are: what they have in hand goes on, and
 * nothing new is offered. Who never had it, as far as this panel knows, is left as they are.
 * @param leave takes another status, and says so
 * @returns stops
 */
export function leaveQueueWithRight(mayQueue: () => boolean, onQueue: ReadonlySignal<boolean>, leave: () => void) {
	let had = false;
	return effect(() => {
		const may = mayQueue();
		if (had && !may && onQueue.value) untracked(leave);
		if (may) had = true;
	});
}
