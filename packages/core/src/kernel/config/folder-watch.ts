import { type Stats, statSync } from "node:fs";
import type { Logger } from "../log.ts";

/** The same trouble is told again after this time, ms. */
const tellAgainMs = 60_000;

/** What can be wrong with a data folder while a server runs on it. */
type Code = "data.gone" | "data.replaced" | "data.notWritable";

/**
 * Knows whether the data folder is where it was, and tells when that changes: one line with a stable code, and one more a
 * minute for as long as it lasts.
 */
export class FolderWatch {
	readonly #folder: string;
	readonly #log: Pick<Logger, "warn" | "error"> | undefined;
	/** The folder that was opened, whatever has its name later. */
	readonly #identity: string;
	#code: Code | undefined;
	#trouble: string | undefined;
	#toldAt = 0;

	constructor(folder: string, log: Pick<Logger, "warn" | "error"> | undefined) {
		this.#folder = folder;
		this.#log = log;
		this.#identity = identityOf(statSync(folder));
	}

	/** In a few words, for who asks whether the server is ready. */
	get trouble(): string | undefined {
		return this.#trouble;
	}

	/** Whether nothing stands where the folder was, or another one: asked where this server's lock is not found there. */
	isGone(): boolean {
		const found = statSync(this.#folder, { throwIfNoEntry: false });
		if (found && identityOf(found) === this.#identity) return false;
		if (!found) this.#tell("data.gone", `the data folder ${this.#folder} is gone`);
		else this.#tell("data.replaced", `another folder is in the place of the data folder ${this.#folder}`);
		return true;
	}

	cannotBeWritten(file: string, error: unknown): void {
		const { code, message } = (error instanceof Error && error.cause ? error.cause : error) as NodeJS.ErrnoException;
		this.#tell("data.notWritable", `${file} cannot be written`, message ?? code);
	}

	isWell(): void {
		if (this.#code === undefined) return;
		this.#code = undefined;
		this.#trouble = undefined;
		this.#log?.warn({ event: "data.back", folder: this.#folder }, "the data folder can be used again");
	}

	#tell(code: Code, trouble: string, detail?: string): void {
		const now = performance.now();
		const isNew = this.#code !== code;
		this.#code = code;
		this.#trouble = trouble;
		if (!isNew && now - this.#toldAt < tellAgainMs) return;
		this.#toldAt = now;
		const line = { event: "data.trouble", code, folder: this.#folder, ...(detail ? { detail } : {}) };
		this.#log?.error(line, `${trouble}; nothing can be kept until it is back`);
	}
}

/** With its device: the top folders of all volumes of a kind have the same number on each. */
function identityOf({ dev, ino }: Stats): string {
	return `${dev}:${ino}`;
}
