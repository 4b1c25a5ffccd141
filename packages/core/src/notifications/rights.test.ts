import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NewEvent } from "../kernel/events/event-log.ts";
import type { GrantedPermission, Principal } from "../kernel/principal.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { Notifications } from "./notifications.ts";
import { channelStore, type StoredChannel } from "./store.ts";
import { type FakePorts, fakePorts } from "./test-support/fake-ports.ts";
import { type Listener, listener, notes } from "./test-support/listener.ts";

let kernel: TestKernel<FakeClock>;
let notifications: Notifications;
let ports: FakePorts;
let supervisor: Principal;
const east = "division-east";
const west = "division-west";
const view = "conversation:communication:view";
const agent = randomUUID();
const topic = `v2.users.${agent}.conversations`;

beforeEach(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
	ports = fakePorts(() => kernel.clock.now());
	notifications = new Notifications(kernel, channelStore(kernel.database.db), ports);
	supervisor = testPrincipal({ userId: randomUUID(), tokenHash: randomUUID(), grants: [] });
});
afterEach(() => kernel.close());

const held = (permission: string, ...divisions: string[]): GrantedPermission => ({
	permission,
	divisions: divisions.length > 0 ? new Set(divisions) : "all",
});
const hold = (...grants: GrantedPermission[]) => ports.held.set(supervisor.userId ?? "", grants);

function append(...events: NewEvent[]): Promise<void> {
	return kernel.database.change((trx) => kernel.events.append(trx, events));
}

/** Something happens to a conversation of the agent's that is in a division. */
const tell = (note: unknown, divisionId = east, topics = [topic]) =>
	append({
		type: "test.noted",
		entityType: "test",
		entityId: "x",
		announcements: [{ topics, eventBody: { note }, visibleTo: { divisionIds: [divisionId] } }],
	});

const changed = (type: string, entityId: string, data: unknown = {}): NewEvent => ({
	type,
	entityType: type.split(".")[0] ?? "",
	entityId,
	data,
});

async function following(topics = [topic]): Promise<{ channel: StoredChannel; to: Listener }> {
	const channel = await notifications.createChannel(supervisor, "plain");
	await notifications.subscribe(supervisor, channel.id, topics, { replace: true, ignoreErrors: false });
	const to = listener();
	await notifications.attach(channel, to);
	return { channel, to };
}

const heard = (to: Listener, texts: unknown[]) => vi.waitFor(() => expect(notes(to.frames)).toEqual(texts));
const told = (to: Listener) => to.frames.filter((frame) => frame.topicName === "v2.subscription.updated");

