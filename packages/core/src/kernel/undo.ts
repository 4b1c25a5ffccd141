import type { Logger } from "./log.ts";

/** For one step, in ms; the database's own stop is given 25 s to end in order. */
const stepMs = 30_000;

/**
 * What has been started, to be ended in the opposite order. Each step has its turn whatever became of those before: a
 * database that is away when the server stops must not keep the rest from ending.
 */
export class Undo {
	readonly #steps: Array<() => unknown> = [];
	log: Pick<Logger, "error"> | undefined;

	push(step: () => unknown): void {
		this.#steps.push(step);
	}

	async run(): Promise<void> {
		for (const step of this.#steps.splice(0).reverse()) {
			try {
				await within(stepMs, step());
			} catch (error) {
				this.log?.error({ err: error }, "a part of the server did not stop in order");
			}
		}
	}
}

async function within(ms: number, work: unknown): Promise<void> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(new Error(`It took longer than ${ms / 1000} s.`)), ms);
	try {
		await Promise.race([work, late.promise]);
	} finally {
		clearTimeout(timer);
	}
}
