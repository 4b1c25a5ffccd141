/** Runs a task a little later, in the order in which they are given. */
export type Later = (task: () => void) => void;

/** What the next tasks follow. */
export interface TaskOrder {
	/** Resolves once all that was told until now has been heard, or has taken too long; undefined: it has been already. */
	heard?: (() => Promise<void> | undefined) | undefined;
}

/** For who is told by messages and passes them on: an isolated script speaks to the page around by way of this window. */
export const taskOrder: TaskOrder = {};

const waiting: (() => void)[] = [];
let port: MessagePort | undefined;

/**
 * Runs `task` in a task of its own, after what is queued already, e.g. a message to the page around, and after what an isolated
 * script makes of what it was told. Not by a timer: those of a page that is not looked at run once a second or a minute.
 */
export function nextTask(task: () => void): void {
	waiting.push(task);
	const heard = taskOrder.heard?.();
	if (heard) heard.then(post);
	else post();
}

function post(): void {
	if (!port) {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => waiting.shift()?.();
		port = port2;
	}
	port.postMessage(0);
}