describe("while a socket is open", () => {
	it("a supervisor of one division does not get the callers of another", async () => {
		hold(held(view, east));
		const { to } = await following();
		await tell("ours");
		await tell("theirs", west);
		await tell("ours again");
		await heard(to, ["ours", "ours again"]);
	});

	it("a removed role ends what it opened, from the entry of its removal on, and the client is told", async () => {
		hold(held(view));
		const { channel, to } = await following([topic, `v2.users.${supervisor.userId}.presence`]);
		await tell("before");
		await heard(to, ["before"]);
		hold();
		await append(changed("grant.removed", supervisor.userId ?? ""), {
			...changed("x", "x"),
			announcements: [{ topics: [topic], eventBody: { note: "in the same change" } }],
		});
		await tell("after");
		await tell("mine", east, [`v2.users.${supervisor.userId}.presence`]);
		await heard(to, ["before", "mine"]);
		expect(told(to).map((frame) => frame.eventBody)).toEqual([
			{
				channelId: channel.id,
				userId: supervisor.userId,
				systemTopicType: "SUBSCRIPTION_UPDATED",
				message: `Not allowed any more: ${topic}`,
				reason: "notification.unauthorized.topic",
				data: { [topic]: "notification.unauthorized.topic" },
			},
		]);
		expect((await notifications.topicsOf(supervisor, channel.id)).map(({ id }) => id)).toEqual([
			`v2.users.${supervisor.userId}.presence`,
		]);
	});

	it.each([
		["a role that is changed", () => changed("role.changed", randomUUID())],
		["a role that is deleted", () => changed("role.deleted", randomUUID())],
		["a group that is left", () => changed("group.members.changed", randomUUID(), { removed: [supervisor.userId] })],
		["a group that is deleted", () => changed("group.deleted", randomUUID())],
		["a group's grant that is removed", () => changed("grant.removed", randomUUID())],
	])("%s ends what it opened", async (_what, event) => {
		hold(held(view));
		const { to } = await following();
		hold();
		await append(event());
		await vi.waitFor(() => expect(told(to)).toHaveLength(1));
		await tell("after");
		await vi.waitFor(async () => expect(kernel.feed.position).toBe(await kernel.newest()));
		expect(notes(to.frames)).toEqual([]);
	});

	it("others' grants and groups are none of its", async () => {
		hold(held(view));
		const { to } = await following();
		hold();
		await append(changed("group.members.changed", randomUUID(), { removed: [randomUUID()] }));
		await tell("still");
		await heard(to, ["still"]);
	});

	it("a right for one division less, or more, takes effect with nothing lost and nothing twice", async () => {
		hold(held(view, east, west));
		const { to } = await following();
		await tell(1, west);
		hold(held(view, east));
		await append(changed("grant.removed", supervisor.userId ?? ""));
		for (const note of [2, 3, 4]) await tell(note);
		await tell("theirs", west);
		await heard(to, [1, 2, 3, 4]);
		hold(held(view, east, west));
		await append(changed("grant.added", supervisor.userId ?? ""));
		await tell(5, west);
		await tell(6);
		await heard(to, [1, 2, 3, 4, 5, 6]);
		expect(told(to)).toEqual([]);
	});

	it("a queue that moves to another division is followed no more", async () => {
		const queue = randomUUID();
		const users = `v2.routing.queues.${queue}.users`;
		ports.at.queue.set(queue, { divisionIds: [east] });
		hold(held("routing:queue:view", east));
		const { to } = await following([users]);
		await tell("ours", east, [users]);
		await heard(to, ["ours"]);
		ports.at.queue.set(queue, { divisionIds: [west] });
		await append(changed("queue.changed", queue));
		await tell("theirs", west, [users]);
		await vi.waitFor(() => expect(told(to)).toHaveLength(1));
		expect(told(to)[0]?.eventBody).toMatchObject({ data: { [users]: "notification.unauthorized.divisioned.topic" } });
		expect(notes(to.frames)).toEqual(["ours"]);
	});

	it("rights that cannot be read at once keep it silent until they are, and it misses nothing", async () => {
		hold(held(view));
		const { to } = await following();
		const grantsOf = ports.grantsOf;
		ports.grantsOf = () => Promise.reject(new Error("the database is away"));
		await append(changed("role.changed", randomUUID()));
		await tell("meanwhile");
		await vi.waitFor(async () => expect(kernel.feed.position).toBe(await kernel.newest()));
		expect(notes(to.frames)).toEqual([]);
		ports.grantsOf = grantsOf;
		await heard(to, ["meanwhile"]);
	});

	it("rights that are lost while topics are asked for are lost for these too", async () => {
		hold(held(view));
		const { channel, to } = await following([]);
		const mayAnswer = Promise.withResolvers<void>();
		const asked = Promise.withResolvers<void>();
		ports.grantsOf = async () => {
			asked.resolve();
			await mayAnswer.promise;
			return [held(view)];
		};
		const subscribing = notifications.subscribe(supervisor, channel.id, [topic], {
			replace: true,
			ignoreErrors: false,
		});
		await asked.promise;
		await append(changed("role.changed", randomUUID()));
		await vi.waitFor(async () => expect(kernel.feed.position).toBe(await kernel.newest()));
		ports.grantsOf = async () => [];
		mayAnswer.resolve();
		await subscribing;
		await tell("after");
		await vi.waitFor(() => expect(told(to)).toHaveLength(1));
		expect(notes(to.frames)).toEqual([]);
	});

	it("a thousand topics are judged anew in one go", async () => {
		const topics = Array.from({ length: 1000 }, () => `v2.users.${randomUUID()}.conversations`);
		hold(held(view));
		const { to } = await following(topics);
		hold();
		await append(changed("role.changed", randomUUID()));
		await vi.waitFor(() => expect(told(to)).toHaveLength(1));
		const bodies = told(to).map((frame) => frame.eventBody as { data: object });
		expect(bodies.map(({ data }) => Object.keys(data).length)).toEqual([1000]);
	});
});

