import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { screenSharePermission } from "@inlay/contract/screen-share";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { liveScreenOf } from "../conversations/screen-share/model.ts";
import { party } from "../conversations/test-support/parties.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { createHttp } from "../kernel/http/http.ts";
import { attachWebSockets } from "../kernel/http/websocket.ts";
import { type GrantedPermission, holds, type Principal } from "../kernel/principal.ts";
import { TokenEnds } from "../kernel/tokens/token-ends.ts";
import { FakeMediaEngine } from "../test-support/fake-media-engine.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { ScreenInvitations } from "./invitations.ts";
import { screenSocket } from "./page-socket.ts";
import { screenShareRoutes } from "./routes.ts";
import { ScreenSharing } from "./screen-sharing.ts";
import type { PageFrame } from "./stage.ts";

const goodAnswer = "v=0\r\na=ice-ufrag:page\r\n";

let world: World;
let engine: FakeMediaEngine;
let invitations: ScreenInvitations;
let sharing: ScreenSharing;
let http: FastifyInstance;
let pages: Server;
/** How long a picture waits for who is to see it, ms. */
let look = 60_000;
const shop = "https://shop.example";
const otherShop = "https://other.example";
/** Conversations whose customer is at the other shop's page. */
const elsewhere = new Set<string>();
const never = new Date("2100-01-01");
/** Tokens that are over. */
const signedOut = new Set<string>();
const principals = new Map<string, Principal>();
/** Conversations whose customer has a page open, and what it was told. */
const there = new Map<string, Array<{ shareId: string; secret: string }>>();

beforeAll(async () => {
	world = await conversationWorld();
	await world.kernel.feed.start();
});
afterAll(async () => {
	await stop();
	await world.kernel.feed.stop();
	await world.close();
});

async function stop(): Promise<void> {
	sharing?.stop();
	await http?.close();
	pages?.close();
}

beforeEach(async () => {
	await stop();
	engine = new FakeMediaEngine();
	await engine.start();
	await serve();
});

/** A server's part; again, it is as after a restart. */
async function serve(): Promise<void> {
	invitations = new ScreenInvitations();
	invitations.add({
		isThere: (id) => there.has(id),
		invite: (id, invitation) => void there.get(id)?.push(invitation),
	});
	const { conversations } = world;
	sharing = new ScreenSharing(world.kernel, {
		...{ conversations, engine, invitations, timing: { away: 50, look } },
		holderOf: async (userId) => (permission, divisionId) =>
			holds(principals.get(userId) ?? { grants: [] }, permission, divisionId),
		tokens: new TokenEnds(world.kernel, { goodUntil: async (hash) => (signedOut.has(hash) ? undefined : never) }),
	});
	http = await createHttp(screenShareRoutes(sharing), {
		log: world.kernel.log,
		authenticator: { authenticate: async (token) => principals.get(token) },
		allowsOrigin: async () => false,
		rateLimitPerMinute: 0,
	});
	pages = createServer();
	attachWebSockets(pages, [
		screenSocket(sharing, world.kernel.log, {
			isOf: async ({ id }, origin) => origin === (elsewhere.has(id) ? otherShop : shop),
			isAnybodys: async (origin) => origin === shop || origin === otherShop,
		}),
	]);
	await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
	await sharing.start();
}

/** An agent with the permission and a customer at a page, who talk. */
async function talk(permissions = [screenSharePermission]) {
	const queue = await world.queue();
	const userId = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	const own = party(await world.offer(id, queue.id, userId), "agent").id;
	await world.conversations.calls.mediaConnected(id, own);
	const hold = (held: readonly string[], divisions: GrantedPermission["divisions"] = "all") =>
		principals.set(
			userId,
			testPrincipal({ userId, tokenHash: userId, grants: held.map((permission) => ({ permission, divisions })) }),
		);
	hold(permissions);
	there.set(id, []);
	const path = `/api/v2/inlay/conversations/${id}/screenshares`;
	async function ask(method: "POST" | "PATCH" | "PUT" | "DELETE", below = "", payload?: object) {
		const headers = { authorization: `Bearer ${userId}` };
		const answer = await http.inject({ method, url: `${path}${below}`, headers, ...(payload ? { payload } : {}) });
		return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
	}
	const live = async () => liveScreenOf(await found(id));
	const last = async () => (await found(id)).internal.screenShares?.at(-1);
	return { id, userId, own, ask, hold, live, last };
}

async function found(id: string) {
	const conversation = await world.conversations.get(id);
	if (!conversation) throw new Error("The conversation is gone.");
	return conversation;
}

