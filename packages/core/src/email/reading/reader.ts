import { SideThread } from "../../kernel/threads/side-thread.ts";
import type { ReadMail } from "./model.ts";

export interface ToReader {
	raw: Uint8Array;
	mailFrom: string;
}

/** A mail that cannot be read: it came broken, or takes more time and memory than any mail should. */
export class UnreadableMail extends Error {}

/** 9 MB take 3 s on a slow machine. */
const longestMs = 30_000;

/** Reads mails in a thread of its own, one at a time: a mail that was made to do harm ends the thread, and nothing else. */
export class MailReader {
	readonly #thread: SideThread<ToReader, ReadMail>;

	constructor(options: { longestMs?: number } = {}) {
		this.#thread = new SideThread({
			entry: new URL("./reader-worker.ts", import.meta.url),
			longestMs: options.longestMs ?? longestMs,
			megabytes: 384,
		});
	}

	/** @throws UnreadableMail */
	async read(raw: Uint8Array, mailFrom: string): Promise<ReadMail> {
		try {
			return await this.#thread.ask({ raw, mailFrom });
		} catch (error) {
			throw new UnreadableMail(error instanceof Error ? error.message : String(error));
		}
	}

	stop(): Promise<void> {
		return this.#thread.stop();
	}
}
