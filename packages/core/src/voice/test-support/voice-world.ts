import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { callOf } from "../../conversations/call/model.ts";
import type { Conversation, Participant, Purpose } from "../../conversations/model.ts";
import { worldOn } from "../../conversations/test-support/world.ts";
import { createHttp } from "../../kernel/http/http.ts";
import { attachWebSockets } from "../../kernel/http/websocket.ts";
import type { Logger } from "../../kernel/log.ts";
import type { Principal } from "../../kernel/principal.ts";
import { Notifications } from "../../notifications/notifications.ts";
import { channelStore } from "../../notifications/store.ts";
import { fakePorts } from "../../notifications/test-support/fake-ports.ts";
import type { MediaSettings } from "../../routing/queue-model.ts";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { FakeMediaEngine } from "../../test-support/fake-media-engine.ts";
import { testPrincipal } from "../../test-support/test-api.ts";
import { testKernel } from "../../test-support/test-kernel.ts";
import { simulatedTrunk } from "../simulated-trunk.ts";
import { PhoneRegistry } from "../streaming/phone-registry.ts";
import type { Trunk } from "../trunk.ts";
import { Voice, type VoiceDependencies } from "../voice.ts";
import { entryPointStore } from "../webcalls/store.ts";
import { TestPage } from "./test-page.ts";
import { TestPhone } from "./test-phone.ts";

export const pageOrigin = "https://shop.example";
export const serviceNumber = "+31800100";

export type VoiceWorld = Awaited<ReturnType<typeof voiceWorld>>;

export interface VoiceWorldOptions {
	timing?: VoiceDependencies["timing"];
	rateLimit?: number;
	log?: Logger;
	trunk?(engine: FakeMediaEngine): Trunk;
	/** How queues stand, for callers who are told. */
	queueStates?: VoiceDependencies["queueStates"];
	/** What makes text of what is said. */
	listeners?: VoiceDependencies["listeners"];
	/** How long phones' connections stay open without a call, in ms. Default: they end with the call. */
	persistentMs?(userId: string): number | undefined;
}

