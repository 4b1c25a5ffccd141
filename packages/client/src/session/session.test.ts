import { tmpdir } from "node:os";
import { rightsTopic } from "@inlay/contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { FakeInlay } from "../test-support/fake-inlay.ts";
import { FakeSockets } from "../test-support/fake-sockets.ts";
import { ApiError } from "./api.ts";
import { Session, type SessionEnd } from "./session.ts";

/** Tells the channel of the token's end before whoever ends it has the answer, as a quick server does. */
class QuickTokens extends Set<string> {
	readonly #tell: () => void;

	constructor(tell: () => void) {
		super(["t1"]);
		this.#tell = tell;
	}

	override delete(token: string): boolean {
		this.#tell();
		return super.delete(token);
	}
}

describe("how a session ends", () => {
	const hadWindow = "window" in globalThis;
	let fake: FakeInlay;
	let sockets: FakeSockets;
	let ends: SessionEnd[];
	let session: Session;

	beforeEach(async () => {
		if (!hadWindow) Object.assign(globalThis, { window: new EventTarget() });
		fake = await new FakeInlay(tmpdir()).start();
		sockets = new FakeSockets();
		fake.state.tokens = new QuickTokens(() =>
			sockets.last.receive(
				JSON.stringify({ topicName: "v2.system.token_revoked.c1", eventBody: { reason: "REVOKED" } }),
			),
		);
		ends = [];
		session = await Session.open({
			base: fake.base,
			token: () => "t1",
			onEnd: (end) => ends.push(end),
			openSocket: (url) => sockets.open(url),
		});
		await sockets.opened(1);
		sockets.last.open();
	});

	afterEach(async () => {
		session.dispose();
		await fake.stop();
		if (!hadWindow) Reflect.deleteProperty(globalThis, "window");
	});

	it("signing out was told as “signed out elsewhere” where the channel was quicker than the answer", async () => {
		await session.signOut();
		expect(ends).toEqual(["signed-out"]);
	});

	it("an open panel went on offering what the agent may not do any more, and not what they may now", async () => {
		expect(session.permissions.has("routing:queue:join")).toBe(false);
		const kept = fake.state.permissions[0] ?? "";
		fake.state.permissions = [kept, "routing:queue:join"];
		sockets.last.receive(JSON.stringify({ topicName: rightsTopic(session.me.id), eventBody: {} }));
		await expect.poll(() => [...session.permissions]).toEqual([kept, "routing:queue:join"]);
	});

	it("two snapshots were on their way, and the older one, which was slower, counted", async () => {
		const answers: PromiseWithResolvers<unknown>[] = [];
		session.api.get = <T>(path: string): Promise<T> => {
			if (!path.startsWith("/users/me")) return Promise.resolve({ entities: [] } as T);
			const answer = Promise.withResolvers<unknown>();
			answers.push(answer);
			return answer.promise as Promise<T>;
		};
		const me = (systemPresence: string) => ({
			id: session.me.id,
			presence: { presenceDefinition: { id: systemPresence, systemPresence } },
		});
		for (const count of [2, 3]) {
			sockets.last.receive(JSON.stringify({ topicName: "v2.system.no_longer_subscribed.c1", eventBody: {} }));
			await sockets.opened(count);
			sockets.last.open();
		}
		await expect.poll(() => answers).toHaveLength(2);
		answers[1]?.resolve(me("Meal"));
		await expect.poll(() => session.presence.system.value).toBe("MEAL");
		answers[0]?.resolve(me("Break"));
		await new Promise((resolve) => setImmediate(resolve));
		expect(session.presence.system.value).toBe("MEAL");
	});

	it("signed out while the token was being renewed, the panel went on listening", async () => {
		const renewal = Promise.withResolvers<"renewed">();
		const other = await Session.open({
			base: fake.base,
			token: () => "t1",
			renew: () => renewal.promise,
			onEnd: (end) => ends.push(end),
			openSocket: (url) => sockets.open(url),
		});
		await sockets.opened(2);
		sockets.last.open();
		sockets.last.receive(JSON.stringify({ topicName: "v2.system.token_revoked.c2", eventBody: { reason: "EXPIRED" } }));
		let starts = 0;
		other.channel.start = () => void starts++;
		other.suspend();
		renewal.resolve("renewed");
		await new Promise((resolve) => setTimeout(resolve));
		expect(starts).toBe(0);
		other.dispose();
	});

	it("while the server was away for minutes each retry began another reading of the call history that never ended", async () => {
		const clock = new FakeClock();
		const other = await Session.open({
			...{ base: fake.base, token: () => "t1", onEnd: (end) => ends.push(end), clock },
			openSocket: (url) => sockets.open(url),
		});
		await sockets.opened(2);
		const asked: string[] = [];
		other.api.get = async (path: string) => {
			asked.push(path);
			throw new ApiError(503, { code: "service.unavailable", message: "away" });
		};
		other.wasLost.value = true;
		sockets.last.open();
		const seconds = 60;
		for (let second = 0; second < seconds; second++) {
			clock.advance(1000);
			await new Promise((resolve) => setImmediate(resolve));
		}
		for (const list of ["/conversations/calls/history", "/conversations?", "queues/me"]) {
			const { length } = asked.filter((path) => path.includes(list));
			expect([list, length > seconds / 4, length < seconds * 1.5]).toEqual([list, true, true]);
		}
		other.dispose();
	});

	it("what was told to nobody while the agent was away was not read when they were back", async () => {
		const asked: string[] = [];
		const get = session.api.get.bind(session.api);
		session.api.get = (path) => {
			asked.push(path);
			return get(path);
		};
		const isRead = (list: string) => asked.some((path) => path.includes(list));
		await expect.poll(() => session.conversations.loaded.value).toBe(true);
		session.suspend();
		asked.length = 0;
		session.resume();
		await sockets.opened(2);
		sockets.last.open();
		await expect.poll(() => ["/conversations/calls/history", "queues"].map(isRead)).toEqual([true, true]);
	});

	it("what was asked for as the session ended was never asked for again", async () => {
		fake.state.tokens = new Set(["t1"]);
		const other = await Session.open({
			...{ base: fake.base, token: () => "t1", onEnd: (end) => ends.push(end) },
			openSocket: (url) => sockets.open(url),
			// Who one is was answered still.
			get after() {
				fake.state.tokens.clear();
				return undefined;
			},
		});
		await expect.poll(() => other.isAway.value).toBe(true);
		fake.state.tokens.add("t1");
		// The refusal may still be on its way.
		const readAgain = () => {
			other.resume();
			return other.presence.choices.value.length;
		};
		await expect.poll(readAgain).toBeGreaterThan(0);
		other.dispose();
	});

	it("a token that somebody else has revoked is no signing out", async () => {
		fake.state.tokens.delete("t1");
		await expect.poll(() => ends).toEqual(["revoked"]);
	});
});
