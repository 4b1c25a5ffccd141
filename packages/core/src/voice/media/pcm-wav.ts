/** The sound of a WAV file as somebody uploads it: each moment one sample, whatever the file's channels are. */
export interface PcmSound {
	/** Moments a second. */
	rate: number;
	samples: Int16Array;
}

/** Linear PCM, and the same under the extended header (RFC 2361). */
const formats: ReadonlySet<number> = new Set([1, 0xfffe]);
const rates = [8000, 96_000] as const;

/**
 * Reads a WAV file of linear PCM with 16 bits; of several channels it is their middle.
 * @throws Error saying what it is that cannot be read
 */
export function readPcmWav(file: Uint8Array): PcmSound {
	const view = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
	if (view.length < 12 || view.toString("latin1", 0, 4) !== "RIFF" || view.toString("latin1", 8, 12) !== "WAVE")
		throw new Error("This is no WAV file.");
	const format = chunk(view, "fmt ");
	const data = chunk(view, "data");
	if (!format || format.length < 16 || !data) throw new Error("The WAV file has no format or no sound.");
	const [channels, rate, bits] = [format.readUInt16LE(2), format.readUInt32LE(4), format.readUInt16LE(14)];
	if (!formats.has(format.readUInt16LE(0)) || bits !== 16 || channels < 1 || channels > 8)
		throw new Error("Only WAV files of linear PCM with 16 bits can be read.");
	if (rate < rates[0] || rate > rates[1]) throw new Error("The WAV file must have 8,000 to 96,000 samples a second.");
	return { rate, samples: middle(data, channels) };
}

function middle(data: Buffer, channels: number): Int16Array {
	const samples = new Int16Array(Math.floor(data.length / 2 / channels));
	for (let moment = 0; moment < samples.length; moment++) {
		let sum = 0;
		for (let channel = 0; channel < channels; channel++) sum += data.readInt16LE((moment * channels + channel) * 2);
		samples[moment] = Math.round(sum / channels);
	}
	return samples;
}

function chunk(file: Buffer, name: string): Buffer | undefined {
	for (let at = 12; at + 8 <= file.length; ) {
		const size = file.readUInt32LE(at + 4);
		if (file.toString("latin1", at, at + 4) === name) return file.subarray(at + 8, at + 8 + size);
		at += 8 + size + (size % 2);
	}
	return undefined;
}

/**
 * The same sound with another number of moments a second. What the new rate cannot carry is smoothed away first, so that
 * it does not come back as another tone.
 */
export function resampled({ rate, samples }: PcmSound, wanted: number): Int16Array {
	if (rate === wanted) return samples;
	const step = rate / wanted;
	const width = Math.max(1, Math.round(step));
	const out = new Int16Array(Math.floor(samples.length / step));
	for (let i = 0; i < out.length; i++) {
		const from = Math.floor(i * step);
		let sum = 0;
		for (let j = from; j < from + width; j++) sum += samples[Math.min(j, samples.length - 1)] as number;
		out[i] = Math.round(sum / width);
	}
	return out;
}
