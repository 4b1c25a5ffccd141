import { Worker } from "node:worker_threads";
import { FairLine, NoTurn } from "./fair-line.ts";

/** What goes to a side thread. */
export interface Asked<Question> {
	id: number;
	question: Question;
}

/** What comes back. */
export type Told<Answer> = { id: number; answer: Answer } | { id: number; error: string };

/** The thread gave no answer: what it was asked broke it, or takes more time or memory than it may. */
export class NoAnswer extends Error {}

export interface SideThreadOptions {
	/** The module that answers, by `answerAsked`. */
	entry: URL;
	/** A question may take so long, ms. */
	longestMs: number;
	/** A question may wait so long for its turn, ms; for ever unless told. */
	patienceMs?: number;
	/** The thread may hold so much, MB. */
	megabytes: number;
	/** A thread that has nothing to do for so long is ended, ms. */
	idleMs?: number;
}

/**
 * Asks a thread of its own, one question at a time: what somebody has made to do harm, or is merely large, ends that thread, and holds
 * nothing else up. The thread runs from the first question until it idles.
 */
export class SideThread<Question, Answer> {
	readonly #options: SideThreadOptions;
	#worker: Worker | undefined;
	readonly #line = new FairLine();
	#count = 0;
	#idle: NodeJS.Timeout | undefined;

	constructor(options: SideThreadOptions) {
		this.#options = options;
	}

	/**
	 * @param who asks: those who wait take turns
	 * @throws NoAnswer also when its turn does not come within the line's patience
	 */
	async ask(question: Question, who = ""): Promise<Answer> {
		try {
			return await this.#line.run(who, () => this.#ask(question), this.#options.patienceMs);
		} catch (error) {
			throw error instanceof NoTurn ? new NoAnswer(error.message) : error;
		}
	}

	/** After what has been asked was answered. */
	async stop(): Promise<void> {
		await this.#line.empty();
		clearTimeout(this.#idle);
		await this.#end();
	}

	async #ask(question: Question): Promise<Answer> {
		clearTimeout(this.#idle);
		const worker = this.#started();
		this.#count += 1;
		const id = this.#count;
		const { promise, resolve, reject } = Promise.withResolvers<Answer>();
		const fail = (why: string) => reject(new NoAnswer(why));
		const heard = (told: Told<Answer>) => {
			if (told.id !== id) return;
			if ("error" in told) fail(told.error);
			else resolve(told.answer);
		};
		const failed = (error: Error) => fail(error.message);
		const gone = () => fail("its thread ended");
		const tooLong = setTimeout(() => fail("it takes too long"), this.#options.longestMs);
		worker.on("message", heard).once("error", failed).once("exit", gone);
		worker.postMessage({ id, question } satisfies Asked<Question>);
		try {
			return await promise;
		} catch (error) {
			// What it still holds goes with it.
			await this.#end();
			throw error;
		} finally {
			clearTimeout(tooLong);
			worker.off("message", heard).off("error", failed).off("exit", gone);
			this.#idle = setTimeout(() => void this.#end(), this.#options.idleMs ?? 60_000).unref();
		}
	}

	#started(): Worker {
		if (this.#worker) return this.#worker;
		const worker = new Worker(this.#options.entry, {
			execArgv: [],
			env: {},
			resourceLimits: { maxOldGenerationSizeMb: this.#options.megabytes },
		});
		worker.unref();
		// One that has ended is not asked again.
		worker.once("exit", () => {
			if (this.#worker === worker) this.#worker = undefined;
		});
		worker.on("error", () => {});
		this.#worker = worker;
		return worker;
	}

	async #end(): Promise<void> {
		const worker = this.#worker;
		this.#worker = undefined;
		await worker?.terminate();
	}
}
