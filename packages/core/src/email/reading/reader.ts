import { Worker } from "node:worker_threads";
import type { ReadMail } from "./model.ts";

export interface ToReader {
	id: number;
	raw: Uint8Array;
	mailFrom: string;
}

export type FromReader = { id: number; mail: ReadMail } | { id: number; error: string };

/** A mail that cannot be read: it came broken, or takes more time and memory than any mail should. */
export class UnreadableMail extends Error {}

/** 9 MB take 3 s on a slow machine. */
const longestMs = 30_000;
/** A thread that has nothing to do for so long is ended, ms. */
const idleMs = 60_000;
const megabytes = 384;

/** Reads mails in a thread of its own, one at a time: a mail that was made to do harm ends the thread, and nothing else. */
export class MailReader {
	#worker: Worker | undefined;
	#line: Promise<unknown> = Promise.resolve();
	#count = 0;
	#idle: NodeJS.Timeout | undefined;
	readonly #longestMs: number;

	constructor(options: { longestMs?: number } = {}) {
		this.#longestMs = options.longestMs ?? longestMs;
	}

	/** @throws UnreadableMail */
	read(raw: Uint8Array, mailFrom: string): Promise<ReadMail> {
		const read = this.#line.then(() => this.#read(raw, mailFrom));
		this.#line = read.catch(() => {});
		return read;
	}

	async stop(): Promise<void> {
		await this.#line;
		clearTimeout(this.#idle);
		await this.#end();
	}

	async #read(raw: Uint8Array, mailFrom: string): Promise<ReadMail> {
		clearTimeout(this.#idle);
		const worker = this.#started();
		this.#count += 1;
		const id = this.#count;
		const { promise, resolve, reject } = Promise.withResolvers<ReadMail>();
		const fail = (why: string) => reject(new UnreadableMail(why));
		const heard = (told: FromReader) => {
			if (told.id !== id) return;
			if ("mail" in told) resolve(told.mail);
			else fail(told.error);
		};
		const failed = (error: Error) => fail(error.message);
		const gone = () => fail("its reader ended");
		const tooLong = setTimeout(() => fail("it takes too long"), this.#longestMs);
		worker.on("message", heard).once("error", failed).once("exit", gone);
		worker.postMessage({ id, raw, mailFrom } satisfies ToReader);
		try {
			return await promise;
		} catch (error) {
			// What it still holds goes with it.
			await this.#end();
			throw error;
		} finally {
			clearTimeout(tooLong);
			worker.off("message", heard).off("error", failed).off("exit", gone);
			this.#idle = setTimeout(() => void this.#end(), idleMs).unref();
		}
	}

	#started(): Worker {
		if (this.#worker) return this.#worker;
		const worker = new Worker(new URL("./reader-worker.ts", import.meta.url), {
			execArgv: [],
			env: {},
			resourceLimits: { maxOldGenerationSizeMb: megabytes },
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
