import { Socket } from "node:net";

/** Whether and when somebody wants this process to end. */
export interface StopRequest {
	readonly made: boolean;
	/** Settled with the first request. */
	readonly promise: Promise<void>;
}

/**
 * Ctrl-C reaches this process twice, from the terminal and from the start script that passes it on; only a signal that
 * comes this much later, in milliseconds, is somebody losing patience.
 */
const echoTime = 1_000;

/**
 * Listens for SIGINT, SIGTERM and SIGHUP, and for the end of the start script, which hands over one end of a pipe by its
 * number in INLAY_LIFELINE: when the other end is gone, so is the script. A second signal ends the process at once.
 */
export function waitForStop(env: NodeJS.ProcessEnv): StopRequest {
	const { promise, resolve } = Promise.withResolvers<void>();
	let firstAt: number | undefined;
	const request = (): void => {
		if (firstAt !== undefined && Date.now() - firstAt > echoTime) process.exit(130);
		firstAt ??= Date.now();
		resolve();
	};
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, request);
	onLifelineEnd(env.INLAY_LIFELINE, request);
	return {
		get made() {
			return firstAt !== undefined;
		},
		promise,
	};
}

function onLifelineEnd(descriptor: string | undefined, request: () => void): void {
	if (!descriptor) return;
	const lifeline = new Socket({ fd: Number(descriptor) });
	lifeline.on("error", () => undefined);
	lifeline.once("close", request);
	lifeline.resume();
	lifeline.unref();
}
