import { expect, it } from "vitest";
import { addressBodyOf, addressFormOf, addressProblems, type MessageAddress } from "./address-form.ts";
import { snippetOf } from "./messenger-form.ts";

const settings = { threadingHours: 72, hasSecret: false, optOutText: "Out", optInText: "In", helpText: "Help" };

const never = {
	...{ warnAfterMinutes: null, endAfterMinutes: null },
	warnText: "Are you still there? Write to us, or this conversation will end soon.",
	endText: "This conversation has ended, as nobody has written for a while.",
};
const silence = { warnAfterMinutes: 8, endAfterMinutes: 10, warnText: "Still there?", endText: "We end here." };

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
	expect(addressBodyOf(addressFormOf(texts))).toEqual({
		name,
		channel,
		address,
		queueId,
		provider,
		settings: { ...kept, mms: false, silence: never },
	});
	expect(addressProblems(addressFormOf(texts))).toEqual(new Set());
	expect(addressProblems(addressFormOf(shop))).toEqual(new Set());
});

it("the rule for silent customers was lost, or could not be taken away", () => {
	const strict = { ...texts, settings: { ...settings, silence } };
	expect(addressBodyOf(addressFormOf(strict)).settings.silence).toEqual(silence);
	const lax = { ...addressFormOf(strict), warnMinutes: " ", endMinutes: "" };
	expect(addressBodyOf(lax).settings.silence).toMatchObject({ warnAfterMinutes: null, endAfterMinutes: null });
});

const page: MessageAddress = {
	...{ ...texts, id: "a3", name: "Page", channel: "webmessaging", address: "a3", provider: "web" },
	settings: {
		...settings,
		messenger: {
			signIn: { issuer: "https://shop.example/", audience: "messenger", keys: '{"keys":[]}' },
			...{
				origins: ["https://shop.example", "http://localhost:8082"],
				title: "Shop",
				welcome: "Hello",
				color: "#14463f",
			},
			form: [
				{ key: "name", label: "Your name", isRequired: true },
				{ key: "order", label: "Order: number", isRequired: false },
			],
			...{
				typing: false,
				files: false,
				transcriptFrom: "service@shop.example",
				afterEnd: "startAnew",
				sessionMinutes: 10,
			},
			cobrowse: {
				channels: ["webmessaging"],
				...{
					allowAgentControl: false,
					allowAgentNavigation: true,
					allowDraw: false,
					showPath: true,
					outlivesCall: true,
				},
				...{ maskSelectors: [".iban"], readonlySelectors: ["#total"] },
				pauseCriteria: [{ urlFragment: "/pay", condition: "includes" }],
			},
		},
	},
};

it("a messenger that was opened and saved lost something of how it looks and behaves", () => {
	const body = addressBodyOf(addressFormOf(page));
	expect(body).not.toHaveProperty("address");
	const half = { ...addressFormOf(page), audience: " ", keys: "shop.example/keys" };
	expect(addressProblems(half)).toEqual(new Set(["audience", "keys"]));
	const none = { ...addressFormOf(page), issuer: "", audience: "", keys: "" };
	expect([addressProblems(none).size, addressBodyOf(none).settings]).toMatchObject([
		0,
		{ messenger: { signIn: null } },
	]);
	expect(body.settings).toEqual({ threadingHours: 72, messenger: page.settings.messenger, silence: never });
	expect(addressProblems(addressFormOf(page))).toEqual(new Set());
});

it("the tag that is copied names the server and the messenger", () => {
	expect(snippetOf("https://inlay.example", "a3")).toBe(
		'<script src="https://inlay.example/messenger/messenger.js" data-deployment="a3" async></script>',
	);
});

it("a secret that was not typed anew was overwritten", () => {
	expect(addressBodyOf(addressFormOf(shop)).settings).toEqual({
		threadingHours: 72,
		webhookUrl: "https://shop.example/messages",
		silence: never,
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
	[shop, { warnMinutes: "soon" }, "warnMinutes"],
	[shop, { endMinutes: "1441" }, "endMinutes"],
	[shop, { warnMinutes: "10", endMinutes: "10" }, "endMinutes"],
	[shop, { warnMinutes: "10", warnText: " " }, "warnText"],
	[page, { origins: "https://shop.example/path" }, "origins"],
	[page, { origins: "*" }, "origins"],
	[page, { color: "red" }, "color"],
	[page, { questions: "Your name" }, "questions"],
	[page, { questions: "name: A\nName: B" }, "questions"],
	[page, { sessionMinutes: "5" }, "sessionMinutes"],
	[page, { title: "x".repeat(101) }, "title"],
] as const)("of %o %o was sent, to be refused", (of, change, field) => {
	expect([...addressProblems({ ...addressFormOf(of), ...change })]).toEqual([field]);
});

it("a carrier by HTTP is set up in the form, and its secrets stay when nothing is typed", () => {
	const inbound = { id: "id", from: "message.sender", text: "text", media: "media", status: "state", error: "error" };
	const request = '{"to":"{{to}}","body":"{{text}}"}';
	const carrier = { request, idPath: "result.0.id", inbound, numbers: "bare" as const, hasAuthorization: true };
	const form = addressFormOf({
		...{ ...texts, provider: "http" },
		settings: { ...settings, hasSecret: true, webhookUrl: "https://carrier.example/send", carrier, mms: true },
	});
	expect(addressProblems(form)).toEqual(new Set());
	const { settings: sent } = addressBodyOf(form);
	const { request: posted, ...paths } = (sent as unknown as { carrier: typeof carrier }).carrier;
	expect([JSON.parse(posted), paths]).toEqual([
		JSON.parse(request),
		{ idPath: "result.0.id", inbound, numbers: "bare" },
	]);
	expect(sent).toMatchObject({ mms: true, webhookUrl: "https://carrier.example/send" });
	expect(JSON.stringify(sent)).not.toMatch(/secret|authorization/);
	const typed = addressBodyOf({ ...form, secret: "sixteen letters!", authorization: " Bearer k " }).settings;
	expect(typed).toMatchObject({ secret: "sixteen letters!", carrier: { authorization: "Bearer k" } });
	const bad = { ...form, request: '{"to":"{{to}}"}', inbound: "sender: a", webhookUrl: "carrier" };
	expect(addressProblems(bad)).toEqual(new Set(["webhookUrl", "request", "inbound"]));
	// A line that was taken away came back: the server keeps what it is not told.
	const fewer = { ...form, inbound: "id: id\nfrom: message.sender" };
	expect(addressProblems(fewer)).toEqual(new Set());
	const nowhere = { text: "", media: "", status: "", error: "" };
	expect(addressBodyOf(fewer).settings).toMatchObject({
		carrier: { inbound: { id: "id", from: "message.sender", ...nowhere } },
	});
	expect(addressProblems({ ...form, inbound: "id: id" })).toEqual(new Set(["inbound"]));
});
