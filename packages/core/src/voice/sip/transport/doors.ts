/** The port of SIP: opened as soon as there is something to open it for, and tried again as long as it is another program's. */

export interface DoorsParts {
	/** @throws Error of the network: the port is taken, or the address is not this machine's */
	open(): Promise<void>;
	close(): Promise<void>;
	opened(): void;
	failed(error: unknown): void;
	/** Until a port that was taken is tried again, ms. */
	reopenMs: number;
}

export class Doors {
	readonly #parts: DoorsParts;
	readonly #opened = Promise.withResolvers<void>();
	#opening: Promise<void> | undefined;
	#again: NodeJS.Timeout | undefined;
	#isOpen = false;
	#isStopped = false;

	constructor(parts: DoorsParts) {
		this.#parts = parts;
		// Nobody has to wait for it.
		this.#opened.promise.catch(() => {});
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Tries once; where it comes to nothing, it is tried again by itself. */
	open(): Promise<void> {
		if (!this.#isStopped) this.#opening ??= this.#try();
		return this.#opening ?? Promise.resolve();
	}

	/** However often it has to be tried. Rejected where it is stopped before. */
	whenOpen(): Promise<void> {
		return this.#opened.promise;
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#again);
		this.#opened.reject(new Error("SIP is stopped."));
		// What is being opened is open a moment later: nobody else would close it.
		await this.#opening;
		if (this.#isOpen) await this.#parts.close();
		this.#isOpen = false;
	}

	async #try(): Promise<void> {
		clearTimeout(this.#again);
		try {
			await this.#parts.open();
		} catch (error) {
			this.#opening = undefined;
			if (this.#isStopped) return;
			this.#again = setTimeout(() => void this.open(), this.#parts.reopenMs);
			this.#parts.failed(error);
			return;
		}
		this.#isOpen = true;
		if (this.#isStopped) return;
		this.#opened.resolve();
		this.#parts.opened();
	}
}
