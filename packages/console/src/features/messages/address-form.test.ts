import { expect, it } from "vitest";
import { addressBodyOf, addressFormOf, addressProblems, type MessageAddress } from "./address-form.ts";

const settings = { threadingHours: 72, hasSecret: false, optOutText: "Out", optInText: "In", helpText: "Help" };

const texts: MessageAddress = {
	...{ id: "a1", name: "Texts", channel: "sms", address: "+13175550180", queueId: "q1", provider: "simulator" },
	settings,
	version: 3,
};

const shop: MessageAddress = {
	...{ ...texts, id: "a2", name: "Shop", channel: "open", address: "shop", provider: "open" },
	settings: { ...settings, hasSecret: true, webhookUrl: "https://shop.example/messages" },
};

it("an address that was opened and saved lost nothing", () => {
	const { name, channel, address, queueId, provider } = texts;
	const { hasSecret: _never, ...kept } = settings;
	expect(addressBodyOf(addressFormOf(texts))).toEqual({ name, channel, address, queueId, provider, settings: kept });
	expect(addressProblems(addressFormOf(texts))).toEqual(new Set());
	expect(addressProblems(addressFormOf(shop))).toEqual(new Set());
});

it("a secret that was not typed anew was overwritten", () => {
	expect(addressBodyOf(addressFormOf(shop)).settings).toEqual({
		threadingHours: 72,
		webhookUrl: "https://shop.example/messages",
	});
	const typed = { ...addressFormOf(shop), secret: " a-secret-of-some-length " };
	expect(addressBodyOf(typed).settings).toMatchObject({ secret: "a-secret-of-some-length" });
});

it.each([
	[texts, { name: "  " }, "name"],
	[texts, { address: "" }, "address"],
	[texts, { queueId: "" }, "queueId"],
	[texts, { threadingHours: "73" }, "threadingHours"],
	[texts, { threadingHours: "" }, "threadingHours"],
	[texts, { helpText: " " }, "helpText"],
	[texts, { optOutText: "x".repeat(301) }, "optOutText"],
	[shop, { webhookUrl: "shop.example" }, "webhookUrl"],
	[shop, { secret: "short" }, "secret"],
] as const)("of %o %o was sent, to be refused", (of, change, field) => {
	expect([...addressProblems({ ...addressFormOf(of), ...change })]).toEqual([field]);
});
