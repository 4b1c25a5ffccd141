import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { RTP_HEADER_BYTES, writeRtpHeader } from "./rtp.ts";
import { SrtpContext } from "./srtp.ts";

const suite = "AES_CM_128_HMAC_SHA1_80";

function packet(sequence: number, text = "sound", ssrc = 7): Buffer {
	const out = Buffer.concat([Buffer.alloc(RTP_HEADER_BYTES), Buffer.from(text)]);
	writeRtpHeader(out, 0, false, sequence, sequence * 160, ssrc);
	return out;
}

/** Both ends of one direction. */
function ends(key = randomBytes(30)) {
	return { out: new SrtpContext({ key, suite }), into: new SrtpContext({ key, suite }) };
}

describe("SRTP", () => {
	it("protects as libsrtp does (its test vector of AES-128 and an 80-bit tag)", () => {
		const key = Buffer.from("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6", "hex");
		const plain = Buffer.from(`800f1234decafbadcafebabe${"ab".repeat(16)}`, "hex");
		const secret = "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb";
		expect(new SrtpContext({ key, suite }).protect(plain).toString("hex")).toBe(secret);
		expect(new SrtpContext({ key, suite }).open(Buffer.from(secret, "hex"))).toEqual(plain);
	});

	it("opens what it protected, out of order, and over the end of the 16 bits", () => {
		const { out, into } = ends();
		const sent = [65_533, 65_534, 65_535, 0, 1, 2].map((sequence) => [packet(sequence), out.protect(packet(sequence))]);
		const order = [0, 2, 1, 4, 3, 5].map((at) => sent[at] as Buffer[]);
		for (const [plain, secret] of order) expect(into.open(secret as Buffer)).toEqual(plain);
	});

	it("whoever came to a stream in its middle, after a restart, heard noise once its 16 bits had run over", () => {
		const key = randomBytes(30);
		const out = new SrtpContext({ key, suite });
		for (const sequence of [65_535, 0, 30_000, 65_535, 1]) out.protect(packet(sequence));
		const into = new SrtpContext({ key, suite });
		for (const sequence of [2, 3, 4]) expect(into.open(out.protect(packet(sequence)))).toEqual(packet(sequence));
		expect(new SrtpContext({ key: randomBytes(30), suite }).open(out.protect(packet(5)))).toBeUndefined();
	});

	it("takes nothing twice, altered, or of another key", () => {
		const { out, into } = ends();
		const secret = out.protect(packet(5));
		expect(secret.includes("sound")).toBe(false);
		expect(ends().into.open(secret)).toBeUndefined();
		const altered = Buffer.from(secret);
		altered[14] = (altered[14] as number) ^ 1;
		expect(into.open(altered)).toBeUndefined();
		expect(into.open(secret)).toBeDefined();
		expect(into.open(secret)).toBeUndefined();
		for (let sequence = 6; sequence < 80; sequence++) into.open(out.protect(packet(sequence)));
		expect(into.open(secret), "older than the window").toBeUndefined();
		for (const short of [Buffer.alloc(0), Buffer.alloc(9), Buffer.alloc(22, 0x80)])
			expect(into.open(short)).toBeUndefined();
	});

	it("does the same with reports", () => {
		const { out, into } = ends();
		const report = Buffer.from("80c8000600000007aabbccddeeff00112233445566778899", "hex");
		const first = out.protectReport(report);
		expect(first.subarray(8, 24)).not.toEqual(report.subarray(8, 24));
		expect(into.openReport(first)).toEqual(report);
		expect(into.openReport(first)).toBeUndefined();
		expect(into.openReport(out.protectReport(report))).toEqual(report);
		expect(into.openReport(Buffer.alloc(12))).toBeUndefined();
	});
});
