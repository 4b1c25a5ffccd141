import type { ApiClient } from "../session/api.ts";

/** A stretch that is silent, or as it is, for a reason; ms. */
export interface Annotation {
	type: "pause" | "hold" | "gap";
	offset: number;
	duration: number;
}

/** `getInlayConversationRecordings`. */
export interface PlayableRecording {
	id: string;
	kind: "user" | "policy";
	state: "recording" | "processing" | "available" | "failed";
	startTime: string;
	durationMs?: number;
	annotations: Annotation[];
	/** From 0 to 1, the loudest of each part of it. */
	waveform: number[];
	/** Good for some minutes. */
	url?: string;
}

export async function recordingsOf(api: ApiClient, conversationId: string): Promise<PlayableRecording[]> {
	const { entities } = await api.get<{ entities: PlayableRecording[] }>(
		`/inlay/conversations/${conversationId}/recordings`,
	);
	return entities;
}

/** Where an annotation stands in a picture of this width. */
export function regionOf(
	{ offset, duration }: Annotation,
	durationMs: number,
	width: number,
): { x: number; width: number } {
	if (durationMs <= 0) return { x: 0, width: 0 };
	const at = (ms: number) => (Math.min(Math.max(ms, 0), durationMs) / durationMs) * width;
	return { x: at(offset), width: at(offset + duration) - at(offset) };
}

/** The waveform as a path around the middle of a picture; what is silent is a thin line. */
export function waveformPath(points: readonly number[], width: number, height: number): string {
	const step = width / Math.max(1, points.length);
	return points
		.map((point, at) => {
			const half = Math.max(0.5, (Math.sqrt(point) * height) / 2);
			const x = (at + 0.5) * step;
			return `M${x.toFixed(1)} ${(height / 2 - half).toFixed(1)}V${(height / 2 + half).toFixed(1)}`;
		})
		.join("");
}
