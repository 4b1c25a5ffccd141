import { afterEach, describe, expect, it } from "vitest";
import { header, type SipHeaders, type SipRequest, type SipResponse } from "../messages/message.ts";
import { trunkOf } from "../test-support/world.ts";
import { responseTo } from "../transport/answers.ts";
import type { SipPeer } from "../transport/peer.ts";
import type { KeptTrunk } from "../trunk-settings.ts";
import { Line } from "./line.ts";
import { Lines } from "./lines.ts";

const peer: SipPeer = { transport: "udp", address: "192.0.2.1", port: 5060 };
let line: Line;
afterEach(() => line.stop(() => false));

/** A line whose other side answers when the test says so. */
function lineWith(settings: Partial<KeptTrunk> = {}, places: () => Promise<SipPeer[]> = async () => [peer]) {
	const asked: Asked = [];
	line = lineOf({ ...trunkOf("t", 5060), ...settings }, asked, places);
	line.start();
	return asked;
}

type Asked = Array<{ request: SipRequest; answer(status: number, headers?: SipHeaders): void }>;

function lineOf(trunk: KeptTrunk, asked: Asked, places: () => Promise<SipPeer[]> = async () => [peer]): Line {
	return new Line(trunk, {
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
	});
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
	const stopping = line.stop(() => true);
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

it("a port that was taken for a minute let the other side wait five minutes for the first real try", async () => {
	const asked: Asked = [];
	line = lineOf(trunkOf("t", 5060), asked);
	for (let tries = 0; tries < 6; tries++) line.cannotStart();
	expect(line.state.cause).toBe("portTaken");
	line.start();
	await expect.poll(() => asked.length).toBe(1);
	asked[0]?.answer(503);
	await expect.poll(() => line.state.cause).toBeUndefined();
	expect(line.asksAgainInMs).toBe(20);
});

it("a password that cannot be read any more is said, and nobody is asked without it", async () => {
	const asked = lineWith({ registers: true, user: "4930", passwordLost: true });
	await expect.poll(() => line.state).toMatchObject({ state: "down", cause: "passwordLost" });
	expect(asked).toEqual([]);
});

describe("switched off and on again", () => {
	const trunk = { ...trunkOf("t", 5060), registers: true, user: "4930" };
	const expires = (asked: Asked) => asked.map(({ request }) => header(request, "expires"));

	function running() {
		const asked: Asked = [];
		const lines = new Lines((of) => lineOf(of, asked));
		let version = 0;
		const set = (enabled: boolean) => {
			for (const begun of lines.set([{ ...trunk, enabled, version: ++version }])) begun.start();
			line = lines.of("t") as Line;
		};
		set(true);
		return { asked, set };
	}

	it("while it was signing in, the old sign-in's end took the new one back", async () => {
		const { asked, set } = running();
		await expect.poll(() => asked.length).toBe(1);
		set(false);
		set(true);
		await expect.poll(() => asked.length).toBe(2);
		asked[1]?.answer(200);
		await expect.poll(() => line.state.state).toBe("up");
		asked[0]?.answer(200);
		// Whatever the old one said now would be said within these.
		await new Promise((resolve) => setImmediate(resolve));
		expect(expires(asked)).toEqual(["600", "600"]);
	});

	it("while it was signing out, the new sign-in overtook it", async () => {
		const { asked, set } = running();
		await expect.poll(() => asked.length).toBe(1);
		asked[0]?.answer(200);
		await expect.poll(() => line.state.state).toBe("up");
		set(false);
		await expect.poll(() => expires(asked)).toEqual(["600", "0"]);
		set(true);
		await new Promise((resolve) => setImmediate(resolve));
		expect(expires(asked), "it waits").toEqual(["600", "0"]);
		asked[1]?.answer(200);
		await expect.poll(() => expires(asked)).toEqual(["600", "0", "600"]);
	});
});
