import type { Duplex } from "node:stream";

/** One answer of a server: its text, in which a literal stands as `{n}`, and what the literals hold. */
export interface ImapAnswer {
	text: string;
	literals: Buffer[];
}

/** The server has said no, or that it did not understand. */
export class ImapRefusal extends Error {
	/** Its words say that it will not another time either (RFC 3501, 7.1; RFC 5530, 3): nothing of in use, full or away, or no word. */
	get isLasting(): boolean {
		return /^\[(?:READ-ONLY|NOPERM)\]/i.test(this.message);
	}
}

const longestLine = 1024 * 1024;
/** All that a server says to one command, beside the mail that is brought. */
const longestAnswers = 8 * longestLine;

/** Reads the answers of an IMAP server off a stream (RFC 3501, 2.2): lines, and literals within them. */
export class ImapWire {
	readonly #stream: Duplex;
	readonly #mostBytes: number;
	/** Since the last command, bytes. */
	#brought = 0;
	#parts: Buffer[] = [];
	#length = 0;
	#wake: (() => void) | undefined;
	#end: Error | undefined;

	/** @param mostBytes longer literals are not read, nor much more in answer to one command: the connection ends */
	constructor(stream: Duplex, mostBytes: number) {
		this.#stream = stream;
		this.#mostBytes = mostBytes;
		stream.on("data", (part: Buffer) => {
			this.#parts.push(part);
			this.#length += part.length;
			this.#brought += part.length;
			if (this.#brought > mostBytes + longestAnswers) this.#broken("The mail server sends more than was asked for.");
			this.#wake?.();
		});
		const ended = (error?: Error) => {
			this.#end ??= error ?? new Error("The mail server has closed the connection.");
			this.#wake?.();
		};
		stream.on("error", ended);
		stream.on("close", () => ended());
		stream.on("end", () => ended());
	}

	/** Whoever serves a mailbox may not fill the memory that calls need: what it says counts from here. */
	ask(command: string): void {
		this.#brought = 0;
		this.write(command);
	}

	write(line: string): void {
		this.#stream.write(`${line}\r\n`);
	}

	/** Nobody reads it here any more, as another layer goes over it. @returns whether nothing unread was there (RFC 3501, 6.2.1) */
	release(): boolean {
		this.#stream.removeAllListeners("data");
		return this.#length === 0;
	}

	/** @throws Error once the connection is over */
	async next(): Promise<ImapAnswer> {
		const literals: Buffer[] = [];
		let text = "";
		for (;;) {
			const line = (await this.#line()).toString("utf8");
			text += line;
			const size = /\{(\d+)\}$/.exec(line)?.[1];
			if (size === undefined) return { text, literals };
			if (Number(size) > this.#mostBytes) throw this.#broken("The mail server sends more than was asked for.");
			literals.push(await this.#take(Number(size)));
		}
	}

	async #line(): Promise<Buffer> {
		for (;;) {
			const whole = this.#joined();
			const end = whole.indexOf("\r\n");
			if (end >= 0) {
				this.#keep(whole.subarray(end + 2));
				return whole.subarray(0, end);
			}
			if (whole.length > longestLine) throw this.#broken("The mail server's answer is no IMAP.");
			await this.#more();
		}
	}

	async #take(size: number): Promise<Buffer> {
		while (this.#length < size) await this.#more();
		const whole = this.#joined();
		this.#keep(whole.subarray(size));
		return whole.subarray(0, size);
	}

	#joined(): Buffer {
		const whole = this.#parts.length === 1 ? (this.#parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#parts);
		this.#keep(whole);
		return whole;
	}

	#keep(rest: Buffer): void {
		this.#parts = rest.length > 0 ? [rest] : [];
		this.#length = rest.length;
	}

	async #more(): Promise<void> {
		if (this.#end) throw this.#end;
		await new Promise<void>((wake) => {
			this.#wake = wake;
		});
		this.#wake = undefined;
	}

	#broken(why: string): Error {
		const error = new Error(why);
		this.#end = error;
		this.#stream.destroy();
		return error;
	}
}
