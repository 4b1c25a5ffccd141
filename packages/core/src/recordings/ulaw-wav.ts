import { open } from "node:fs/promises";
import { join } from "node:path";
import { clip, SAMPLE_RATE } from "../voice/media/audio.ts";
import { encodeUlaw, ULAW_SILENCE } from "../voice/media/g711.ts";
import { WAV_BLOCK_BYTES, WAV_HEADER_BYTES } from "../voice/media/wav.ts";
import type { LayOut } from "./lay-out.ts";

/** Of a call: the customer left, everybody else right. A voicemail has one. */
export type Channels = 1 | 2;
const recorded = 2;
/** Bytes before the samples: RIFF, `fmt ` with its extension's length, `fact` and `data`. */
export const ulawHeaderBytes = 58;
/** Moments that are worked on at once: half a second, so that nothing else waits for long. */
const chunkMoments = 4096;
/** Points of a waveform (agent-features 6). */
export const waveformPoints = 200;

/** How long the file of a recording is, in bytes. */
export function ulawBytes({ length }: Pick<LayOut, "length">, channels: Channels = recorded): number {
	return ulawHeaderBytes + length * channels;
}

/** The header of a µ-law WAV file (RIFF, format 7). @param length moments */
export function ulawHeader(length: number, channels: Channels = recorded): Buffer {
	const header = Buffer.alloc(ulawHeaderBytes);
	header.write("RIFF", 0, "latin1");
	header.writeUInt32LE(ulawHeaderBytes - 8 + length * channels, 4);
	header.write("WAVEfmt ", 8, "latin1");
	header.writeUInt32LE(18, 16);
	header.writeUInt16LE(7, 20);
	header.writeUInt16LE(channels, 22);
	header.writeUInt32LE(SAMPLE_RATE, 24);
	header.writeUInt32LE(SAMPLE_RATE * channels, 28);
	header.writeUInt16LE(channels, 32);
	header.writeUInt16LE(8, 34);
	header.write("fact", 38, "latin1");
	header.writeUInt32LE(4, 42);
	header.writeUInt32LE(length, 46);
	header.write("data", 50, "latin1");
	header.writeUInt32LE(length * channels, 54);
	return header;
}

/** What sees the samples of a file go by. */
export interface Listener {
	add(samples: Int16Array): void;
	/** Silence of so many moments. */
	skip(moments: number): void;
}

/** The loudest moment of each two-hundredth, from 0 to 1; filled in as the samples go by. */
export class Waveform implements Listener {
	readonly #length: number;
	readonly #peaks: Float64Array;
	readonly #channels: Channels;
	#at = 0;

	/** @param length of the recording, in moments */
	constructor(
		length: number,
		{ points = waveformPoints, channels = recorded }: { points?: number; channels?: Channels } = {},
	) {
		this.#length = Math.max(1, length);
		this.#peaks = new Float64Array(points);
		this.#channels = channels;
	}

	add(samples: Int16Array): void {
		const [points, channels] = [this.#peaks.length, this.#channels];
		for (let i = 0; i < samples.length; i += channels) {
			const point = Math.min(points - 1, Math.floor((this.#at++ * points) / this.#length));
			const loud = Math.max(Math.abs(samples[i] as number), Math.abs(samples[i + channels - 1] as number));
			if (loud > (this.#peaks[point] as number)) this.#peaks[point] = loud;
		}
	}

	skip(moments: number): void {
		this.#at += moments;
	}

	get points(): number[] {
		return [...this.#peaks].map((peak) => Math.round((peak / 32768) * 1000) / 1000);
	}
}

/** The bytes of the file, made of the parts in `folder` as they are laid out; `listener` sees every sample. */
export async function* ulawWav(
	folder: string,
	plan: LayOut,
	listener: Listener,
	channels: Channels = recorded,
): AsyncGenerator<Uint8Array> {
	yield ulawHeader(plan.length, channels);
	for (const part of plan.parts) {
		yield* silence(part.silence * channels);
		listener.skip(part.silence);
		for await (const both of samplesOf(join(folder, part.file), part.length)) {
			const samples = channels === 1 ? mixed(both) : both;
			listener.add(samples);
			const encoded = new Uint8Array(samples.length);
			encodeUlaw(samples, encoded, 0);
			yield encoded;
		}
	}
}

/** Every moment of both channels, as the parts in `folder` are laid out; `listener` sees them, too. */
export async function* momentsOf(folder: string, plan: LayOut, listener: Listener): AsyncGenerator<Int16Array> {
	for (const part of plan.parts) {
		for (let left = part.silence; left > 0; left -= chunkMoments)
			yield new Int16Array(Math.min(left, chunkMoments) * recorded);
		listener.skip(part.silence);
		for await (const samples of samplesOf(join(folder, part.file), part.length)) {
			listener.add(samples);
			yield samples;
		}
	}
}

/** Lets the listener hear what is in the parts, mixed into one channel. */
export async function heardIn(folder: string, plan: LayOut, listener: Listener): Promise<void> {
	for (const part of plan.parts) {
		listener.skip(part.silence);
		for await (const both of samplesOf(join(folder, part.file), part.length)) listener.add(mixed(both));
	}
}

/** Both channels in one. */
function mixed(both: Int16Array): Int16Array {
	const one = new Int16Array(both.length / recorded);
	for (let i = 0; i < one.length; i++) one[i] = clip((both[i * 2] as number) + (both[i * 2 + 1] as number));
	return one;
}

function* silence(bytes: number): Generator<Uint8Array> {
	for (let left = bytes; left > 0; left -= chunkMoments)
		yield new Uint8Array(Math.min(left, chunkMoments)).fill(ULAW_SILENCE);
}

/** What is missing at the end of a file, as of a disk that lost it, is silence. */
async function* samplesOf(path: string, moments: number): AsyncGenerator<Int16Array> {
	const file = await open(path, "r");
	try {
		for (let done = 0; done < moments; done += chunkMoments) {
			const samples = new Int16Array(Math.min(chunkMoments, moments - done) * recorded);
			const bytes = new Uint8Array(samples.buffer);
			await file.read(bytes, 0, bytes.length, WAV_HEADER_BYTES + done * WAV_BLOCK_BYTES);
			yield samples;
		}
	} finally {
		await file.close();
	}
}
