import { describe, expect, it } from "vitest";
import { announce, withoutAddress, withoutCandidates } from "./candidates.ts";

const HOST = "candidate:1 1 UDP 2114977791 127.0.0.1 45030 typ host";

describe("candidates", () => {
	it("an offer says nothing of the machine's addresses", () => {
		const own = `v=0\r\nm=audio 45030 RTP/AVP 0\r\nc=IN IP4 10.0.0.7\r\na=mid:0\r\na=${HOST}\r\na=end-of-candidates\r\n`;
		const offer = "v=0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n";
		expect([withoutAddress(own), withoutAddress(offer)]).toEqual([offer, offer]);
		expect(announce(offer, ["192.0.2.7"])).toEqual([]);
	});

	it.each(["\r\n", "\n", "\r"])("take a client's addresses out of its answer, lines ending in %j", (end) => {
		const kept = ["v=0", "m=audio 9 UDP/TLS/RTP/SAVPF 0", "a=ice-ufrag:x", "a=ice-options:trickle", ""];
		const named = [`a=${HOST}`, "a=Candidate:2 1 udp 1 intranet.example 9 typ host", "a=end-of-candidates"];
		const sdp = [...kept.slice(0, 2), ...named, ...kept.slice(2)].join(end);
		expect(withoutCandidates(sdp)).toBe(kept.join("\r\n"));
	});

	it("announces every address with falling priority and a foundation of its own", () => {
		expect(announce(`a=${HOST}`, ["192.0.2.7", "10.0.0.7"])).toEqual([
			"candidate:1 1 UDP 2114977791 192.0.2.7 45030 typ host",
			"candidate:2 1 UDP 2114977790 10.0.0.7 45030 typ host",
		]);
	});
});
