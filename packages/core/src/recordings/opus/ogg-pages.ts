/** Pages of an Ogg stream (RFC 3533). */

const headerBytes = 27;
/** A packet's length stands in pieces of at most this; a shorter one ends it. */
const fullPiece = 255;
const mostPieces = 255;
const firstPage = 2;
const lastPage = 4;

/** CRC-32 with the polynomial 0x04c11db7, neither reflected nor inverted. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
	let rest = byte << 24;
	for (let bit = 0; bit < 8; bit++) rest = rest & 0x8000_0000 ? (rest << 1) ^ 0x04c1_1db7 : rest << 1;
	return rest >>> 0;
});

function checksum(page: Uint8Array): number {
	let rest = 0;
	for (const byte of page) rest = ((rest << 8) ^ (table[((rest >>> 24) ^ byte) & 0xff] as number)) >>> 0;
	return rest;
}

/** Lays packets into pages. A packet here is shorter than a page. */
export class OggPages {
	readonly #serial: number;
	#packets: Uint8Array[] = [];
	#pieces = 0;
	#sequence = 0;

	constructor(serial: number) {
		this.#serial = serial;
	}

	/** Whether one more packet of that length goes into the page that is open. */
	fits(bytes: number): boolean {
		return this.#pieces + piecesOf(bytes) <= mostPieces;
	}

	add(packet: Uint8Array): void {
		this.#packets.push(packet);
		this.#pieces += piecesOf(packet.length);
	}

	/** Closes the page. @param granule the last moment that its packets bring to an end */
	close(granule: number, isLast = false): Buffer {
		const lengths = this.#packets.flatMap(({ length }) => [
			...Array<number>(Math.floor(length / fullPiece)).fill(fullPiece),
			length % fullPiece,
		]);
		const head = Buffer.alloc(headerBytes + lengths.length);
		head.write("OggS", 0, "latin1");
		head[5] = (this.#sequence === 0 ? firstPage : 0) | (isLast ? lastPage : 0);
		head.writeBigUInt64LE(BigInt(granule), 6);
		head.writeUInt32LE(this.#serial, 14);
		head.writeUInt32LE(this.#sequence++, 18);
		head[26] = lengths.length;
		head.set(lengths, headerBytes);
		const page = Buffer.concat([head, ...this.#packets]);
		page.writeUInt32LE(checksum(page), 22);
		this.#packets = [];
		this.#pieces = 0;
		return page;
	}
}

function piecesOf(bytes: number): number {
	return Math.floor(bytes / fullPiece) + 1;
}