/** A customer's page that follows its invitation. */
async function pageOf(conversationId: string, secret?: string, origin = shop) {
	const invitation = there.get(conversationId)?.at(-1);
	if (!invitation) throw new Error("The page was not invited.");
	const { port } = pages.address() as AddressInfo;
	const socket = new WebSocket(`ws://127.0.0.1:${port}/inlay/screenshares/${invitation.shareId}`, { origin });
	const frames: PageFrame[] = [];
	let closed: number | undefined;
	socket.on("message", (data) => frames.push(JSON.parse(data.toString())));
	socket.on("close", (code) => {
		closed = code;
	});
	await new Promise((resolve) => socket.once("open", resolve));
	const send = (frame: object) => socket.send(JSON.stringify(frame));
	send({ type: "hello", secret: secret ?? invitation.secret });
	return {
		send,
		frames,
		socket,
		closed: () => closed,
		state: () => frames.findLast((one) => one.type === "state"),
		async offer(after = 0) {
			const offers = () => frames.flatMap((one) => (one.type === "offer" ? [one.legId] : []));
			await expect.poll(() => offers().length).toBeGreaterThan(after);
			return offers().at(-1) as string;
		},
	};
}

/** The customer shows; nobody looks yet. */
async function showing() {
	const call = await talk();
	const { body: share } = await call.ask("POST", "", { shows: "customer" });
	const page = await pageOf(call.id);
	page.send({ type: "accept" });
	page.send({ type: "connect" });
	const showingLeg = await page.offer();
	page.send({ type: "answer", legId: showingLeg, sdp: goodAnswer });
	await expect.poll(() => page.frames.some(({ type }) => type === "candidates")).toBe(true);
	engine.emit({ type: "leg-connected", legId: showingLeg });
	await expect.poll(async () => (await call.last())?.connectedTime).toBeDefined();
	return { ...call, share, page, showing: showingLeg };
}

/** The customer shows, and the agent sees. */
async function shared() {
	const one = await showing();
	const { body: leg } = await one.ask("POST", `/${one.share.id}/legs`, {});
	await one.ask("PUT", `/${one.share.id}/legs/${leg.legId}`, { sdp: goodAnswer });
	engine.emit({ type: "leg-connected", legId: leg.legId });
	return { ...one, seeing: leg.legId as string };
}

