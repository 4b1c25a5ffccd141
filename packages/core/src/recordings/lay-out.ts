import { SAMPLE_RATE } from "../voice/media/audio.ts";
import { WAV_BLOCK_BYTES, WAV_HEADER_BYTES } from "../voice/media/wav.ts";
import type { Annotation, Part, PartMark } from "./model.ts";

/** A part, and the silence that stands before it. All in moments (samples of one channel). */
export interface PlacedPart {
	file: string;
	silence: number;
	length: number;
}

export interface LayOut {
	parts: PlacedPart[];
	/** Of the whole, in moments. */
	length: number;
	annotations: Annotation[];
}

const msOf = (moments: number) => Math.round((moments * 1000) / SAMPLE_RATE);
const momentsOf = (ms: number) => Math.round((ms * SAMPLE_RATE) / 1000);
/** What lies between two parts that is nobody's fault: shorter gaps are closed, as clocks are no exacter, in ms. */
const noGapMs = 40;

/**
 * One recording of all its parts: what is missing between them (a killed server, a restarted engine) is as much silence, so
 * that every moment stands where it was, and is annotated.
 */
export function layOut(parts: readonly Part[], marks: readonly PartMark[]): LayOut {
	const placed: PlacedPart[] = [];
	const gaps: Annotation[] = [];
	const starts = new Map<string, number>();
	let at = 0;
	const ordered = parts.filter((one) => momentsIn(one) > 0).toSorted((one, other) => one.startedMs - other.startedMs);
	for (const part of ordered) {
		const missing = momentsOf(part.startedMs - (ordered[0]?.startedMs ?? 0)) - at;
		const silence = placed.length > 0 && msOf(missing) > noGapMs ? missing : 0;
		if (silence > 0) gaps.push({ type: "gap", offset: msOf(at), duration: msOf(silence) });
		const length = momentsIn(part);
		starts.set(part.file, at + silence);
		placed.push({ file: part.file, silence, length });
		at += silence + length;
	}
	const annotations = [...gaps, ...annotationsOf(marks, starts, msOf(at))];
	return { parts: placed, length: at, annotations: annotations.toSorted((one, other) => one.offset - other.offset) };
}

/** In a file whose writing was cut off there may be a piece of a moment at the end. */
function momentsIn({ bytes }: Part): number {
	return Math.max(0, Math.floor((bytes - WAV_HEADER_BYTES) / WAV_BLOCK_BYTES));
}

/** A mark lasts until the next one; one that the next file begins with, too, goes on over the gap. */
function annotationsOf(marks: readonly PartMark[], starts: ReadonlyMap<string, number>, endMs: number): Annotation[] {
	const moments = marks
		.flatMap(({ file, mark, offsetMs }) => {
			const start = starts.get(file);
			return start === undefined ? [] : [{ mark, at: Math.min(endMs, msOf(start) + Math.round(offsetMs)) }];
		})
		.toSorted((one, other) => one.at - other.at);
	const found: Annotation[] = [];
	for (const [index, { mark, at }] of moments.entries()) {
		const until = moments[index + 1]?.at ?? endMs;
		if (mark === "none" || until <= at) continue;
		const last = found.at(-1);
		if (last?.type === mark && last.offset + last.duration === at) last.duration = until - last.offset;
		else found.push({ type: mark, offset: at, duration: until - at });
	}
	return found;
}
