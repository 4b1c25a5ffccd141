import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { restConversation } from "../conversations/projection/generic.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { attachWebSockets } from "../kernel/http/websocket.ts";
import { TokenEnds } from "../kernel/tokens/token-ends.ts";
import { defaultMessenger, type MessageAddress } from "../messaging/model.ts";
import type { FakeClock } from "../test-support/fake-clock.ts";
import { type Cobrowse, createCobrowse } from "./cobrowse.ts";
import { FakeSide } from "./test-support/side.ts";

const shop = "https://shop.example";
let world: World;
let cobrowse: Cobrowse;
let server: Server;
let stop: () => void;
const sides: FakeSide[] = [];
const signedOut = new Set<string>();
/** Users who have lost their rights. */
const without = new Set<string>();
const messenger: MessageAddress = {
	...{ id: "shop", name: "Shop", channel: "webmessaging", address: "shop", queueId: "q", provider: "web", version: 1 },
	settings: {
		...{ threadingHours: 72, optOutText: "", optInText: "", helpText: "" },
		messenger: {
			...defaultMessenger,
			origins: [shop],
			cobrowse: { ...defaultMessenger.cobrowse, channels: ["voice", "webmessaging"] },
		},
	},
};

const never = new Date("2100-01-01");
/** As administrators have it by now. */
let messengerNow = messenger;

beforeAll(async () => {
	world = await conversationWorld();
	cobrowse = createCobrowse(world.kernel, {
		conversations: world.conversations,
		addresses: { all: async () => [messengerNow] },
		addressOf: async (id) => (id === "shop" ? messengerNow : undefined),
		wake: () => {},
		tokens: new TokenEnds(world.kernel, { goodUntil: async (hash) => (signedOut.has(hash) ? undefined : never) }),
		holderOf: async (userId) => (permission) => !without.has(userId) && voice.includes(permission),
	});
	await world.kernel.feed.start();
	await cobrowse.start();
	server = createServer();
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	stop = attachWebSockets(server, cobrowse.sockets).close;
});
afterAll(async () => {
	for (const side of sides) side.cut();
	stop();
	await new Promise((done) => server.close(done));
	cobrowse.stop();
	await world.kernel.feed.stop();
	await world.close();
});

const minute = 60_000;
const voice = ["cobrowse:voice:escalate", "cobrowse:session:view"];
const holding = (userId: string, rights: readonly string[]) => ({ userId, may: (one: string) => rights.includes(one) });

/** An agent who talks with a customer. */
async function talking() {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	const offered = await world.offer(id, queue.id, agent);
	const own = offered.participants.findLast((one) => one.userId === agent)?.id ?? "";
	await world.conversations.calls.mediaConnected(id, own);
	return { id, agent, own, by: holding(agent, voice), code: queue.code.id };
}

function side(path: string, origin = shop) {
	const made = new FakeSide(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, origin);
	sides.push(made);
	return made;
}

/** The customer has typed the code and agreed; the agent looks. */
async function shared() {
	const story = await talking();
	const offer = await cobrowse.sessions.offer(story.id, story.by);
	const { session, key } = await cobrowse.join(messenger, offer.code ?? "", "192.0.2.1");
	const page = side(`/inlay/cobrowse/share/${session.id}`);
	await page.hello(key);
	const { key: viewerKey } = await cobrowse.sessions.viewerKey(story.id, story.agent, `token-${session.id}`);
	const viewer = side(`/inlay/cobrowse/view/${session.id}`, world.kernel.config.panelUrl);
	await viewer.hello(viewerKey);
	await page.next("watch");
	return { ...story, session, key, page, viewer };
}

