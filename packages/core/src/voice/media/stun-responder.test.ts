import { describe, expect, it } from "vitest";
import { stunAnswer } from "./stun-responder.ts";

const TRANSACTION = "b7e7a701bc34d686fa87dfae";
const request = Buffer.from(`000100002112a442${TRANSACTION}`, "hex");

describe("STUN", () => {
	// Addresses and masked values of the samples in RFC 5769, sections 2.2 and 2.3.
	it("gives the IPv4 address of RFC 5769's sample", () => {
		expect(stunAnswer(request, "192.0.2.1", 32_853)?.toString("hex")).toBe(
			`0101000c2112a442${TRANSACTION}002000080001a147e112a643`,
		);
	});

	it("gives the IPv6 address of RFC 5769's sample", () => {
		expect(stunAnswer(request, "2001:db8:1234:5678:11:2233:4455:6677", 32_853)?.toString("hex")).toBe(
			`010100182112a442${TRANSACTION}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9`,
		);
	});

	it("understands shortened IPv6 addresses", () => {
		const short = stunAnswer(request, "fd00::2", 9);
		expect(short).toEqual(stunAnswer(request, "fd00:0:0:0:0:0:0:2", 9));
	});

	it.each([
		["too short", "00010000"],
		["without the cookie", `0001000000000000${TRANSACTION}`],
		["an answer, not a request", `010100002112a442${TRANSACTION}`],
		["of another length than it says", `000100082112a442${TRANSACTION}`],
	])("does not answer a packet %s", (_what, hex) => {
		expect(stunAnswer(Buffer.from(hex, "hex"), "127.0.0.1", 1)).toBeUndefined();
	});
});
