import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Principal } from "../kernel/principal.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { channelLimits } from "./channels.ts";
import { Notifications } from "./notifications.ts";
import { channelStore, type StoredChannel } from "./store.ts";
import { type FakePorts, fakePorts } from "./test-support/fake-ports.ts";
import { type Listener, listener, note, notes } from "./test-support/listener.ts";

let kernel: TestKernel<FakeClock>;
let notifications: Notifications;
let ports: FakePorts;
let me: Principal;
const replace = { replace: true, ignoreErrors: false };
const add = { replace: false, ignoreErrors: false };

beforeEach(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
	ports = fakePorts(() => kernel.clock.now());
	notifications = new Notifications(kernel, channelStore(kernel.database.db), ports);
	me = testPrincipal({ userId: randomUUID(), grants: [] });
});

afterEach(() => kernel.close());

const presence = () => `v2.users.${me.userId}.presence`;
const tell = (text: unknown, topics = [presence()], on = kernel) =>
	on.database.change((trx) => on.events.append(trx, [note(topics, text)]));
const heard = (to: Listener, texts: unknown[]) => vi.waitFor(() => expect(notes(to.frames)).toEqual(texts));

async function following(topics = [presence()]): Promise<StoredChannel> {
	const channel = await notifications.createChannel(me, "plain");
	await notifications.subscribe(me, channel.id, topics, replace);
	return (await notifications.find(channel.id)) as StoredChannel;
}

describe("channels", () => {
	it("live a day, and longer when topics are asked for again", async () => {
		const channel = await notifications.createChannel(me, "plain");
		expect(channel.expiresAt.getTime() - kernel.clock.now().getTime()).toBe(24 * 3_600_000);
		kernel.clock.advance(channelLimits.lifeMs - 1);
		await notifications.subscribe(me, channel.id, [presence()], replace);
		kernel.clock.advance(channelLimits.lifeMs - 1);
		expect(await notifications.find(channel.id)).toBeDefined();
		kernel.clock.advance(1);
		expect(await notifications.find(channel.id)).toBeUndefined();
	});

	it("that expire end their sockets and are removed", async () => {
		const channel = await following();
		const to = listener();
		await notifications.attach(channel, to);
		kernel.clock.advance(channelLimits.lifeMs);
		await notifications.savePositions();
		expect(to.closed?.code).toBe(4001);
		expect(to.frames.at(-1)?.topicName).toBe(`v2.system.no_longer_subscribed.${channel.id}`);
		expect(await notifications.channelsOf(me, "oauthclient")).toEqual([]);
	});

	it("need a user, and are found only by their own", async () => {
		await expect(notifications.createChannel(testPrincipal(), "plain")).rejects.toMatchObject({ code: "not.a.user" });
		const channel = await following();
		const stranger = testPrincipal({ userId: randomUUID() });
		const notFound = { status: 404, code: "not.found" };
		await expect(notifications.topicsOf(stranger, channel.id)).rejects.toMatchObject(notFound);
		await expect(notifications.subscribe(stranger, channel.id, [], replace)).rejects.toMatchObject(notFound);
		await expect(notifications.clear(stranger, channel.id)).rejects.toMatchObject(notFound);
		await expect(notifications.ownChannel(testPrincipal(), channel.id)).rejects.toMatchObject(notFound);
	});

	it("are listed by token and by client", async () => {
		const channel = await notifications.createChannel(me, "plain");
		const later = { ...me, tokenHash: "later" };
		expect(await notifications.channelsOf(later, "token")).toEqual([]);
		expect((await notifications.channelsOf(later, "oauthclient")).map((one) => one.id)).toEqual([channel.id]);
	});

	it("are at most 20: the unconnected one unused longest goes, then connected ones", async () => {
		const channels: StoredChannel[] = [];
		for (let count = 0; count < 20; count++) {
			channels.push(await notifications.createChannel(me, "plain"));
			kernel.clock.advance(1000);
		}
		const [first, second, third] = channels as [StoredChannel, StoredChannel, StoredChannel];
		const to = listener();
		await notifications.attach(first, to);
		await notifications.subscribe(me, second.id, [presence()], replace);
		await notifications.createChannel(me, "plain");
		expect(await notifications.find(third.id)).toBeUndefined();
		expect(await notifications.find(first.id)).toBeDefined();
		expect(await notifications.find(second.id)).toBeDefined();
		const others = await notifications.channelsOf(me, "oauthclient");
		for (const one of others) if (one.id !== first.id) await notifications.attach(one, listener());
		await notifications.createChannel(me, "plain");
		expect(to.closed?.code).toBe(4001);
		expect(to.frames.at(-1)?.topicName).toBe(`v2.system.no_longer_subscribed.${first.id}`);
	});

	it("stay at 20 when many are made at once, and leave other users' and clients' alone", async () => {
		const otherClient = await notifications.createChannel({ ...me, clientId: randomUUID() }, "plain");
		await Promise.all(Array.from({ length: 30 }, () => notifications.createChannel(me, "plain")));
		expect(await notifications.channelsOf(me, "oauthclient")).toHaveLength(20);
		expect(await notifications.find(otherClient.id)).toBeDefined();
	});
});