const picture = {
	type: 2,
	timestamp: 1,
	data: { node: { type: 0, id: 1, childNodes: [] }, initialOffset: { top: 0, left: 0 } },
};
const sees = (of: { page: FakeSide }) => of.page.send({ type: "recorded", events: [picture] });
const stateOf = async (id: string) => (await cobrowse.sessions.get(id))?.state;
const partsOf = async (id: string) => {
	const conversation = await world.conversations.get(id);
	if (!conversation) throw new Error("no conversation");
	return restConversation(conversation).participants.flatMap((one) => one.cobrowsesessions ?? []);
};

it("CO-1: a code is read out and typed, and what the page shows reaches the viewer", async () => {
	const story = await shared();
	sees(story);
	expect(await story.viewer.next("recorded")).toMatchObject({ events: [picture] });
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
	expect(await partsOf(story.id)).toEqual([
		expect.objectContaining({ state: "connected", cobrowseRole: "sharer", controlling: [] }),
		expect.objectContaining({
			state: "connected",
			cobrowseRole: "viewer",
			viewerUrl: expect.stringContaining("/view"),
		}),
	]);
});

it("CO-4: what an agent does is dropped before the customer allows it, and after they take it back", async () => {
	const story = await shared();
	sees(story);
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
	const click = { type: "click", node: 5, x: 1, y: 2 };
	story.viewer.send(click);
	expect(await story.viewer.next("refused")).toMatchObject({ why: "notAllowed" });
	story.viewer.send({ type: "ask", what: "control" });
	await story.page.next("ask");
	story.page.send({ type: "allow", what: "control", isAllowed: true });
	await story.viewer.next("allow");
	await expect.poll(() => stateOf(story.session.id)).toBe("controlling");
	expect((await partsOf(story.id)).map((one) => one.controlling)).toEqual([[story.own], [story.own]]);
	story.viewer.send(click);
	expect(await story.page.next("click")).toEqual(click);
	story.page.send({ type: "allow", what: "control", isAllowed: false });
	await story.viewer.next("allow", 2);
	story.viewer.send({ type: "input", node: 5, value: "x" });
	await story.viewer.next("refused", 2);
	story.viewer.send({ type: "navigate", to: "back" });
	await story.viewer.next("refused", 3);
	expect([story.page.of("click").length, story.page.of("input").length]).toEqual([1, 0]);
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
});

it("an agent who had closed the viewer was told to see the page, and so was the customer", async () => {
	const story = await shared();
	sees(story);
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
	story.viewer.send({ type: "ask", what: "control" });
	story.page.send({ type: "allow", what: "control", isAllowed: true });
	await expect.poll(() => stateOf(story.session.id)).toBe("controlling");
	story.viewer.cut();
	await story.page.next("unwatch");
	await expect.poll(() => stateOf(story.session.id)).toBe("connecting");
	const { key } = await cobrowse.sessions.viewerKey(story.id, story.agent, "again");
	const again = side(`/inlay/cobrowse/view/${story.session.id}`, world.kernel.config.panelUrl);
	expect(await again.hello(key)).toMatchObject({ control: true });
	await story.page.next("watch", 2);
	sees(story);
	await expect.poll(() => stateOf(story.session.id)).toBe("controlling");
});

it("a page that its customer has paused tells nothing, and takes nothing", async () => {
	const story = await shared();
	sees(story);
	await story.viewer.next("recorded");
	story.page.send({ type: "paused", isPaused: true });
	await story.viewer.next("paused");
	await expect.poll(() => stateOf(story.session.id)).toBe("paused");
	sees(story);
	story.viewer.send({ type: "pointer", x: 1, y: 1 });
	story.page.send({ type: "paused", isPaused: false });
	await story.viewer.next("paused", 2);
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
	story.viewer.send({ type: "pointer", x: 2, y: 2 });
	await story.page.next("pointer");
	expect([story.viewer.of("recorded").length, story.page.of("pointer").length]).toEqual([1, 1]);
});

