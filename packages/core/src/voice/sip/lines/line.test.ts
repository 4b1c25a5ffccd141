import { afterEach, expect, it } from "vitest";
import { header, type SipHeaders, type SipRequest, type SipResponse } from "../messages/message.ts";
import { trunkOf } from "../test-support/world.ts";
import { responseTo } from "../transport/answers.ts";
import type { SipPeer } from "../transport/peer.ts";
import type { KeptTrunk } from "../trunk-settings.ts";
import { Line } from "./line.ts";

const peer: SipPeer = { transport: "udp", address: "192.0.2.1", port: 5060 };
let line: Line;
afterEach(() => line.stop(false));

/** A line whose other side answers when the test says so. */
function lineWith(settings: Partial<KeptTrunk> = {}, places: () => Promise<SipPeer[]> = async () => [peer]) {
	const asked: Array<{ request: SipRequest; answer(status: number, headers?: SipHeaders): void }> = [];
	line = new Line(
		{ ...trunkOf("t", 5060), ...settings },
		{
			transactions: {
				ask: (request) =>
					new Promise<SipResponse>((resolve) => {
						const answer = (status: number, headers: SipHeaders = []) =>
							resolve(responseTo(request, status, "Said", { headers }));
						asked.push({ request, answer });
					}),
			},
			places,
			ownAddress: async () => ({ host: "198.51.100.7", port: 5062 }),
			keepOpen: () => {},
			changed: () => {},
			now: () => new Date(),
			timing: { askMs: 60_000, retryMs: [20, 40] },
		},
	);
	line.start();
	return asked;
}

it("two looks ran beside each other, and the older one's answer overwrote the newer one's", async () => {
	const asked = lineWith();
	await expect.poll(() => asked.length).toBe(1);
	line.isAway(peer);
	line.isAway(peer);
	asked[0]?.answer(200);
	await expect.poll(() => asked.length, { message: "the next one follows" }).toBe(2);
	asked[1]?.answer(503);
	await expect.poll(() => line.state.state).toBe("down");
	await expect.poll(() => asked.length).toBe(3);
	asked[2]?.answer(200);
	await expect.poll(() => line.state.state).toBe("up");
	expect(asked).toHaveLength(3);
});

it.each<[string, string, number]>([
	["<sip:4930@198.51.100.7:5062>;expires=45", "as it was told", 36_000],
	["<SIP:4930@198.51.100.7:5062;transport=UDP;ob>;expires=45", "written otherwise", 36_000],
	['"Inlay" <sip:4%3930@198.51.100.7:5062>;expires=45', "escaped", 36_000],
	["<sip:4930@203.0.113.9:1024>;expires=45", "behind a NAT", 36_000],
	["<sip:4930@192.0.2.77>;expires=40, <sip:4930@198.51.100.7:5062>;expires=50", "beside another device's", 40_000],
])("%s: how long we are signed in was not read (%s)", async (contact, _what, ms) => {
	const asked = lineWith({ registers: true, user: "4930" });
	await expect.poll(() => asked.length).toBe(1);
	expect(header(asked[0]?.request as SipRequest, "contact")).toContain("<sip:4930@198.51.100.7:5062>");
	asked[0]?.answer(200, [["Contact", contact]]);
	await expect.poll(() => line.state.state).toBe("up");
	expect(line.asksAgainInMs).toBe(ms);
});

it("who was deleted while signing in was signed in for good", async () => {
	const asked = lineWith({ registers: true, user: "4930" });
	await expect.poll(() => asked.length).toBe(1);
	const stopping = line.stop(true);
	asked[0]?.answer(200);
	await expect.poll(() => asked.length).toBe(2);
	expect(header(asked[1]?.request as SipRequest, "expires")).toBe("0");
	asked[1]?.answer(200);
	await stopping;
});

it.each([
	[Object.assign(new Error("getaddrinfo ENOTFOUND sip.example"), { code: "ENOTFOUND" }), "unknownName"],
	[Object.assign(new Error("getaddrinfo EAI_AGAIN sip.example"), { code: "EAI_AGAIN" }), "noNames"],
	[new Error("It leads into the own network."), undefined],
])("%s was shown as the system writes it", async (error, cause) => {
	lineWith({}, () => Promise.reject(error));
	await expect.poll(() => line.state.state).toBe("down");
	expect(line.state.cause).toBe(cause);
	expect(line.state.reason).not.toMatch(/ENOTFOUND|EAI|getaddrinfo/);
});
