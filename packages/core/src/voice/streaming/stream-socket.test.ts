import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { keptLog } from "../../test-support/log-lines.ts";
import { testPrincipal } from "../../test-support/test-api.ts";
import { TestPhone } from "../test-support/test-phone.ts";
import { type VoiceWorld, voiceWorld } from "../test-support/voice-world.ts";
import { ns } from "./namespaces.ts";

const me = randomUUID();
const other = randomUUID();

const { log, lines } = keptLog();

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ log, timing: { stream: { silence: 1500, ping: 100, signIn: 2000 } } });
});
afterEach(() => world.fresh());
afterAll(() => world.close());

async function connect(userId: string): Promise<TestPhone> {
	const phone = new TestPhone(world.url(`/stream/channels/${await world.channelOf(userId)}`));
	await phone.opened();
	return phone;
}

/** The status with which a handshake is refused. */
function refusal(path: string): Promise<number | undefined> {
	return new Promise((resolve) => {
		const socket = new WebSocket(world.url(path), "xmpp");
		socket.on("error", () => {});
		socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
		socket.on("open", () => resolve(undefined));
	});
}

describe("signing in", () => {
	it("leads through SASL to a bound address, in the order of RFC 6120", async () => {
		const phone = await connect(me);
		phone.write(`<open xmlns="${ns.framing}" to="inlay.test" version="1.0"/>`);
		const before = await phone.next((one) => one.getName() === "features");
		expect(before.getChild("mechanisms")?.getChild("mechanism")?.getText()).toBe("PLAIN");
		await phone.signIn(me);
		const bound = await phone.bind("tab-1");
		expect(bound.attrs.from, "the client ignores an answer with from").toBeUndefined();
		expect(phone.jid).toBe(`${me}@inlay.test/tab-1`);
		await expect.poll(() => world.phones.isReachable(me)).toBe(true);
		phone.close();
		await expect.poll(() => world.phones.isReachable(me)).toBe(false);
	});

	it("gives a harmless resource in place of a strange one, and binds once", async () => {
		const phone = await connect(me);
		await phone.signIn(me);
		await phone.bind("a/b c&amp;d");
		expect(phone.jid).toMatch(/^[\w-]{36}@inlay\.test\/[\w-]{36}$/);
		const again = await phone.ask("set", `<bind xmlns="${ns.bind}"/>`);
		expect(again.attrs.type).toBe("error");
		expect(world.phones.phonesOf(me).length).toBe(1);
	});

	it.each([
		["an unknown token", "nobody"],
		["another user's token", other],
	])("is refused with %s", async (_what, token) => {
		world.principals.set(other, testPrincipal({ userId: other, tokenHash: other }));
		const phone = await connect(me);
		const password = Buffer.from(`\0me\0authKey:${token}`).toString("base64");
		phone.write(`<auth xmlns="${ns.sasl}" mechanism="PLAIN">${password}</auth>`);
		expect((await phone.next((one) => one.is("failure"))).getChild("not-authorized")).toBeDefined();
		expect((await phone.ended()).code).toBe(1008);
		const told = expect.objectContaining({ level: 40, event: "sign-in.refused", reason: "phone-token", userId: me });
		expect(lines, "an operator did not see a phone that was refused").toContainEqual(told);
		expect(JSON.stringify(lines)).not.toContain(token);
	});

	it.each([
		["nothing signed in", `<iq xmlns="jabber:client" type="get" id="1"><ping xmlns="${ns.ping}"/></iq>`, 1008],
		["malformed XML", "<open", 1007],
		["no XML", "hello", 1007],
		["goodbye", `<close xmlns="${ns.framing}"/>`, 1000],
	])("ends a stream with %s", async (_what, text, code) => {
		const phone = await connect(me);
		phone.write(text);
		expect((await phone.ended()).code).toBe(code);
	});

	it("has to come soon, whatever else is sent", async () => {
		const phone = await connect(me);
		phone.write(`<open xmlns="${ns.framing}" to="inlay.test" version="1.0"/>`);
		expect(await phone.ended()).toEqual({ code: 1008, reason: "sign in first" });
	});

	it("is needed before anything but binding is answered", async () => {
		const phone = await connect(me);
		await phone.signIn(me);
		const early = await phone.ask("get", `<ping xmlns="${ns.ping}"/>`);
		expect(early.getChild("error")?.getChild("not-authorized")).toBeDefined();
	});

	it("does not outlive a frame that is too large, and the server goes on", async () => {
		const phone = await connect(me);
		phone.write(`<a>${"x".repeat(300 * 1024)}</a>`);
		expect((await phone.ended()).code).toBe(1009);
		expect((await world.phone(me)).jid).not.toBe("");
	});
});