describe("a socket that comes back", () => {
	it("is judged by what its user holds now, also for what happened while they held more", async () => {
		hold(held(view));
		const { channel, to } = await following();
		await tell("before");
		await heard(to, ["before"]);
		await notifications.stop();
		await tell("while away");
		hold();
		const next = new Notifications(kernel, channelStore(kernel.database.db), ports);
		const again = listener();
		await next.attach(channel, again);
		await tell("now");
		await vi.waitFor(() => expect(told(again)).toHaveLength(1));
		expect(notes(again.frames)).toEqual([]);
		await next.stop();
	});
});

describe("a socket's token", () => {
	const inMs = (ms: number) => new Date(kernel.clock.now().getTime() + ms);
	const own = () => [`v2.users.${supervisor.userId}.presence`];

	it("that expires ends it, when it does, and its channel", async () => {
		ports.ends.set(supervisor.tokenHash, inMs(60_000));
		const { channel, to } = await following(own());
		kernel.clock.advance(59_999);
		await notifications.endOverdue();
		expect(to.closed).toBeUndefined();
		kernel.clock.advance(1);
		await notifications.endOverdue();
		expect(to.closed?.code).toBe(4001);
		expect(to.frames.at(-1)?.topicName).toBe(`v2.system.token_revoked.${channel.id}`);
		expect(await notifications.find(channel.id)).toBeUndefined();
		await tell("after", east, own());
		expect(notes(to.frames)).toEqual([]);
	});

	it("that was used meanwhile is not idle", async () => {
		ports.ends.set(supervisor.tokenHash, inMs(60_000));
		const { to } = await following(own());
		kernel.clock.advance(60_000);
		ports.ends.set(supervisor.tokenHash, inMs(60_000));
		await notifications.endOverdue();
		expect(to.closed).toBeUndefined();
		kernel.clock.advance(60_000);
		await notifications.endOverdue();
		expect(to.closed?.code).toBe(4001);
	});

	it("that is over lets no new socket in, as one did 100 s after its token's end", async () => {
		const { channel } = await following(own());
		ports.ends.set(supervisor.tokenHash, inMs(0));
		await tell("missed", east, own());
		const late = listener();
		const session = await notifications.attach(channel, late);
		expect(late.closed?.code).toBe(4001);
		expect(late.frames.map((frame) => frame.topicName)).toContain(`v2.system.token_revoked.${channel.id}`);
		expect(notes(late.frames)).toEqual([]);
		expect(session.ended).toBe(true);
		expect(await notifications.find(channel.id)).toBeUndefined();
	});

	it("may be followed by the next of the same client, as after a refresh", async () => {
		ports.ends.set(supervisor.tokenHash, inMs(60_000));
		const { channel, to } = await following(own());
		const refreshed = { ...supervisor, tokenHash: randomUUID() };
		const sameTopics = { replace: true, ignoreErrors: false };
		await notifications.subscribe({ ...refreshed, clientId: "another" }, channel.id, own(), sameTopics);
		expect((await notifications.find(channel.id))?.tokenHash).toBe(supervisor.tokenHash);
		await notifications.subscribe(refreshed, channel.id, own(), sameTopics);
		kernel.clock.advance(60_000);
		await notifications.endOverdue();
		expect(to.closed).toBeUndefined();
		await append(changed("token.revoked", refreshed.tokenHash, { tokenHash: refreshed.tokenHash }));
		await vi.waitFor(() => expect(to.closed?.code).toBe(4001));
	});

	it("is looked at again when the organization changes how long it may go unused", async () => {
		const { to } = await following(own());
		ports.ends.set(supervisor.tokenHash, inMs(0));
		await append(changed("organization.changed", randomUUID()));
		await vi.waitFor(async () => {
			await notifications.endOverdue();
			expect(to.closed?.code).toBe(4001);
		});
	});
});
