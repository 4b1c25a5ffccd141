/** Runs a task a little later, in the order in which they are given. */
export type Later = (task: () => void) => void;

const waiting: (() => void)[] = [];
let port: MessagePort | undefined;

/**
 * Runs `task` in a task of its own, after what is queued already, e.g. a message to the page around. Not by a timer: those
 * of a page that is not looked at run once a second or a minute.
 */
export function nextTask(task: () => void): void {
	waiting.push(task);
	port ??= openPort();
	port.postMessage(undefined);
}

function openPort(): MessagePort {
	const { port1, port2 } = new MessageChannel();
	port1.onmessage = () => waiting.shift()?.();
	return port2;
}
