import { createHash } from "node:crypto";
import { Readable } from "node:stream";

/** A file that is read once, as it comes: by whoever keeps it, and by who has to tell it from another. */
export class FileBody {
	/** For whoever keeps it; who stops halfway leaves the connection as it is, and the rest is read away after the answer. */
	readonly stream: Readable;
	readonly #source: Readable;
	readonly #hash = createHash("sha256");

	constructor(source: Readable) {
		this.#source = source;
		this.stream = Readable.from(this.#read(), { objectMode: false });
	}

	/** SHA-256 of all of it; what nobody has read is read away, so it is for when nobody reads any more. */
	async digest(): Promise<string> {
		for await (const _part of this.#read());
		return this.#hash.copy().digest("base64url");
	}

	async *#read(): AsyncGenerator<Buffer> {
		for await (const part of this.#source.iterator({ destroyOnReturn: false })) {
			this.#hash.update(part);
			yield part;
		}
	}
}
