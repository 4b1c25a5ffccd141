/** G.711 µ-law (ITU-T G.711) by table: one look-up per sample in both directions. */

const BIAS = 0x84;
const CLIP = 32635;

/** µ-law byte that stands for silence. */
export const ULAW_SILENCE = 0xff;

const decodeTable = buildDecodeTable();
const encodeTable = buildEncodeTable();

/** Decodes `length` bytes from `from` into `to`, starting at the given offsets. */
export function decodeUlaw(from: Uint8Array, fromAt: number, length: number, to: Int16Array, toAt: number): void {
	for (let i = 0; i < length; i++) to[toAt + i] = decodeTable[from[fromAt + i] as number] as number;
}

/** Encodes all samples of `from` into `to` at `toAt`. */
export function encodeUlaw(from: Int16Array, to: Uint8Array, toAt: number): void {
	for (let i = 0; i < from.length; i++) to[toAt + i] = encodeTable[((from[i] as number) + 32768) >> 2] as number;
}

function buildDecodeTable(): Int16Array {
	const table = new Int16Array(256);
	for (let code = 0; code < 256; code++) {
		const inverted = ~code & 0xff;
		const exponent = (inverted >> 4) & 7;
		const magnitude = ((((inverted & 0x0f) << 3) + BIAS) << exponent) - BIAS;
		table[code] = inverted & 0x80 ? -magnitude : magnitude;
	}
	return table;
}

/** 14 bits of input suffice: µ-law's finest step is 8 sixteenth-bit units wide. */
function buildEncodeTable(): Uint8Array {
	const table = new Uint8Array(65536 >> 2);
	for (let index = 0; index < table.length; index++) table[index] = encodeSample((index << 2) - 32768 + 2);
	// The four samples 0…3 share an entry with a midpoint of 2, which rounds to the code of zero.
	return table;
}

function encodeSample(sample: number): number {
	const sign = sample < 0 ? 0x80 : 0;
	const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
	const exponent = 31 - Math.clz32(magnitude) - 7;
	const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
	return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
