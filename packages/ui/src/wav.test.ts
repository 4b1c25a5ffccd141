import { expect, it } from "vitest";
import { wavOf } from "./wav.ts";

it("a greeting that was recorded in the panel was no file that the server takes: one channel, 16 bits, nothing beyond full scale", async () => {
	const file = wavOf(Float32Array.from([0, 0.5, -2, 2]), 16_000);
	expect(file.type).toBe("audio/wav");
	const bytes = Buffer.from(await file.arrayBuffer());
	expect(bytes.length).toBe(52);
	expect([bytes.toString("latin1", 0, 4), bytes.toString("latin1", 8, 16), bytes.toString("latin1", 36, 40)]).toEqual([
		"RIFF",
		"WAVEfmt ",
		"data",
	]);
	expect([bytes.readUInt16LE(20), bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([
		1, 1, 16_000, 16,
	]);
	expect([44, 46, 48, 50].map((at) => bytes.readInt16LE(at))).toEqual([0, 16_384, -32_767, 32_767]);
});
