/** G.711 (ITU-T G.711), µ-law and A-law, by table: one look-up per sample in both directions. */

const BIAS = 0x84;
const CLIP = 32635;

/** µ-law byte that stands for silence. */
export const ULAW_SILENCE = 0xff;

/** A-law sends every second bit inverted; a set sign bit means positive. */
const ALAW_TOGGLE = 0x55;

const decodeTable = buildDecodeTable();
const encodeTable = buildEncodeTable();
const alawDecodeTable = Int16Array.from({ length: 256 }, (_, code) => decodeAlawSample(code));
const alawEncodeTable = Uint8Array.from({ length: 65536 >> 3 }, (_, index) =>
	encodeAlawSample((index << 3) - 32768 + 4),
);

/** Turns payload into samples: `length` bytes of `from`, starting at the given offsets. */
export type Decode = (from: Uint8Array, fromAt: number, length: number, to: Int16Array, toAt: number) => void;
/** Turns samples into payload. */
export type Encode = (from: Int16Array, to: Uint8Array, toAt: number) => void;

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

/** As `decodeUlaw`. */
export function decodeAlaw(from: Uint8Array, fromAt: number, length: number, to: Int16Array, toAt: number): void {
	for (let i = 0; i < length; i++) to[toAt + i] = alawDecodeTable[from[fromAt + i] as number] as number;
}

/** As `encodeUlaw`. */
export function encodeAlaw(from: Int16Array, to: Uint8Array, toAt: number): void {
	for (let i = 0; i < from.length; i++) to[toAt + i] = alawEncodeTable[((from[i] as number) + 32768) >> 3] as number;
}

function decodeAlawSample(code: number): number {
	const bits = code ^ ALAW_TOGGLE;
	const segment = (bits >> 4) & 7;
	const step = ((bits & 0x0f) << 4) + 8;
	const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
	return bits & 0x80 ? magnitude : -magnitude;
}

/** 13 bits of input suffice: A-law's finest step is 16 wide. */
function encodeAlawSample(sample: number): number {
	const sign = sample < 0 ? 0 : 0x80;
	const magnitude = Math.min(sample < 0 ? -sample : sample, 32767) >> 4;
	const segment = Math.max(0, 28 - Math.clz32(magnitude));
	const mantissa = (magnitude >> Math.max(0, segment - 1)) & 0x0f;
	return (sign | (segment << 4) | mantissa) ^ ALAW_TOGGLE;
}
