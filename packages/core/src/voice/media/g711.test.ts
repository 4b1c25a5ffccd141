import { describe, expect, it } from "vitest";
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw, ULAW_SILENCE } from "./g711.ts";

function encode(...samples: number[]): number[] {
	const out = new Uint8Array(samples.length);
	encodeUlaw(Int16Array.from(samples), out, 0);
	return [...out];
}

function decode(...codes: number[]): number[] {
	const out = new Int16Array(codes.length);
	decodeUlaw(Uint8Array.from(codes), 0, codes.length, out, 0);
	return [...out];
}

describe("µ-law", () => {
	it("has the code points of G.711 table 2", () => {
		expect(decode(0x00, 0x80, 0xff, 0x7f, 0xf0, 0x8f)).toEqual([-32124, 32124, 0, 0, 120, 16764]);
		expect(encode(0, 32767, -32768)).toEqual([ULAW_SILENCE, 0x80, 0x00]);
	});

	it("gives every code back that it decoded", () => {
		const codes = Array.from({ length: 256 }, (_, code) => code).filter((code) => code !== 0x7f);
		expect(encode(...decode(...codes))).toEqual(codes);
	});

	it("stays within half a step of the input", () => {
		for (let sample = -32000; sample <= 32000; sample += 37) {
			const [back = 0] = decode(...encode(sample));
			expect(Math.abs(back - sample)).toBeLessThanOrEqual((Math.abs(sample) + 132) / 32 + 2);
		}
	});

	it("reads and writes at offsets", () => {
		const pcm = new Int16Array(4);
		decodeUlaw(Uint8Array.of(1, 2, 0x80, 0xff), 2, 2, pcm, 1);
		expect([...pcm]).toEqual([0, 32124, 0, 0]);
	});
});

describe("A-law", () => {
	const encoded = (...samples: number[]) => {
		const out = new Uint8Array(samples.length);
		encodeAlaw(Int16Array.from(samples), out, 0);
		return [...out];
	};
	const decoded = (...codes: number[]) => {
		const out = new Int16Array(codes.length);
		decodeAlaw(Uint8Array.from(codes), 0, codes.length, out, 0);
		return [...out];
	};

	it("has the code points of G.711 table 1", () => {
		expect(decoded(0xd5, 0x55, 0xaa, 0x2a, 0x80)).toEqual([8, -8, 32256, -32256, 5504]);
		expect(encoded(0, 32767, -32768)).toEqual([0xd5, 0xaa, 0x2a]);
	});

	it("gives every code back that it decoded", () => {
		const codes = Array.from({ length: 256 }, (_, code) => code);
		expect(encoded(...decoded(...codes))).toEqual(codes);
	});

	it("stays within half a step of the input", () => {
		for (let sample = -32000; sample <= 32000; sample += 37) {
			const [back = 0] = decoded(...encoded(sample));
			expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.abs(sample) / 32 + 10);
		}
	});
});
