import { type FileHandle, open } from "node:fs/promises";
import { Encoder } from "@evan/opus";
import type { LayOut } from "../lay-out.ts";
import { momentsOf, Waveform } from "../ulaw-wav.ts";
import { OggPages } from "./ogg-pages.ts";
import { bothStreams, granulesPerMoment, opusHead, opusTags, preSkip } from "./packets.ts";

/** 20 ms: one packet. */
const frame = 160;
/** Packets of a page: a second, as far as players jump. */
const perPage = 50;
/** Of each channel (agent-features 6). */
const bitrate = 24_000;

export interface ToEncode {
	/** Where the parts lie. */
	folder: string;
	plan: LayOut;
	/** The file to write; one that is there is overwritten. */
	file: string;
}

export interface Encoded {
	bytes: number;
	waveform: number[];
}

/**
 * Writes a recording as Ogg/Opus, the customer left, everybody else right. The codec is CELT alone (`restricted_lowdelay`): half of
 * SILK's processor time at this rate, and what is silent comes out silent to the last bit, as in a pause, but for what dies away.
 */
export async function encodeOpus({ folder, plan, file }: ToEncode): Promise<Encoded> {
	const out = await open(file, "w", 0o600);
	try {
		const waveform = new Waveform(plan.length);
		const bytes = await write(out, { folder, plan, waveform });
		return { bytes, waveform: waveform.points };
	} finally {
		await out.close();
	}
}

async function write(out: FileHandle, sound: { folder: string; plan: LayOut; waveform: Waveform }): Promise<number> {
	let bytes = 0;
	const put = async (page: Buffer) => {
		await out.write(page, 0, page.length, bytes);
		bytes += page.length;
	};
	const pages = new OggPages(1);
	for (const packet of [opusHead(), opusTags()]) {
		pages.add(packet);
		await put(pages.close(0));
	}
	const [left, right] = [newEncoder(), newEncoder()];
	const end = preSkip + sound.plan.length * granulesPerMoment;
	let [granule, open] = [0, 0];
	for await (const [l, r] of framesOf(sound)) {
		const packet = bothStreams(left.encode(l), right.encode(r));
		if (open === perPage || !pages.fits(packet.length)) {
			await put(pages.close(granule));
			open = 0;
		}
		pages.add(packet);
		open += 1;
		granule += frame * granulesPerMoment;
	}
	// Where it ends is said, so that what fills up the last packet is not heard.
	await put(pages.close(end, true));
	return bytes;
}

function newEncoder(): Encoder {
	const encoder = new Encoder({ channels: 1, sample_rate: 8000, application: "restricted_lowdelay" });
	encoder.bitrate = bitrate;
	encoder.complexity = 0;
	return encoder;
}

/** The recording in frames of both channels, and so much silence after it that its last moment comes out. */
async function* framesOf({ folder, plan, waveform }: Parameters<typeof write>[1]) {
	const [left, right] = [new Int16Array(frame), new Int16Array(frame)];
	let at = 0;
	for await (const samples of momentsOf(folder, plan, waveform)) {
		for (let i = 0; i < samples.length; i += 2) {
			left[at] = samples[i] as number;
			right[at++] = samples[i + 1] as number;
			if (at < frame) continue;
			yield [left, right] as const;
			at = 0;
		}
	}
	const isLate = at + preSkip / granulesPerMoment;
	for (let late = 0; late < isLate; late += frame) {
		left.fill(0, at);
		right.fill(0, at);
		yield [left, right] as const;
		at = 0;
	}
}