it("CO-5: a page that comes again goes on, and the one before it says nothing any more", async () => {
	const story = await shared();
	sees(story);
	await story.viewer.next("recorded");
	story.page.cut();
	await story.viewer.next("away");
	await expect.poll(async () => (await cobrowse.sessions.get(story.session.id))?.isAway).toBe(true);
	const next = side(`/inlay/cobrowse/share/${story.session.id}`);
	expect(await next.hello(story.key)).toMatchObject({ isWatched: true });
	await story.viewer.next("back");
	sees({ page: next });
	await story.viewer.next("recorded", 2);
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
});

it("CO-7: a late code, one used before, and too many wrong ones were let in", async () => {
	const late = await talking();
	const { code = "", id } = await cobrowse.sessions.offer(late.id, late.by);
	(world.kernel.clock as FakeClock).advance(10 * minute + 1000);
	await expect(cobrowse.join(messenger, code, "192.0.2.7")).rejects.toMatchObject({ code: "cobrowse.offer.expired" });
	expect(await stateOf(id)).toBe("ended");
	await expect(cobrowse.join(messenger, code, "192.0.2.7")).rejects.toMatchObject({ code: "cobrowse.offer.expired" });
	const story = await talking();
	const offer = await cobrowse.sessions.offer(story.id, story.by);
	await cobrowse.join(messenger, offer.code ?? "", "192.0.2.8");
	await expect(cobrowse.join(messenger, offer.code ?? "", "192.0.2.8")).rejects.toMatchObject({
		code: "cobrowse.code.unknown",
	});
	for (let wrong = 0; wrong < 4; wrong++)
		await expect(cobrowse.join(messenger, "000000000", "192.0.2.8")).rejects.toThrow();
	await expect(cobrowse.join(messenger, "000000000", "192.0.2.8")).rejects.toMatchObject({
		code: "cobrowse.code.wait",
	});
});

it("CO-8: whoever hangs up ends it for both; a page that does not come back ends it after 30 s", async () => {
	const story = await shared();
	sees(story);
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
	await world.conversations.patchParticipant(story.id, story.own, { state: "disconnected" }, { userId: story.agent });
	expect(await story.page.next("ended")).toMatchObject({ by: "system", why: "interaction" });
	await story.viewer.next("ended");
	await expect.poll(() => [story.page.closed, story.viewer.closed]).toEqual([4000, 4000]);
	const other = await shared();
	other.page.cut();
	await other.viewer.next("away");
	await expect.poll(async () => (await cobrowse.sessions.get(other.session.id))?.isAway).toBe(true);
	(world.kernel.clock as FakeClock).advance(31_000);
	await world.kernel.jobs.runDue();
	expect(await other.viewer.next("ended")).toMatchObject({ why: "left" });
});

it("what is shared goes on for two minutes after the call where the messenger says so, and gives way to the next", async () => {
	const { messenger: own = defaultMessenger } = messenger.settings;
	const kept = { ...own, cobrowse: { ...own.cobrowse, outlivesCall: true } };
	messengerNow = { ...messenger, settings: { ...messenger.settings, messenger: kept } };
	try {
		const hangUp = ({ id, own: part, agent }: Awaited<ReturnType<typeof shared>>) =>
			world.conversations.patchParticipant(id, part, { state: "disconnected" }, { userId: agent });
		const isOver = async (id: string) => (await cobrowse.sessions.get(id))?.overAt !== undefined;
		const story = await shared();
		sees(story);
		await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
		await hangUp(story);
		await expect.poll(() => isOver(story.session.id)).toBe(true);
		// Else its agent, who owes nothing any more, could not end it once their panel was loaded anew.
		await world.conversations.wrapup(story.id, story.own, { code: story.code }, { userId: story.agent });
		const listed = async () => (await world.conversations.liveForUser(story.agent)).map(({ id }) => id);
		expect(await listed()).toEqual([story.id]);
		story.page.send({ type: "recorded", events: [picture] });
		await story.viewer.next("recorded", 2);
		const clock = world.kernel.clock as FakeClock;
		clock.advance(90_000);
		await world.kernel.jobs.runDue();
		expect(await stateOf(story.session.id)).toBe("viewing");
		clock.advance(31_000);
		await world.kernel.jobs.runDue();
		expect(await story.viewer.next("ended")).toMatchObject({ by: "system", why: "interaction" });
		await expect.poll(listed).toEqual([]);
		expect(await partsOf(story.id)).toMatchObject([{ state: "disconnected" }, { state: "disconnected" }]);

		const away = await shared();
		await hangUp(away);
		await expect.poll(() => isOver(away.session.id)).toBe(true);
		without.add(away.agent);
		await tell("grant.removed", away.agent);
		expect(await away.viewer.next("ended")).toMatchObject({ why: "rights" });
	} finally {
		messengerNow = messenger;
		without.clear();
	}
});

