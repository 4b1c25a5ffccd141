/** The header of a stereo 16-bit 8 kHz WAV file (RIFF, PCM format 1). */

import { SAMPLE_RATE } from "./audio.ts";

export const WAV_HEADER_BYTES = 44;
const CHANNELS = 2;
const BYTES_PER_SAMPLE = 2;
/** Bytes of one moment on both channels. */
export const WAV_BLOCK_BYTES = CHANNELS * BYTES_PER_SAMPLE;
export const WAV_BYTES_PER_MS = (SAMPLE_RATE * WAV_BLOCK_BYTES) / 1000;

/** The header for `dataBytes` bytes of samples that follow it. */
export function wavHeader(dataBytes: number): Buffer {
	const header = Buffer.alloc(WAV_HEADER_BYTES);
	header.write("RIFF", 0, "latin1");
	header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
	header.write("WAVEfmt ", 8, "latin1");
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(CHANNELS, 22);
	header.writeUInt32LE(SAMPLE_RATE, 24);
	header.writeUInt32LE(SAMPLE_RATE * WAV_BLOCK_BYTES, 28);
	header.writeUInt16LE(WAV_BLOCK_BYTES, 32);
	header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
	header.write("data", 36, "latin1");
	header.writeUInt32LE(dataBytes, 40);
	return header;
}

/** How many bytes of samples a header (its first 44 bytes) declares; 0 when it is not one of ours. */
export function wavDataBytes(header: Buffer): number {
	return isWavHeader(header) ? header.readUInt32LE(40) : 0;
}

/** Whether these bytes begin like a file of ours. */
export function isWavHeader(header: Buffer): boolean {
	return header.length >= WAV_HEADER_BYTES && header.toString("latin1", 0, 4) === "RIFF";
}
