import { afterAll, beforeAll, expect, it } from "vitest";
import { callerKey } from "../../kernel/http/caller-key.ts";
import { serviceNumber, type VoiceWorld, voiceWorld } from "../test-support/voice-world.ts";

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ rateLimit: 6000 });
});
afterAll(() => world.close());

it("refused pages used up the calls of those who may call from the same address: each have a count of their own", async () => {
	const stranger = { origin: "https://evil.example" };
	for (let i = 0; i < 20; i++) expect((await world.post({ to: serviceNumber }, stranger)).statusCode).toBe(403);
	expect((await world.post({ to: serviceNumber }, stranger)).statusCode).toBe(429);

	for (let i = 0; i < 20; i++) expect((await world.post({ to: "+31201234599" })).statusCode).toBe(404);
	const refused = await world.post({ to: serviceNumber });
	expect([refused.statusCode, refused.json().code]).toEqual([429, "too.many.requests"]);
	expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
	expect(await world.conversations.live()).toEqual([]);
});

it.each([
	["192.0.2.7", "192.0.2.7"],
	["::ffff:192.0.2.7", "192.0.2.7"],
	["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
	["2001:0db8:1:2::9", "2001:db8:1:2::/64"],
	["2001:db8::9", "2001:db8:0:0::/64"],
	["::1", "0:0:0:0::/64"],
	["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s counts as %s", (ip, key) => {
	expect(callerKey(ip)).toBe(key);
});