it("CO-9: with half the rights, or those of another medium, nobody is asked to share", async () => {
	const story = await talking();
	for (const rights of [["cobrowse:voice:escalate"], ["cobrowse:session:view"], ["conversation:cobrowse:add"], []])
		await expect(cobrowse.sessions.offer(story.id, holding(story.agent, rights))).rejects.toMatchObject({
			status: 403,
		});
	await expect(cobrowse.sessions.offer(story.id, holding("somebody", voice))).rejects.toMatchObject({ status: 403 });
	const newer = ["conversation:cobrowseVoice:add", "cobrowse:session:view"];
	expect(await cobrowse.sessions.offer(story.id, holding(story.agent, newer))).toMatchObject({ state: "offered" });
});

it("an agent whose right was taken away went on seeing the customer's page", async () => {
	const story = await shared();
	sees(story);
	await expect.poll(() => stateOf(story.session.id)).toBe("viewing");
	without.add(story.agent);
	const change = { type: "grant.removed", entityType: "subject", entityId: story.agent, data: {} };
	await world.kernel.database.change((trx) => world.kernel.events.append(trx, [change]));
	for (const one of [story.page, story.viewer])
		expect(await one.next("ended")).toMatchObject({ by: "system", why: "rights" });
	await expect.poll(() => [story.page.closed, story.viewer.closed]).toEqual([4000, 4000]);
	const own = (await world.conversations.get(story.id))?.participants.find(({ id }) => id === story.own);
	expect(own?.calls?.at(-1)?.state, "the call goes on").toBe("connected");
});

const tell = (type: string, entityId: string) =>
	world.kernel.database.change((trx) =>
		world.kernel.events.append(trx, [{ type, entityType: type.replace(/\.\w+$/, ""), entityId, data: {} }]),
	);

it("a viewer went on for ten seconds after its agent's token was revoked, and told the page what to do", async () => {
	const story = await shared();
	await tell("token.revoked", `token-${story.session.id}`);
	await expect.poll(() => story.viewer.closed).toBe(4001);
	expect(await story.page.next("unwatch")).toBeDefined();
	await expect.poll(() => stateOf(story.session.id)).toBe("connecting");
});

/** What administrators have changed of the messenger, for as long as a test takes. */
async function changed(
	change: Partial<NonNullable<MessageAddress["settings"]["messenger"]>>,
	then: () => Promise<void>,
) {
	const { settings } = messenger;
	const looks = settings.messenger ?? defaultMessenger;
	messengerNow = { ...messenger, settings: { ...settings, messenger: { ...looks, ...change } } };
	await tell("messaging.address.changed", "shop");
	try {
		await then();
	} finally {
		messengerNow = messenger;
	}
}
const sharedAs = messenger.settings.messenger?.cobrowse ?? defaultMessenger.cobrowse;

it("co-browse was switched off for a messenger, and what was shared by it went on", async () => {
	const [story, offered] = [await shared(), await talking()];
	const offer = await cobrowse.sessions.offer(offered.id, offered.by);
	await changed({ cobrowse: { ...sharedAs, channels: ["webmessaging"] } }, async () => {
		expect(await story.viewer.next("ended")).toMatchObject({ by: "system", why: "off" });
		await expect.poll(() => [story.page.closed, story.viewer.closed]).toEqual([4000, 4000]);
		await expect.poll(() => stateOf(offer.id)).toBe("ended");
	});
});

