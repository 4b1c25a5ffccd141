import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NewEvent } from "../kernel/events/event-log.ts";
import type { Principal } from "../kernel/principal.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { Notifications } from "./notifications.ts";
import { channelStore, type StoredChannel } from "./store.ts";
import { fakePorts } from "./test-support/fake-ports.ts";
import { type Listener, listener, note, notes } from "./test-support/listener.ts";

let kernel: TestKernel;
let notifications: Notifications;
/** Entries that were read past the feed: in order, and by topic. */
let read: { inOrder: number; byTopic: number };

beforeEach(async () => {
	kernel = await testKernel();
	notifications = new Notifications(kernel, channelStore(kernel.database.db), fakePorts());
	read = { inOrder: 0, byTopic: 0 };
});
afterEach(() => kernel.close());

const person = () => testPrincipal({ userId: randomUUID(), tokenHash: randomUUID(), grants: [] });
const topicOf = (me: Principal) => `v2.users.${me.userId}.presence`;

async function channelOf(me: Principal): Promise<StoredChannel> {
	const channel = await notifications.createChannel(me, "plain");
	await notifications.subscribe(me, channel.id, [topicOf(me)], { replace: true, ignoreErrors: false });
	return channel;
}

async function write(events: readonly NewEvent[]): Promise<void> {
	for (let at = 0; at < events.length; at += 250)
		await kernel.database.change((trx) => kernel.events.append(trx, events.slice(at, at + 250)));
}

/** A server that starts after all this, as far as notifications can tell; what it reads is counted. */
async function nextServer(): Promise<{ next: Notifications; close(): Promise<void> }> {
	const sibling = await kernel.sibling();
	const log = sibling.events;
	const [readAfter, readTopicsAfter] = [log.readAfter.bind(log), log.readTopicsAfter.bind(log)];
	log.readAfter = async (position, limit) => {
		const events = await readAfter(position, limit);
		read.inOrder += events.length;
		return events;
	};
	log.readTopicsAfter = async (position, topics, limit) => {
		const found = await readTopicsAfter(position, topics, limit);
		read.byTopic += found.events.length;
		return found;
	};
	const next = new Notifications(sibling, channelStore(sibling.database.db), fakePorts());
	return {
		next,
		async close() {
			await next.stop();
			await sibling.close();
		},
	};
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("who comes back", () => {
	it("after long reads what was told to them, not the whole organization's log", async () => {
		const me = person();
		const channel = await channelOf(me);
		const others = numbers(4000).map((index) => note([`v2.users.${randomUUID()}.presence`], index));
		const own = numbers(7).map((index) => note([topicOf(me)], index));
		await write(own.flatMap((one, index) => [...others.slice(index * 500, index * 500 + 500), one]));
		const { next, close } = await nextServer();
		const to = listener();
		await next.attach(channel, to);
		expect(notes(to.frames)).toEqual(numbers(7));
		expect(read).toEqual({ inOrder: 0, byTopic: 7 });
		await close();
	});

	it("with a hundred others at once shares each reading with them", async () => {
		const people = numbers(100).map(person);
		const channels = await Promise.all(people.map(channelOf));
		const events = numbers(3000).map((index) => note([topicOf(people[index % 100] as Principal)], index));
		await write(events);
		const { next, close } = await nextServer();
		const listeners = await Promise.all(
			channels.map(async (channel) => {
				const to = listener();
				await next.attach(channel, to);
				return to;
			}),
		);
		for (const [index, to] of listeners.entries())
			expect(notes(to.frames)).toEqual(numbers(30).map((turn) => turn * 100 + index));
		// Not all come at the same moment; each for themselves would have read a hundred times as much.
		expect(read.inOrder + read.byTopic).toBeLessThan(4 * events.length);
		await close();
	});

	it("with a hundred others was written to for each frame by itself", async () => {
		const people = numbers(100).map(person);
		const channels = await Promise.all(people.map(channelOf));
		await write(numbers(2000).map((index) => note([topicOf(people[index % 100] as Principal)], index)));
		const { next, close } = await nextServer();
		let gathers = 0;
		let pieces = 0;
		const listeners = await Promise.all(
			channels.map(async (channel) => {
				const to = { ...listener(), gather: () => gathers++, letGo: () => pieces++ };
				await next.attach(channel, to);
				return to;
			}),
		);
		for (const to of listeners) expect(notes(to.frames)).toHaveLength(20);
		expect(pieces).toBe(gathers);
		expect(pieces).toBeLessThan(2000 / 4);
		await close();
	});

	it("and reads slowly holds nobody else up, and misses nothing", async () => {
		const [me, slow] = [person(), person()];
		const channels = [await channelOf(me), await channelOf(slow)] as const;
		await write(numbers(400).map((index) => note([topicOf(index % 2 ? me : slow)], index)));
		const { next, close } = await nextServer();
		const mayRead = Promise.withResolvers<void>();
		const [quick, stuck] = [listener(), { ...listener(), isFull: () => true, drained: () => mayRead.promise }];
		const attached = next.attach(channels[1], stuck);
		await next.attach(channels[0], quick);
		expect(notes(quick.frames)).toHaveLength(200);
		expect(notes(stuck.frames).length).toBeLessThan(200);
		mayRead.resolve();
		await attached;
		expect(notes(stuck.frames)).toEqual(numbers(200).map((turn) => turn * 2));
		await close();
	});

	it("while everything goes on gets each event once, in order, whoever joins when", async () => {
		const people = numbers(20).map(person);
		const channels = await Promise.all(people.map(channelOf));
		await write(numbers(600).map((index) => note([topicOf(people[index % 20] as Principal)], index)));
		const { next, close } = await nextServer();
		let written = 600;
		const writing = (async () => {
			for (; written < 1800; written += 20)
				await write(numbers(20).map((index) => note([topicOf(people[index] as Principal)], written + index)));
		})();
		const listeners: Listener[] = [];
		for (const channel of channels) {
			const to = listener();
			listeners.push(to);
			void next.attach(channel, to);
			await new Promise((resolve) => setImmediate(resolve));
		}
		await writing;
		for (const [index, to] of listeners.entries()) {
			const all = numbers(90).map((turn) => turn * 20 + index);
			await vi.waitFor(() => expect(notes(to.frames)).toEqual(all), 20_000);
		}
		await close();
	});

	it("while the log cannot be read goes on when it can be, and neither loses nor repeats anything", async () => {
		const me = person();
		const channel = await channelOf(me);
		await write(numbers(3).map((index) => note([topicOf(me)], index)));
		const sibling = await kernel.sibling();
		const readAfter = sibling.events.readAfter.bind(sibling.events);
		let failures = 2;
		sibling.events.readAfter = async (position, limit) => {
			if (failures-- > 0) throw new Error("the database is away");
			return readAfter(position, limit);
		};
		sibling.events.readTopicsAfter = async () => Promise.reject(new Error("the database is away"));
		const next = new Notifications(sibling, channelStore(sibling.database.db), fakePorts());
		const to = listener();
		const attached = next.attach(channel, to);
		await vi.waitFor(() => expect(failures).toBeLessThan(2));
		delete (sibling.events as { readTopicsAfter?: unknown }).readTopicsAfter;
		await attached;
		expect(notes(to.frames)).toEqual([0, 1, 2]);
		await next.stop();
		await sibling.close();
	});
});