describe("channels", () => {
	it("that are unknown, of the other kind or expired are not found", async () => {
		const principal = testPrincipal({ userId: me, tokenHash: me });
		const plain = await world.notifications.createChannel(principal, "plain");
		const streaming = await world.notifications.createChannel(principal, "streaming");
		expect(await refusal("/stream/channels/streaming-unknown")).toBe(404);
		expect(await refusal(`/stream/channels/${plain.id}`)).toBe(404);
		expect(await refusal(`/stream/channels/${streaming.id}`)).toBeUndefined();
		world.kernel.clock.advance(25 * 3_600_000);
		expect(await refusal(`/stream/channels/${streaming.id}`)).toBe(404);
	});

	it("end with the token that signed in on them", async () => {
		const channel = await world.channelOf(me, "old-token");
		world.principals.set("fresh-token", testPrincipal({ userId: me, tokenHash: "fresh-token" }));
		const phone = await new TestPhone(world.url(`/stream/channels/${channel}`)).register("fresh-token");
		const followed = await phone.ask("set", subscription(`v2.users.${me}.presence`), "notifications.inlay.test");
		expect(followed.attrs.type).toBe("result");
		await revoke("fresh-token");
		expect((await phone.ended()).code).toBe(4001);
	});

	it("end when that token expires, as one went on for ever, and let nobody in with it", async () => {
		const channel = await world.channelOf(me, "short-token");
		world.ports.ends.set("short-token", new Date(world.kernel.clock.now().getTime() + 60_000));
		const phone = await new TestPhone(world.url(`/stream/channels/${channel}`)).register("short-token");
		await expect.poll(() => world.notifications.isConnected(channel)).toBe(true);
		world.kernel.clock.advance(60_000);
		await world.notifications.endOverdue();
		expect((await phone.ended()).code).toBe(4001);
		await expect.poll(() => world.phones.isReachable(me)).toBe(false);
		expect(await refusal(`/stream/channels/${channel}`)).toBe(404);
	});

	it("belong to one stream: another one takes over", async () => {
		const channel = await world.channelOf(me);
		const old = await world.phone(me, channel);
		await world.phone(me, channel);
		expect((await old.ended()).code).toBe(4000);
		await expect.poll(() => world.phones.phonesOf(me).length).toBe(1);
	});

	function revoke(tokenHash: string): Promise<void> {
		return world.kernel.database.change(async (trx) => {
			await world.kernel.events.append(trx, [
				{ type: "token.revoked", entityType: "token", entityId: tokenHash, data: { tokenHash }, announcements: [] },
			]);
		});
	}
});

