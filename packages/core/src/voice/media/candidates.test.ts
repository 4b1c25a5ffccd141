import { describe, expect, it } from "vitest";
import { announce, usableCandidate } from "./candidates.ts";

const HOST = "candidate:1 1 UDP 2114977791 127.0.0.1 45030 typ host";

describe("candidates", () => {
	it("takes addresses of both families, with and without a=", () => {
		expect(usableCandidate(`a=${HOST}`)).toBe(HOST);
		expect(usableCandidate("candidate:2 1 udp 1 fd00::2 9000 typ host")).toContain("fd00::2");
	});

	it.each([
		["nothing (end of candidates)", ""],
		["an mDNS name", "candidate:1 1 udp 1 0b1e.local 9 typ host"],
		["a host name, which would be looked up", "candidate:1 1 udp 1 intranet.example 9 typ host"],
		["TCP", "candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active"],
		["garbage", "{}"],
	])("leaves out %s", (_what, line) => {
		expect(usableCandidate(line)).toBeUndefined();
	});

	it("announces every address with falling priority and a foundation of its own", () => {
		expect(announce(`a=${HOST}`, ["192.0.2.7", "10.0.0.7"])).toEqual([
			"candidate:1 1 UDP 2114977791 192.0.2.7 45030 typ host",
			"candidate:2 1 UDP 2114977790 10.0.0.7 45030 typ host",
		]);
	});
});