it("an origin was taken off a messenger, and its page went on being shared", async () => {
	const story = await shared();
	await changed({ origins: ["https://other.example"] }, async () => {
		expect(await story.page.next("ended")).toMatchObject({ by: "system", why: "off" });
	});
});

it("an agent kept the control that a messenger's settings no longer give", async () => {
	const story = await shared();
	story.page.send({ type: "allow", what: "control", isAllowed: true });
	await story.viewer.next("allow");
	await changed({ cobrowse: { ...sharedAs, allowAgentControl: false } }, async () => {
		await expect.poll(() => [story.page.closed, story.viewer.closed]).toEqual([1012, 1012]);
		const page = side(`/inlay/cobrowse/share/${story.session.id}`);
		expect(await page.hello(story.key)).toMatchObject({ settings: { allowAgentControl: false } });
		const { key } = await cobrowse.sessions.viewerKey(story.id, story.agent, `token-${story.session.id}`);
		const viewer = side(`/inlay/cobrowse/view/${story.session.id}`, world.kernel.config.panelUrl);
		expect(await viewer.hello(key)).toMatchObject({ control: false, may: { control: false } });
		viewer.send({ type: "click", node: 5, x: 1, y: 2 });
		expect(await viewer.next("refused")).toMatchObject({ why: "notAllowed" });
	});
});

it("an agent shares one page at a time, and a new code takes the place of one that nobody used", async () => {
	const story = await talking();
	const first = await cobrowse.sessions.offer(story.id, story.by);
	const second = await cobrowse.sessions.offer(story.id, story.by);
	expect([await stateOf(first.id), second.code === first.code]).toEqual(["ended", false]);
	await cobrowse.join(messenger, second.code ?? "", "192.0.2.9");
	const page = await cobrowse.sessions.get(second.id);
	expect(page?.state).toBe("accepted");
});

it("a foreign page, an unknown key and a viewer whose agent signed out get nothing", async () => {
	const story = await shared();
	expect(await side(`/inlay/cobrowse/share/${story.session.id}`, "https://evil.example").opened()).toBe(403);
	expect(await side(`/inlay/cobrowse/view/${story.session.id}`, shop).opened()).toBe(403);
	const guess = side(`/inlay/cobrowse/share/${story.session.id}`);
	await guess.opened();
	guess.send({ type: "hello", key: "x".repeat(32) });
	expect(await guess.next("error")).toMatchObject({ code: "cobrowse.over" });
	await expect.poll(() => guess.closed).toBe(4001);
	const { key } = await cobrowse.sessions.viewerKey(story.id, story.agent, "ended");
	signedOut.add("ended");
	const viewer = side(`/inlay/cobrowse/view/${story.session.id}`, world.kernel.config.panelUrl);
	await viewer.opened();
	viewer.send({ type: "hello", key });
	await expect.poll(() => viewer.closed).toBe(4001);
	await expect(cobrowse.sessions.viewerKey(story.id, "somebody", "t")).rejects.toMatchObject({ status: 404 });
});

it("whoever follows shared pages was told of everything else in the interaction, for ever", async () => {
	const { id, agent, own, by } = await talking();
	const topic = `v2.users.${agent}.conversations.cobrowseSessions`;
	const told = async () =>
		(await world.kernel.told()).flatMap(({ announcements }) =>
			announcements.filter(({ topics }) => topics.includes(topic)),
		).length;
	await cobrowse.sessions.offer(id, by);
	const before = await told();
	expect(before).toBeGreaterThan(0);
	await world.conversations.setAttributes(id, own, { a: "b" }, by);
	expect(await told()).toBe(before);
});