describe("subscriptions", () => {
	it("replace or add, name each topic once, and can be taken away", async () => {
		const channel = await following();
		const station = `v2.users.${me.userId}.station`;
		expect(await notifications.subscribe(me, channel.id, [station, presence(), station], add)).toEqual([
			{ id: station, state: "Permitted" },
			{ id: presence(), state: "Permitted" },
		]);
		await notifications.unsubscribe(me, channel.id, presence());
		expect(await notifications.topicsOf(me, channel.id)).toEqual([{ id: station, state: "Permitted" }]);
		await notifications.subscribe(me, channel.id, [presence()], replace);
		expect(await notifications.topicsOf(me, channel.id)).toEqual([{ id: presence(), state: "Permitted" }]);
		await notifications.clear(me, channel.id);
		expect(await notifications.topicsOf(me, channel.id)).toEqual([]);
	});

	it("are refused whole, unless errors are to be ignored", async () => {
		const channel = await following();
		const foreign = `v2.users.${randomUUID()}.conversations`;
		const asked = [`v2.users.${me.userId}.station`, foreign, "v2.nothing"];
		await expect(notifications.subscribe(me, channel.id, asked, replace)).rejects.toMatchObject({
			status: 403,
			code: "notification.unauthorized.topic",
		});
		await expect(notifications.subscribe(me, channel.id, ["v2.nothing"], replace)).rejects.toMatchObject({
			status: 400,
			code: "notification.invalid.topic",
		});
		expect(await notifications.topicsOf(me, channel.id)).toEqual([{ id: presence(), state: "Permitted" }]);
		expect(await notifications.subscribe(me, channel.id, asked, { replace: true, ignoreErrors: true })).toEqual([
			{ id: asked[0], state: "Permitted" },
			{
				id: foreign,
				state: "Rejected",
				rejectionReason: "notification.unauthorized.topic",
				missingPermissions: ["conversation:communication:view"],
			},
			{ id: "v2.nothing", state: "Rejected", rejectionReason: "notification.invalid.topic" },
		]);
		expect(await notifications.topicsOf(me, channel.id)).toEqual([{ id: asked[0], state: "Permitted" }]);
	});

	it("are at most 1000", async () => {
		const channel = await following([]);
		const topics = Array.from({ length: 1000 }, () => `v2.users.${randomUUID()}.presence`);
		await notifications.subscribe(me, channel.id, topics, replace);
		await expect(notifications.subscribe(me, channel.id, [presence()], add)).rejects.toMatchObject({
			status: 400,
			code: "notification.subscription.too.many.subscriptions",
		});
		expect(await notifications.topicsOf(me, channel.id)).toHaveLength(1000);
	});

	it("that are added at once are all kept", async () => {
		const channel = await following([]);
		const topics = Array.from({ length: 20 }, () => `v2.users.${randomUUID()}.presence`);
		await Promise.all(topics.map((topic) => notifications.subscribe(me, channel.id, [topic], add)));
		expect((await notifications.topicsOf(me, channel.id)).map((one) => one.id).sort()).toEqual(topics.sort());
	});

	it("hold for the connected socket at once, also when it was connecting", async () => {
		const channel = await following([]);
		const to = listener();
		await Promise.all([
			notifications.attach(channel, to),
			notifications.subscribe(me, channel.id, [presence()], replace),
		]);
		await tell("now");
		await heard(to, ["now"]);
		await notifications.clear(me, channel.id);
		await tell("unheard");
		await notifications.subscribe(me, channel.id, [presence()], replace);
		await tell("again");
		await vi.waitFor(() => expect(notes(to.frames).at(-1)).toBe("again"));
	});
});

