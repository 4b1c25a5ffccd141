import type { Logger } from "./log.ts";
import { within } from "./time/within.ts";

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
				await within(step(), stepMs);
			} catch (error) {
				this.log?.error({ err: error }, "a part of the server did not stop in order");
			}
		}
	}
}