describe("shared screens", () => {
	it("the customer is asked, accepts and shows; the agent sees", async () => {
		const { share, page, showing, seeing, id } = await shared();
		expect(page.state()).toMatchObject({ state: "sharing", shows: "customer", isMine: true });
		expect(engine.commandsOf("createScreenLeg").map(([, ...rest]) => rest)).toEqual([
			[showing, share.id, true],
			[seeing, share.id, false],
		]);
		page.send({ type: "facts", surface: "window", width: 1280, height: 720 });
		await expect.poll(async () => liveScreenOf(await found(id))).toMatchObject({ surface: "window", width: 1280 });
		page.send({ type: "pause", paused: true });
		await expect.poll(async () => liveScreenOf(await found(id))?.state).toBe("paused");
	});

	it("SS-2 the agent shows: the customer's page is invited, and sees", async () => {
		const { ask, id, live } = await talk();
		const { body: share } = await ask("POST", "", { shows: "agent" });
		expect(share.state).toBe("choosing");
		const { body: leg } = await ask("POST", `/${share.id}/legs`, {});
		const { body } = await ask("PUT", `/${share.id}/legs/${leg.legId}`, { sdp: goodAnswer });
		expect(body.candidates).toHaveLength(1);
		engine.emit({ type: "leg-connected", legId: leg.legId });
		await expect.poll(async () => (await live())?.state).toBe("sharing");
		const page = await pageOf(id);
		page.send({ type: "connect" });
		const seeing = await page.offer();
		expect(engine.commandsOf("createScreenLeg").at(-1)).toEqual(["createScreenLeg", seeing, share.id, false]);
		await ask("PATCH", `/${share.id}`, { state: "paused" });
		await expect.poll(() => page.state()).toMatchObject({ state: "paused", shows: "agent", isMine: false });
		const ended = await ask("PATCH", `/${share.id}`, { state: "ended", end: "surface.ended" });
		expect(ended.body).toMatchObject({ state: "ended", end: "surface.ended" });
		await expect.poll(() => page.closed()).toBe(1000);
		expect(page.state()).toMatchObject({ state: "ended", end: "surface.ended" });
	});

	it("an agent whose right was taken away went on seeing the customer's screen", async () => {
		const { userId, hold, last, seeing, showing, page } = await shared();
		hold([]);
		const change = { type: "role.changed", entityType: "role", entityId: userId, data: {} };
		await world.kernel.database.change((trx) => world.kernel.events.append(trx, [change]));
		await expect.poll(async () => (await last())?.end).toBe("rights.taken");
		await expect.poll(() => page.state()).toMatchObject({ state: "ended" });
		expect(engine.commandsOf("closeLeg").map(([, legId]) => legId)).toEqual(expect.arrayContaining([showing, seeing]));
	});

	it("an agent who holds the right in another division alone saw the customer's screen", async () => {
		const { ask, hold, share, last, userId } = await shared();
		hold([screenSharePermission], new Set(["elsewhere"]));
		expect(await ask("POST", `/${share.id}/legs`, {})).toMatchObject({
			status: 403,
			body: { code: "missing.division.permission" },
		});
		const change = { type: "grant.added", entityType: "subject", entityId: userId, data: {} };
		await world.kernel.database.change((trx) => world.kernel.events.append(trx, [change]));
		await expect.poll(async () => (await last())?.end).toBe("rights.taken");
		expect((await ask("POST", "", { shows: "customer" })).status).toBe(403);
		hold([screenSharePermission], new Set(["home"]));
		expect((await ask("POST", "", { shows: "customer" })).status).toBe(201);
	});

	it("an agent whose token was revoked went on seeing the customer's screen", async () => {
		const { userId, seeing, last } = await shared();
		const closed = () => engine.commandsOf("closeLeg").map(([, legId]) => legId);
		const revoked = { type: "token.revoked", entityType: "token", entityId: userId, data: { tokenHash: userId } };
		await world.kernel.database.change((trx) => world.kernel.events.append(trx, [revoked]));
		await expect.poll(closed).toContain(seeing);
		await expect.poll(async () => (await last())?.end).toBe("agent.gone");
		const later = await shared();
		signedOut.add(later.userId);
		const again = await later.ask("POST", `/${later.share.id}/legs`, {});
		await expect.poll(closed).toContain(again.body.legId);
	});

	it("a page of any origin, or of another number's or messenger's, that knew the secret was let in", async () => {
		const { share } = await shared();
		const { port } = pages.address() as AddressInfo;
		for (const origin of ["https://evil.example", otherShop, undefined]) {
			const path = `ws://127.0.0.1:${port}/inlay/screenshares/${share.id}`;
			const socket = new WebSocket(path, origin ? { origin } : {});
			const status = await new Promise((resolve) => {
				socket.once("unexpected-response", (_request, { statusCode }) => resolve(statusCode));
				socket.once("open", () => resolve("open"));
				socket.on("error", () => {});
			});
			socket.terminate();
			expect(status).toBe(403);
		}
		const other = await talk();
		elsewhere.add(other.id);
		await other.ask("POST", "", { shows: "customer" });
		const page = await pageOf(other.id, undefined, otherShop);
		await expect.poll(() => page.state()).toMatchObject({ state: "requested" });
	});

	it("SS-4 whoever stops ends it for both, and nobody has a leg any more", async () => {
		const { page, showing, seeing, last } = await shared();
		page.send({ type: "end", why: "surface.ended" });
		await expect.poll(async () => (await last())?.end).toBe("surface.ended");
		expect(engine.commandsOf("closeLeg").map(([, legId]) => legId)).toEqual(expect.arrayContaining([showing, seeing]));
		expect(invitations.of((await last())?.id)).toBeUndefined();
	});

	it("SS-5 the customer declines, or their browser cannot: the document says why", async () => {
		for (const why of ["declined", "unsupported", "cancelled"] as const) {
			const { ask, id, last } = await talk();
			await ask("POST", "", { shows: "customer" });
			const page = await pageOf(id);
			page.send({ type: "end", why });
			await expect.poll(async () => (await last())?.end).toBe(why);
		}
	});

	it("SS-6 without the permission nothing is begun and nobody connects; what was begun may be ended", async () => {
		const refused = await talk([]);
		const { status, body } = await refused.ask("POST", "", { shows: "customer" });
		expect([status, body.message]).toEqual([403, expect.stringContaining(screenSharePermission)]);
		const { ask, hold, share, last } = await shared();
		hold([]);
		expect((await ask("POST", `/${share.id}/legs`, {})).status).toBe(403);
		expect((await ask("POST", "", { shows: "agent" })).status).toBe(403);
		expect((await ask("PATCH", `/${share.id}`, { state: "ended" })).status).toBe(200);
		expect((await last())?.end).toBe("agent.stopped");
	});

	it("SS-7 the agent's window is closed: it ends, unless they are back soon; the call goes on", async () => {
		const { ask, share, seeing, live, last, id, own } = await shared();
		await ask("DELETE", `/${share.id}/legs/${seeing}`);
		const { body: again } = await ask("POST", `/${share.id}/legs`, {});
		await ask("PUT", `/${share.id}/legs/${again.legId}`, { sdp: goodAnswer });
		engine.emit({ type: "leg-connected", legId: again.legId });
		expect((await live())?.state).toBe("sharing");
		engine.emit({ type: "leg-lost", legId: again.legId, reason: "closed by the peer" });
		await expect.poll(async () => (await last())?.end).toBe("agent.gone");
		expect((await found(id)).participants.find((one) => one.id === own)?.calls?.[0]?.state).toBe("connected");
	});

	it("a customer showed their screen to nobody, as the agent's panel had gone for good before they chose", async () => {
		look = 50;
		try {
			await stop();
			await serve();
			const { page, last } = await showing();
			await expect.poll(async () => (await last())?.end).toBe("agent.gone");
			await expect.poll(() => page.state()).toMatchObject({ state: "ended", end: "agent.gone" });
		} finally {
			look = 60_000;
		}
	});

	it("a connection that a panel asked for and never made kept the customer's screen open", async () => {
		const { ask, share, seeing, last } = await shared();
		await ask("POST", `/${share.id}/legs`, {});
		engine.emit({ type: "leg-lost", legId: seeing, reason: "closed by the peer" });
		await expect.poll(async () => (await last())?.end).toBe("agent.gone");
	});

	it("a customer's page that goes takes its screen with it", async () => {
		const { showing, last } = await shared();
		engine.emit({ type: "leg-lost", legId: showing, reason: "closed by the peer" });
		await expect.poll(async () => (await last())?.end).toBe("customer.gone");
	});

	it("a page whose socket broke comes again and still shows; one that asked nobody any more ends it", async () => {
		const { page, id, live } = await shared();
		page.socket.terminate();
		const again = await pageOf(id);
		await expect.poll(() => again.state()).toMatchObject({ state: "sharing" });
		expect((await live())?.state).toBe("sharing");
		const asked = await talk();
		await asked.ask("POST", "", { shows: "customer" });
		(await pageOf(asked.id)).socket.terminate();
		await expect.poll(async () => (await asked.last())?.end).toBe("customer.gone");
	});

	it("the interaction ends, the media process dies, the server is started again: each is said, and closes all", async () => {
		const talked = await shared();
		await world.conversations.disconnect(talked.id, {});
		await expect.poll(() => talked.page.closed()).toBe(1000);
		expect((await talked.last())?.end).toBe("interaction.ended");
		const died = await shared();
		engine.emit({ type: "restarted" });
		await expect.poll(async () => (await died.last())?.end).toBe("media.lost");
		const killed = await shared();
		await stop();
		await serve();
		await expect.poll(async () => (await killed.last())?.end).toBe("server.restarted");
	});

	it("nobody is asked who has no page; a second one is refused while one goes on", async () => {
		const { id, ask } = await talk();
		there.delete(id);
		expect(await ask("POST", "", { shows: "customer" })).toMatchObject({
			status: 409,
			body: { code: "screenshare.page.away" },
		});
		const { ask: asks } = await shared();
		expect((await asks("POST", "", { shows: "agent" })).status).toBe(400);
	});

	it("a secret opens one screen alone, a stranger's connection is nobody else's, and noise ends the socket", async () => {
		const { id, share, seeing } = await shared();
		const wrong = await pageOf(id, "guess");
		await expect.poll(() => wrong.closed()).toBe(4004);
		const other = await talk();
		expect((await other.ask("POST", `/${share.id}/legs`, {})).status).toBe(404);
		principals.set(other.userId, testPrincipal({ userId: other.userId, tokenHash: other.userId }));
		const url = `/api/v2/inlay/conversations/${id}/screenshares/${share.id}`;
		const headers = { authorization: `Bearer ${other.userId}` };
		const asked = async (method: "POST" | "PATCH" | "PUT", below: string, payload: object) =>
			(await http.inject({ method, url: `${url}${below}`, headers, payload })).statusCode;
		expect(await asked("POST", "/legs", {})).toBe(403);
		expect(await asked("PATCH", "", { state: "ended" })).toBe(403);
		expect(await asked("PUT", `/legs/${seeing}`, { sdp: goodAnswer })).toBe(404);
		const noisy = await pageOf(id);
		noisy.send({ type: "facts", width: -1 });
		await expect.poll(() => noisy.closed()).toBe(1007);
	});

	it("only the page that accepted shows; a second tab is told that another one does", async () => {
		const { ask, id } = await talk();
		await ask("POST", "", { shows: "customer" });
		const [first, second] = [await pageOf(id), await pageOf(id)];
		first.send({ type: "accept" });
		await expect.poll(() => second.state()).toMatchObject({ state: "choosing", isMine: false });
		expect(first.state()).toMatchObject({ isMine: true });
		second.send({ type: "connect" });
		await expect
			.poll(() => second.frames.find(({ type }) => type === "error"))
			.toMatchObject({
				code: "screenshare.not.yours",
			});
	});
});
