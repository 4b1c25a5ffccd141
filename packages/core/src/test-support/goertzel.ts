/** Amplitude (0–32767) of one frequency in a run of samples, by Goertzel's algorithm. */
export function toneLevel(samples: Int16Array, hz: number, sampleRate = 8000): number {
	const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
	let before = 0;
	let last = 0;
	for (const sample of samples) {
		const now = sample + coefficient * last - before;
		before = last;
		last = now;
	}
	const power = last * last + before * before - coefficient * last * before;
	return (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
}

/**
 * The same over a long run, as the median of windows of 100 ms: a frame that was concealed or dropped on a busy machine
 * shifts the tone's phase, and over the whole run the parts before and after would cancel each other out.
 */
export function steadyToneLevel(samples: Int16Array, hz: number, sampleRate = 8000): number {
	const size = sampleRate / 10;
	const windows = Array.from({ length: Math.floor(samples.length / size) }, (_, index) =>
		toneLevel(samples.subarray(index * size, (index + 1) * size), hz, sampleRate),
	);
	return windows.sort((a, b) => a - b)[Math.floor(windows.length / 2)] ?? 0;
}

/** The two channels of a stereo 16-bit WAV file with a 44-byte header. */
export function wavChannels(file: Buffer): { left: Int16Array; right: Int16Array } {
	const frames = Math.floor((file.length - 44) / 4);
	const left = new Int16Array(frames);
	const right = new Int16Array(frames);
	for (let i = 0; i < frames; i++) {
		left[i] = file.readInt16LE(44 + i * 4);
		right[i] = file.readInt16LE(46 + i * 4);
	}
	return { left, right };
}
