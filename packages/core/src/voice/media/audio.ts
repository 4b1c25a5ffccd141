/** The engine's only sample format: mono, 16-bit linear, 8 kHz, in frames of 20 ms. G.711 carries nothing wider. */
export const SAMPLE_RATE = 8000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;

/** Something that fills frames of sound on demand; it keeps its own position between calls. */
export interface AudioSource {
	/** Writes FRAME_SAMPLES samples. Returns false when the source has ended (the frame is then silent). */
	read(out: Int16Array): boolean;
}

/** Limits a sum of samples to what 16 bits hold: clipping distorts a little, wrapping around would crack. */
export function clip(sample: number): number {
	return Math.max(-32768, Math.min(32767, sample));
}
