import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decoder } from "@evan/opus";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WAV_BLOCK_BYTES, WAV_BYTES_PER_MS, wavHeader } from "../../voice/media/wav.ts";
import { type LayOut, layOut } from "../lay-out.ts";
import type { Encoded } from "./encode.ts";
import { encodeInProcess } from "./opus-process.ts";
import { preSkip } from "./packets.ts";

let folder: string;
let plan: LayOut;
let encoded: Encoded;
let file: Buffer;
const partMs = 2005;

/** Two parts of a call, with a second between them that is missing: 440 Hz left, 1000 Hz right, nobody in the half of each. */
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-opus-"));
	const parts = [0, 3005].map((startedMs) => ({ file: `${startedMs}.wav`, startedMs, durationMs: partMs, bytes: 0 }));
	for (const part of parts) {
		const data = Buffer.alloc(partMs * WAV_BYTES_PER_MS);
		for (let moment = 0; moment < (partMs * 8) / 2; moment++) {
			const wave = (hz: number) => Math.round(8000 * Math.sin((2 * Math.PI * hz * moment) / 8000));
			data.writeInt16LE(wave(440), moment * WAV_BLOCK_BYTES);
			data.writeInt16LE(wave(1000), moment * WAV_BLOCK_BYTES + 2);
		}
		part.bytes = data.length + wavHeader(0).length;
		await writeFile(join(folder, part.file), Buffer.concat([wavHeader(data.length), data]));
	}
	plan = layOut(parts, []);
	encoded = await encodeInProcess({ folder, plan, file: join(folder, "call.ogg") });
	file = await readFile(join(folder, "call.ogg"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Page {
	flags: number;
	granule: number;
	packets: Buffer[];
}

function pagesOf(ogg: Buffer): Page[] {
	const pages: Page[] = [];
	for (let at = 0; at < ogg.length; ) {
		expect(ogg.toString("latin1", at, at + 4)).toBe("OggS");
		expect(ogg.readUInt32LE(at + 18), "pages are counted").toBe(pages.length);
		const lengths = [...ogg.subarray(at + 27, at + 27 + (ogg[at + 26] ?? 0))];
		const packets: Buffer[] = [];
		let [from, length] = [at + 27 + lengths.length, 0];
		for (const piece of lengths) {
			length += piece;
			if (piece === 255) continue;
			packets.push(ogg.subarray(from, from + length));
			[from, length] = [from + length, 0];
		}
		pages.push({ flags: ogg[at + 5] ?? 0, granule: Number(ogg.readBigUInt64LE(at + 6)), packets });
		at = from;
	}
	return pages;
}

/** Both channels as a decoder plays them, from the first moment to the last. */
function decoded(pages: readonly Page[]): [Int16Array, Int16Array] {
	const decoders = [new Decoder({ channels: 1, sample_rate: 8000 }), new Decoder({ channels: 1, sample_rate: 8000 })];
	const sound = pages.slice(2).flatMap(({ packets }) => packets);
	const channels = [0, 1].map((channel) =>
		sound.flatMap((packet) => {
			const short = packet[1] ?? 0;
			const [length, head] = short < 252 ? [short, 2] : [(packet[2] ?? 0) * 4 + short, 3];
			const left = Buffer.concat([packet.subarray(0, 1), packet.subarray(head, head + length)]);
			const bytes = decoders[channel]?.decode(channel === 0 ? left : packet.subarray(head + length));
			const samples = Buffer.from(bytes ?? []);
			return Array.from({ length: samples.length / 2 }, (_, i) => samples.readInt16LE(i * 2));
		}),
	);
	const from = preSkip / 6;
	const end = (pages.at(-1)?.granule ?? 0) / 6;
	return channels.map((one) => Int16Array.from(one.slice(from, end))) as [Int16Array, Int16Array];
}

/** How much of a frequency there is, 0 to 1, in so many ms. */
function shareOf(samples: Int16Array, hz: number, fromMs: number, toMs: number): number {
	let [re, im, all] = [0, 0, 0];
	for (let i = fromMs * 8; i < toMs * 8; i++) {
		const [one, angle] = [samples[i] ?? 0, (2 * Math.PI * hz * i) / 8000];
		re += one * Math.cos(angle);
		im += one * Math.sin(angle);
		all += one * one;
	}
	return all === 0 ? 0 : (2 * (re * re + im * im)) / (all * (toMs - fromMs) * 8);
}

it("is an Ogg file of one stream that says how it begins and ends", () => {
	const pages = pagesOf(file);
	expect(file).toHaveLength(encoded.bytes);
	expect(pages.map(({ flags }) => flags)).toEqual([2, ...Array(pages.length - 2).fill(0), 4]);
	const [head, tags] = [pages[0]?.packets[0], pages[1]?.packets[0]];
	expect(head?.toString("latin1", 0, 8)).toBe("OpusHead");
	expect([...(head ?? [])].slice(18), "two streams, of one channel each").toEqual([1, 2, 0, 0, 1]);
	expect(tags?.toString("latin1", 0, 8)).toBe("OpusTags");
	expect((pages.at(-1)?.granule ?? 0) - preSkip).toBe(plan.length * 6);
	expect(pages.length, "a page a second, so that players jump").toBeGreaterThan(5);
});

it("customers are left and nobody else, and what is silent becomes silent to the last bit", () => {
	const [left, right] = decoded(pagesOf(file));
	expect(left.length).toBe(plan.length);
	expect(shareOf(left, 440, 100, 900)).toBeGreaterThan(0.97);
	expect(shareOf(right, 1000, 100, 900)).toBeGreaterThan(0.97);
	expect(shareOf(left, 1000, 100, 900)).toBeLessThan(1e-3);
	// What is missing between the parts, and the part that follows, stand where they were.
	expect(shareOf(left, 440, 3100, 3900)).toBeGreaterThan(0.97);
	for (const channel of [left, right]) {
		const loudest = (fromMs: number) => Math.max(...channel.slice(fromMs * 8, 2950 * 8).map(Math.abs));
		expect([loudest(1060) < 20, loudest(1300)], "dies away at once").toEqual([true, 0]);
	}
});

it("has the waveform of the same recording as WAV, and a third of its size at most", () => {
	expect(encoded.waveform).toHaveLength(200);
	expect(encoded.waveform[10]).toBeCloseTo(8000 / 32768, 2);
	expect(encoded.waveform[90]).toBe(0);
	expect(encoded.bytes).toBeLessThan((plan.length * 2) / 3);
});

it("that could not be written says why", async () => {
	const file = join(folder, "gone", "call.ogg");
	await expect(encodeInProcess({ folder, plan, file })).rejects.toThrow("ENOENT");
});