describe("a bound stream", () => {
	it("answers pings, from where they were sent to", async () => {
		const phone = await world.phone(me);
		const pong = await phone.ask("get", `<ping xmlns="${ns.ping}"/>`, "inlay.test");
		expect(pong.attrs).toMatchObject({ type: "result", from: "inlay.test", to: phone.jid });
	});

	it("tells its STUN server, and that it has no TURN server", async () => {
		const phone = await world.phone(me);
		const services = async (type: string) => {
			const answer = await phone.ask("get", `<services xmlns="${ns.externalServices}" type="${type}"/>`, "inlay.test");
			return answer
				.getChild("services")
				?.getChildElements()
				.map((one) => one.attrs);
		};
		expect(await services("turn")).toEqual([]);
		expect(await services("stun")).toEqual([{ type: "stun", transport: "udp", host: "127.0.0.1", port: "3478" }]);
	});

	it("follows topics, refuses others', and stops following", async () => {
		const phone = await world.phone(me);
		const ok = await phone.ask("set", subscription(`v2.users.${me}.presence`));
		expect(ok.getChild("pubsub")?.getChild("subscription")?.attrs.subscription).toBe("subscribed");
		await tell(`v2.users.${me}.presence`, { seen: true });
		const message = await phone.next((one) => one.is("message") && one.getChild("event") !== undefined);
		const json = message.getChild("event")?.getChild("items")?.getChild("item")?.getChild("json")?.getText();
		expect(JSON.parse(json ?? "")).toMatchObject({ topicName: `v2.users.${me}.presence`, eventBody: { seen: true } });
		const bad = await phone.ask("set", subscription("v2.nonsense"));
		expect(bad.getChild("error")?.getChild("not-allowed")).toBeDefined();
		const none = await phone.ask("set", `<pubsub xmlns="${ns.pubsub}"/>`);
		expect(none.getChild("error")?.getChild("bad-request")).toBeDefined();
	});

	it("refuses what it does not know and JSON-RPC that is none", async () => {
		const phone = await world.phone(me);
		const unknown = await phone.ask("get", '<query xmlns="jabber:iq:roster"/>');
		expect(unknown.getChild("error")?.getChild("service-unavailable")).toBeDefined();
		const rpc = await phone.ask("set", `<genesys-webrtc xmlns="${ns.genesys}">{"method":7}</genesys-webrtc>`);
		expect(rpc.getChild("error")?.getChild("bad-request")).toBeDefined();
	});

	it("is kept by the browser's own answers to pings, and ended when those stop", async () => {
		const phone = await world.phone(me);
		let pings = 0;
		phone.socket.on("ping", () => pings++);
		// Longer than silence is borne, in pings.
		await expect.poll(() => pings, { timeout: 15_000 }).toBeGreaterThan(20);
		expect(phone.closed).toBeUndefined();
		(phone.socket as unknown as { _receiver: { removeAllListeners(name: string): void } })._receiver.removeAllListeners(
			"ping",
		);
		await phone.ended();
	});

	it("says that it cannot be answered (no microphone), and when it can again", async () => {
		const phone = await world.phone(me);
		const told: string[] = [];
		const stop = world.phones.onAnswerable((userId) => told.push(userId));
		expect(world.phones.canAnswer(me)).toBe(true);
		phone.write('<presence xmlns="jabber:client"><show>dnd</show></presence>');
		await expect.poll(() => world.phones.canAnswer(me)).toBe(false);
		phone.write('<presence xmlns="jabber:client"/>');
		await expect.poll(() => told).toEqual([me]);
		expect(world.phones.canAnswer(me)).toBe(true);
		stop();
	});

	it("in a flood is ended", async () => {
		const phone = await world.phone(me);
		for (let i = 0; i < 2000; i++)
			phone.write(
				subscription(`v2.users.${me}.presence`).replace("<pubsub", `<iq type="set" id="${i}"><pubsub`).concat("</iq>"),
			);
		expect((await phone.ended()).code).toBe(1008);
	});

	function tell(topic: string, eventBody: unknown): Promise<void> {
		return world.kernel.database.change(async (trx) => {
			await world.kernel.events.append(trx, [
				{ type: "test", entityType: "user", entityId: me, data: {}, announcements: [{ topics: [topic], eventBody }] },
			]);
		});
	}
});

function subscription(topic: string): string {
	return `<pubsub xmlns="${ns.pubsub}"><subscribe node="${topic}" jid="x"/></pubsub>`;
}
