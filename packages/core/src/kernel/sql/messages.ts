/** A value as it is sent; bytes go as they are. */
export type Text = string | Buffer | null;

/** Of a size that a large file of settings once made necessary, no more is kept. */
const mostKept = 1_048_576;

const kinds = { bind: 0x42, close: 0x43, describe: 0x44, execute: 0x45, parse: 0x50, sync: 0x53 } as const;
const portal = 0x50;
const statement = 0x53;

/**
 * Messages to PostgreSQL (its protocol 3.0), one behind the other in one piece of memory: a change sends twenty, and a buffer
 * for each, to be put together afterwards, cost more than what is in them.
 */
export class Messages {
	#bytes = Buffer.allocUnsafe(16_384);
	#end = 0;
	#begun = 0;

	/** Anew, whatever somebody has left behind who could not finish. */
	begin(): void {
		this.#end = 0;
	}

	parse(name: string, text: string): void {
		this.#begin(kinds.parse);
		this.#name(name);
		this.#name(text);
		this.#int16(0);
		this.#finish();
	}

	/** For a portal without a name, whose rows come as text. */
	bind(name: string, values: readonly Text[]): void {
		this.#begin(kinds.bind);
		this.#name("");
		this.#name(name);
		const hasBytes = values.some((value) => value instanceof Buffer);
		this.#int16(hasBytes ? values.length : 0);
		if (hasBytes) for (const value of values) this.#int16(value instanceof Buffer ? 1 : 0);
		this.#int16(values.length);
		for (const value of values) this.#value(value);
		this.#int16(0);
		this.#finish();
	}

	describe(): void {
		this.#begin(kinds.describe);
		this.#int8(portal);
		this.#name("");
		this.#finish();
	}

	execute(): void {
		this.#begin(kinds.execute);
		this.#name("");
		this.#int32(0);
		this.#finish();
	}

	/** Forgets a prepared statement. */
	close(name: string): void {
		this.#begin(kinds.close);
		this.#int8(statement);
		this.#name(name);
		this.#finish();
	}

	sync(): void {
		this.#begin(kinds.sync);
		this.#finish();
	}

	/** All of them, for sending; the next ones begin anew. */
	take(): Buffer {
		const taken = Buffer.allocUnsafe(this.#end);
		this.#bytes.copy(taken, 0, 0, this.#end);
		this.#end = 0;
		if (this.#bytes.length > mostKept) this.#bytes = Buffer.allocUnsafe(mostKept);
		return taken;
	}

	#begin(kind: number): void {
		this.#int8(kind);
		this.#begun = this.#end;
		this.#int32(0);
	}

	/** A message's length counts itself. */
	#finish(): void {
		this.#bytes.writeInt32BE(this.#end - this.#begun, this.#begun);
	}

	#value(value: Text): void {
		if (value === null) {
			this.#int32(-1);
			return;
		}
		const begun = this.#end;
		this.#int32(0);
		if (typeof value === "string") this.#text(value);
		else {
			this.#room(value.length);
			this.#end += value.copy(this.#bytes, this.#end);
		}
		this.#bytes.writeInt32BE(this.#end - begun - 4, begun);
	}

	/** Text that ends with a zero. */
	#name(text: string): void {
		this.#text(text);
		this.#int8(0);
	}

	#text(text: string): void {
		if (text.length === 0) return;
		// No character takes more than three bytes for each of its two halves.
		this.#room(text.length * 3);
		this.#end += this.#bytes.write(text, this.#end);
	}

	#int8(value: number): void {
		this.#room(1);
		this.#bytes[this.#end++] = value;
	}

	#int16(value: number): void {
		this.#room(2);
		this.#end = this.#bytes.writeUInt16BE(value, this.#end);
	}

	#int32(value: number): void {
		this.#room(4);
		this.#end = this.#bytes.writeInt32BE(value, this.#end);
	}

	#room(count: number): void {
		const wanted = this.#end + count;
		if (wanted <= this.#bytes.length) return;
		const larger = Buffer.allocUnsafe(Math.max(wanted, this.#bytes.length * 2));
		this.#bytes.copy(larger, 0, 0, this.#end);
		this.#bytes = larger;
	}
}
