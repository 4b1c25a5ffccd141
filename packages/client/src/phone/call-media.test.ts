import { describe, expect, it } from "vitest";
import { candidateFragment, isNewIce, readFragment } from "./call-media.ts";
import { loudness } from "./level-meter.ts";

describe("candidates on the wire", () => {
	const udp = "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host";

	it("go out under their mid and come back the same", () => {
		const fragment = candidateFragment({ candidate: udp, sdpMid: "audio0" });
		expect(fragment).toBe(`m=audio0 9 RTP/AVP 0\r\na=${udp}`);
		expect(readFragment(fragment ?? "")).toEqual({ candidate: udp, sdpMid: "audio0" });
	});

	it("leave out TCP and IPv6, and end with a mark", () => {
		expect(candidateFragment({ candidate: udp.replace("udp", "tcp"), sdpMid: "0" })).toBeUndefined();
		expect(candidateFragment({ candidate: udp.replace("192.0.2.7", "2001:db8::1"), sdpMid: "0" })).toBeUndefined();
		expect(candidateFragment(null)).toBe("a=end-of-candidates");
		expect(readFragment("a=end-of-candidates")).toBeUndefined();
	});
});

describe("offers", () => {
	it("are a new leg when the ICE credentials differ", () => {
		expect(isNewIce("a=ice-ufrag:one\r\n", "a=ice-ufrag:two\r\n")).toBe(true);
		expect(isNewIce("a=ice-ufrag:one\r\n", "a=ice-ufrag:one\r\na=sendonly")).toBe(false);
	});
});

describe("loudness", () => {
	it("is 0 for silence and 1 for a full tone", () => {
		expect(loudness(new Float32Array(512))).toBe(0);
		expect(loudness(Float32Array.from({ length: 512 }, (_, index) => Math.sin(index)))).toBe(1);
	});
});