describe("sockets", () => {
	it("get what their topics tell, in order, each with the topic's name, whatever its case", async () => {
		const channel = await following([`v2.users.${me.userId}?PRESENCE&station`]);
		const to = listener();
		await notifications.attach(channel, to);
		await tell(1);
		await tell("foreign", [`v2.users.${randomUUID()}.presence`]);
		await tell(2, [`v2.users.${me.userId}.station`, presence()]);
		await heard(to, [1, 2, 2]);
		expect(to.frames.map((frame) => frame.topicName)).toEqual([
			presence(),
			`v2.users.${me.userId}.station`,
			presence(),
		]);
	});

	it("that come back go on where they were", async () => {
		const channel = await following();
		const first = listener();
		const session = await notifications.attach(channel, first);
		await tell(1);
		await heard(first, [1]);
		await notifications.detach(session);
		await tell(2);
		await tell(3);
		const second = listener();
		await notifications.attach(channel, second);
		await tell(4);
		await heard(second, [2, 3, 4]);
		expect(notes(first.frames)).toEqual([1]);
	});

	it("replace each other, and the late end of the replaced one does not throw the position back", async () => {
		const channel = await following();
		const first = listener();
		const old = await notifications.attach(channel, first);
		await tell(1);
		await heard(first, [1]);
		const second = listener();
		const session = await notifications.attach(channel, second);
		expect(first.closed?.code).toBe(4000);
		expect(first.frames.at(-1)?.eventBody).toMatchObject({ systemTopicType: "DUPLICATE_CONNECTION" });
		await tell(2);
		await heard(second, [2]);
		await notifications.detach(session);
		await notifications.detach(old);
		const third = listener();
		await notifications.attach(channel, third);
		await tell(3);
		await heard(third, [3]);
	});

	it("are ended with their channels when the token is revoked, and no other's", async () => {
		const channel = await following();
		const other = await notifications.createChannel({ ...me, tokenHash: "other" }, "plain");
		const [mine, theirs] = [listener(), listener()];
		await notifications.attach(channel, mine);
		await notifications.attach(other, theirs);
		await revoke(kernel);
		await vi.waitFor(() => expect(mine.closed?.code).toBe(4001));
		expect(mine.frames.at(-1)?.topicName).toBe(`v2.system.token_revoked.${channel.id}`);
		await vi.waitFor(async () => expect(await notifications.find(channel.id)).toBeUndefined());
		expect(theirs.closed).toBeUndefined();
		const late = listener();
		const session = await notifications.attach(channel, late);
		expect(late.closed?.code).toBe(4004);
		expect(session.ended).toBe(true);
	});

	it("of tokens that ended while no server ran find no channel; only channels' tokens are asked for, not the log", async () => {
		const channel = await following();
		const other = await notifications.createChannel({ ...me, tokenHash: "other" }, "plain");
		ports.ends.set(me.tokenHash, kernel.clock.now());
		const asked: string[] = [];
		const living = ports.tokens.living;
		ports.tokens.living = (hashes) => {
			asked.push(...hashes);
			return living(hashes);
		};
		const sibling = await kernel.sibling();
		const next = new Notifications(sibling, channelStore(sibling.database.db), ports);
		await next.start();
		expect(asked.sort()).toEqual(["other", me.tokenHash].sort());
		expect(await next.find(channel.id)).toBeUndefined();
		expect(await next.find(other.id)).toBeDefined();
		// After a restart everybody was a stranger, four of whom were looked up at a time.
		expect([next.isKnown(other.id), next.isKnown(channel.id)]).toEqual([true, false]);
		await next.stop();
		await sibling.close();
	});

	it("are told when the server stops, and go on at the next one", async () => {
		const channel = await following();
		const first = listener();
		await notifications.attach(channel, first);
		await tell(1);
		await heard(first, [1]);
		await notifications.stop();
		expect(first.frames.at(-1)?.topicName).toBe("v2.system.socket_closing");
		expect(first.closed?.code).toBe(1001);
		await tell(2);
		const next = new Notifications(kernel, channelStore(kernel.database.db), ports);
		const second = listener();
		await next.attach(channel, second);
		await heard(second, [2]);
	});
});

describe("after a crash", () => {
	it("a client that says where it stands misses nothing and gets nothing twice; another only what was not saved", async () => {
		const channel = await following();
		const first = listener();
		await notifications.attach(channel, first);
		await tell(1);
		await heard(first, [1]);
		await notifications.savePositions();
		await tell(2);
		await heard(first, [1, 2]);
		const seen = first.frames.at(-1)?.metadata.position;
		await tell(3);
		const sibling = await kernel.sibling();
		const next = new Notifications(sibling, channelStore(sibling.database.db), ports);
		const [resumed, stock] = [listener(), listener()];
		const session = await next.attach(channel, resumed, seen);
		expect(notes(resumed.frames)).toEqual([3]);
		expect(session.channelId).toBe(channel.id);
		await sibling.close();
		const third = await kernel.sibling();
		const another = new Notifications(third, channelStore(third.database.db), ports);
		await another.attach((await another.find(channel.id)) as StoredChannel, stock);
		expect(notes(stock.frames)).toEqual([2, 3]);
		await third.close();
	});

	it("nobody resumes from before the channel was made, or from a position that the log does not know", async () => {
		await tell("before");
		const channel = await following();
		await tell(1);
		for (const from of ["0.0", "99999999999.1", "nonsense"]) {
			const to = listener();
			const sibling = await kernel.sibling();
			const fresh = new Notifications(sibling, channelStore(sibling.database.db), ports);
			await fresh.attach(channel, to, from);
			expect(notes(to.frames)).toEqual([1]);
			await sibling.close();
		}
	});

	it("long absences are read in pieces, beyond what is kept in memory", async () => {
		const channel = await following();
		const many = Array.from({ length: 2600 }, (_, index) => index);
		for (let at = 0; at < many.length; at += 200) {
			const part = many.slice(at, at + 200).map((text) => note([presence()], text));
			await kernel.database.change((trx) => kernel.events.append(trx, part));
		}
		await vi.waitFor(async () => expect(kernel.feed.position).toBe(await kernel.newest()));
		const to = listener();
		await notifications.attach(channel, to);
		await heard(to, many);
	});
});

async function revoke(on: TestKernel<FakeClock>): Promise<void> {
	const data = { tokenHash: me.tokenHash, userId: me.userId };
	await on.database.change((trx) =>
		on.events.append(trx, [{ type: "token.revoked", entityType: "token", entityId: me.tokenHash, data }]),
	);
}