/** A server with the voice domain on a real database and real sockets; only the media engine is a fake. */
export async function voiceWorld(options: VoiceWorldOptions = {}) {
	const dataDir = await mkdtemp(join(tmpdir(), "inlay-voice-"));
	const { log, rateLimit = 0 } = options;
	const config = { dataDir, rateLimit };
	const kernel = await testKernel({ clock: new FakeClock(), config, ...(log ? { log } : {}) });
	const world = worldOn(kernel);
	const queue = await world.queue();
	const entryPoints = entryPointStore(kernel.database.db);
	await kernel.database.change((trx) =>
		entryPoints.put(trx, { number: serviceNumber, queueId: queue.id, origins: [pageOrigin] }),
	);
	const principals = new Map<string, Principal>();
	const ports = fakePorts(() => kernel.clock.now());
	const notifications = new Notifications(kernel, channelStore(kernel.database.db), ports);
	let server = await startServer();

	async function startServer() {
		const engine = new FakeMediaEngine();
		const phones = new PhoneRegistry();
		const voice = new Voice(kernel, {
			engine,
			conversations: world.conversations,
			parts: world.parts,
			notifications,
			phones,
			authenticator: { authenticate: async (token) => principals.get(token) },
			jidDomain: "inlay.test",
			jidOf: async (userId) => `${userId}@inlay.test`,
			trunks: new Map([["Inlay Voice", (options.trunk ?? simulatedTrunk)(engine)]]),
			timing: options.timing,
			...(options.queueStates ? { queueStates: options.queueStates } : {}),
			...(options.listeners ? { listeners: options.listeners } : {}),
			persistentMs: async (userId) => options.persistentMs?.(userId),
		});
		const http = await createHttp(voice.routes, {
			log: kernel.log,
			authenticator: { authenticate: async () => undefined },
			allowsOrigin: (origin) => voice.webCalls.allowsOrigin(origin),
			rateLimitPerMinute: 0,
		});
		const sockets = attachWebSockets(http.server, voice.sockets);
		await voice.start();
		await http.listen({ port: 0, host: "127.0.0.1" });
		const origin = `ws://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
		const stop = async () => {
			sockets.close();
			await http.close();
			await voice.stop();
		};
		return { engine, phones, voice, http, origin, stop };
	}

	async function channelOf(userId: string, token = userId): Promise<string> {
		const principal = testPrincipal({ userId, tokenHash: token });
		principals.set(token, principal);
		return (await notifications.createChannel(principal, "streaming")).id;
	}

	const self = {
		...world,
		kernel,
		queue,
		anotherQueue: () => world.queue(),
		notifications,
		/** What the other domains tell notifications. */
		ports,
		principals,
		recordings: join(dataDir, "recordings"),
		get engine() {
			return server.engine;
		},
		get voice() {
			return server.voice;
		},
		get http() {
			return server.http;
		},
		get phones() {
			return server.phones;
		},
		/** For conversations' own idea of phones. */
		reachability: world.phones,

		async restart(): Promise<void> {
			await server.stop();
			server = await startServer();
		},

		/** Ends what is live and starts a server with an engine that has heard nothing: cheaper than another database. */
		async fresh(): Promise<void> {
			for (const { id } of await world.conversations.live()) await world.conversations.disconnect(id, {});
			await self.restart();
		},

		/** What callers of the queue who wait are told. */
		async tellCallers(call: MediaSettings): Promise<void> {
			const settings = JSON.stringify({ mediaSettings: { call } }) as never;
			await kernel.database.db.updateTable("queues").set({ settings }).where("id", "=", queue.id).execute();
		},

		/** An agent of the queue. */
		agentOnQueue: () => world.agent(queue.id),

		channelOf,
		url: (path: string) => `${server.origin}${path}`,

		/** A registered phone of the user, on a channel of its own unless told. */
		async phone(userId: string, channelId?: string): Promise<TestPhone> {
			const channel = channelId ?? (await channelOf(userId));
			const before = server.phones.phonesOf(userId).length;
			const phone = await new TestPhone(`${server.origin}/stream/channels/${channel}`).register(userId, randomUUID());
			await expect.poll(() => server.phones.phonesOf(userId).length).toBeGreaterThan(before);
			return phone;
		},

		/** What a page sends to place a call. */
		post(body: unknown, headers: Record<string, string> = { origin: pageOrigin }) {
			return server.http.inject({
				method: "POST",
				url: "/api/inlay/v1/webcalls",
				headers,
				payload: body as object,
			});
		},

		/** A page that has placed a call and connected its socket. */
		async caller() {
			const call = (await self.post({ to: serviceNumber, name: "Ada", phone: "+31612345678" })).json();
			return { id: call.id as string, secret: call.secret as string, page: await self.page(call.id, call.secret) };
		},

		async page(callId: string, secret: string): Promise<TestPage> {
			const page = await new TestPage(`${server.origin}/inlay/webcalls/${callId}`).opened();
			page.send({ type: "hello", secret });
			return page;
		},

		/** A caller who waits in the queue: their media is up. */
		async waitingCaller() {
			const caller = await self.caller();
			const legId = await caller.page.offer();
			caller.page.answer(legId);
			await self.heard("acceptAnswer", (command) => command[1] === legId);
			server.engine.emit({ type: "leg-connected", legId });
			await caller.page.state("waiting");
			return { ...caller, legId };
		},

		/** A caller and the agent who took the call at a phone. */
		async talking(agent?: string) {
			const userId = agent ?? (await self.agentOnQueue());
			const phone = await self.phone(userId);
			const caller = await self.waitingCaller();
			await world.offer(caller.id, queue.id, userId);
			const { sessionId } = await phone.signal("propose");
			await phone.take(sessionId);
			server.engine.emit({ type: "leg-connected", legId: sessionId });
			await self.until(caller.id, "agent", (party) => callOf(party).state === "connected");
			await self.inBridge(caller.id, sessionId, caller.legId);
			return { ...caller, userId, phone, sessionId };
		},

		/** Waits until the engine was given a command. */
		async heard(
			name: Parameters<FakeMediaEngine["commandsOf"]>[0],
			matches: (command: readonly unknown[]) => boolean = () => true,
		): Promise<void> {
			await expect.poll(() => server.engine.commandsOf(name).some(matches), { interval: 5 }).toBe(true);
		},

		/** Waits until exactly these legs are in the conversation's bridge. */
		async inBridge(conversationId: string, ...legIds: string[]): Promise<void> {
			const inside = () =>
				[...server.engine.modes].filter(([, mode]) => mode.bridgeId === conversationId).map(([legId]) => legId);
			await expect.poll(() => inside().sort(), { interval: 5 }).toEqual([...legIds].sort());
		},

		async conversation(id: string): Promise<Conversation> {
			const found = await world.conversations.get(id);
			if (!found) throw new Error(`No conversation ${id}.`);
			return found;
		},

		async party(id: string, purpose: Purpose): Promise<Participant> {
			const party = (await self.conversation(id)).participants.findLast((one) => one.purpose === purpose);
			if (!party) throw new Error(`No ${purpose} in ${id}.`);
			return party;
		},

		/** Waits until the last party of that purpose is as wanted. */
		async until(id: string, purpose: Purpose, wanted: (party: Participant) => boolean): Promise<Participant> {
			await expect.poll(async () => wanted(await self.party(id, purpose)), { interval: 5 }).toBe(true);
			return self.party(id, purpose);
		},

		async close(): Promise<void> {
			await server.stop();
			await kernel.close();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
	return self;
}
