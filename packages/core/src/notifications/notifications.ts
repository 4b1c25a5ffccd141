import { randomBytes } from "node:crypto";
import { notFound } from "../kernel/api-error.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { LoggedEvent } from "../kernel/event-log.ts";
import { comparePositions } from "../kernel/position.ts";
import { type Principal, requireUser } from "../kernel/principal.ts";
import { Hub } from "./hub.ts";
import { laterPoint, type ReadPoint, type ResumePoint, readPoint } from "./resume-point.ts";
import { ChannelSession, type Transport } from "./session.ts";
import type { ChannelKind, ChannelStore, StoredChannel } from "./store.ts";
import { type ChannelTopic, checkCount, judgeTopics, maxTopics, permittedTopics } from "./subscriptions.ts";
import { Turns } from "./turns.ts";

export type { ChannelTopic };

/** Limits of platform-api 5.1. */
export const channelLimits = { perUserAndClient: 20, topics: maxTopics, lifeMs: 24 * 3_600_000 } as const;

/** How long a stopping server waits for what it has sent to leave. */
const farewellMs = 1000;

/** Channels, what they follow, and who listens in this process. */
export class Notifications {
	readonly #kernel: Kernel;
	readonly #store: ChannelStore;
	readonly #hub: Hub;
	/** Of one channel, attaching, leaving and changes of topics happen one after the other. */
	readonly #turns = new Turns();
	readonly #unsubscribe: () => void;

	constructor(kernel: Kernel, store: ChannelStore) {
		this.#kernel = kernel;
		this.#store = store;
		this.#hub = new Hub(kernel.events, kernel.feed);
		this.#unsubscribe = kernel.feed.subscribe((event) => this.#onEvent(event));
	}

	/** To be called before sockets are let in: ends channels whose tokens were revoked while this server was down. */
	async start(): Promise<void> {
		await this.#store.removeOfRevokedTokens();
	}

	/** Makes a channel for the principal's user. Beyond 20 the one unused longest goes, unconnected ones first. */
	async createChannel(principal: Principal, kind: ChannelKind): Promise<StoredChannel> {
		const userId = requireUser(principal);
		const now = this.#kernel.clock.now();
		const position = await this.#kernel.events.latest();
		const channel: StoredChannel = {
			id: `${kind === "streaming" ? "streaming" : "channel"}-${randomBytes(24).toString("base64url")}`,
			userId,
			clientId: principal.clientId,
			tokenHash: principal.tokenHash,
			kind,
			topics: [],
			position,
			startPosition: position,
			createdAt: now,
			expiresAt: this.#expiry(),
			lastUsedAt: now,
		};
		const gone = await this.#store.addInPlaceOf(channel, (own) => this.#surplus(own));
		for (const id of gone) this.#end(id, "no_longer_subscribed", "Another channel took this one's place.");
		return channel;
	}

	/** Channels of the principal: of its token, or of its user with its client. */
	async channelsOf(principal: Principal, which: "token" | "oauthclient"): Promise<StoredChannel[]> {
		const all = await this.#store.ofOwner(requireUser(principal), principal.clientId);
		return all.filter((one) => this.#lives(one) && (which === "oauthclient" || one.tokenHash === principal.tokenHash));
	}

	/** The principal's own channel; anybody else's is not found. */
	async ownChannel(principal: Principal, channelId: string): Promise<StoredChannel> {
		const channel = await this.find(channelId);
		if (!channel || channel.userId !== principal.userId) throw notFound("notification channel", channelId);
		return channel;
	}

	/** Whether somebody listens on the channel now, in this process. */
	isConnected(channelId: string): boolean {
		return this.#hub.get(channelId) !== undefined;
	}

	/** Runs whenever a channel has nobody listening any more; gives the way to stop. */
	onDisconnected(listener: (channelId: string) => void): () => void {
		return this.#hub.onGone(listener);
	}

	/** A channel that has not expired. */
	async find(channelId: string): Promise<StoredChannel | undefined> {
		const channel = await this.#store.find(channelId);
		return channel && this.#lives(channel) ? channel : undefined;
	}

	/**
	 * Replaces or adds topics. Refused as a whole where one topic is not allowed, unless `ignoreErrors`: then those are
	 * reported as rejected and the rest is followed.
	 */
	async subscribe(
		principal: Principal,
		channelId: string,
		asked: readonly string[],
		options: { replace: boolean; ignoreErrors: boolean },
	): Promise<ChannelTopic[]> {
		await this.ownChannel(principal, channelId);
		const verdicts = judgeTopics(asked, principal, options.ignoreErrors);
		const permitted = verdicts.filter((verdict) => verdict.state === "Permitted").map((verdict) => verdict.id);
		const topics = await this.#follow(channelId, (before) => {
			const after = options.replace ? permitted : [...new Set([...before, ...permitted])];
			checkCount(after);
			return after;
		});
		const others = topics.filter((topic) => !permitted.includes(topic));
		return [...permittedTopics(others), ...verdicts];
	}

	/** Follows one topic less; one that is not followed is no error. */
	async unsubscribe(principal: Principal, channelId: string, topic: string): Promise<void> {
		await this.ownChannel(principal, channelId);
		await this.#follow(channelId, (before) => before.filter((one) => one !== topic));
	}

	async clear(principal: Principal, channelId: string): Promise<void> {
		await this.ownChannel(principal, channelId);
		await this.#follow(channelId, () => []);
	}

	async topicsOf(principal: Principal, channelId: string): Promise<ChannelTopic[]> {
		return permittedTopics((await this.ownChannel(principal, channelId)).topics);
	}

	/**
	 * Connects a transport to a channel; an earlier one of the same channel is ended (one socket per channel).
	 * Resolves when everything missed has been sent. A channel that has gone meanwhile closes the transport.
	 * @param from where the client says it stands; without it, where the last socket had come to
	 */
	async attach(channel: StoredChannel, transport: Transport, from?: ResumePoint): Promise<ChannelSession> {
		const session = await this.#turns.run(channel.id, () => this.#admit(channel, transport, from));
		await this.#hub.catchUp(session);
		return session;
	}

	/** The transport has gone; the channel waits for the next one. Of a session that was replaced, nothing is kept. */
	async detach(session: ChannelSession): Promise<void> {
		if (!this.#hub.remove(session)) return;
		const { channelId, position } = session;
		await this.#turns.run(channelId, () => this.#store.setPosition(channelId, position, this.#kernel.clock.now()));
	}

	/**
	 * Saves how far the connected channels have read: what a crash would replay at most. Ends channels whose life is over.
	 */
	async savePositions(): Promise<void> {
		const now = this.#kernel.clock.now();
		await this.#store.advancePositions(this.#positions(), now);
		for (const id of await this.#store.removeExpired(now))
			this.#end(id, "no_longer_subscribed", "The channel has expired.");
	}

	/** Tells everyone that the server is going, and ends their sockets. */
	async stop(): Promise<void> {
		this.#unsubscribe();
		const open = this.#hub.all();
		for (const session of open) {
			session.sendNow("v2.system.socket_closing", systemMessage(session, "SOCKET_CLOSING", "The server is stopping."));
			session.end();
		}
		await within(farewellMs, Promise.all(open.map((session) => session.transport.drained?.())));
		await this.savePositions();
		for (const session of open) {
			this.#hub.remove(session);
			session.transport.close(1001, "server stopping");
		}
	}

	/** Ends what was connected before and registers the new session; what it follows is read with the session in place. */
	async #admit(channel: StoredChannel, transport: Transport, from?: ResumePoint): Promise<ChannelSession> {
		const old = this.#replace(channel.id);
		const session = new ChannelSession(channel, transport);
		// From here on a revoked token finds the session; one that was revoked before is found by reading the channel.
		this.#hub.add(session);
		const current = await this.find(channel.id);
		if (!current) {
			this.#hub.remove(session);
			transport.close(4004, "the channel has gone");
			return session;
		}
		this.#hub.follow(session, current.topics);
		session.startAt(await this.#startingPoint(current, old, from));
		return session;
	}

	/** Where the client says it stands, if that can be: not before the channel was made, nor beyond the log's end. */
	async #startingPoint(
		channel: StoredChannel,
		old: ResumePoint | undefined,
		from: ResumePoint | undefined,
	): Promise<ReadPoint> {
		const first: ReadPoint = { position: channel.startPosition, seen: Number.POSITIVE_INFINITY };
		const kept = laterPoint(readPoint(old) ?? first, laterPoint(readPoint(channel.position) ?? first, first));
		const said = readPoint(from);
		if (!said) return kept;
		const known = comparePositions(said.position, this.#hub.position) <= 0;
		if (!known && comparePositions(said.position, await this.#kernel.events.latest()) > 0) return kept;
		return laterPoint(said, first);
	}

	/** @returns how far the socket had come that is ended */
	#replace(channelId: string): ResumePoint | undefined {
		const old = this.#hub.get(channelId);
		if (!old) return undefined;
		const { position } = old;
		old.sendNow(
			`v2.system.no_longer_subscribed.${channelId}`,
			systemMessage(old, "DUPLICATE_CONNECTION", "Another socket took over."),
		);
		this.#hub.remove(old);
		old.transport.close(4000, "replaced by another socket");
		return position;
	}

	#positions(): Map<string, ResumePoint> {
		return new Map(this.#hub.all().map((session) => [session.channelId, session.position]));
	}

	/** Which of the owner's channels go for a new one: the expired, then as many as are too many. */
	#surplus(own: StoredChannel[]): string[] {
		const expired = own.filter((one) => !this.#lives(one));
		const living = own.filter((one) => this.#lives(one));
		const tooMany = Math.max(0, living.length - channelLimits.perUserAndClient + 1);
		const unused = living.sort((a, b) => this.#evictionOrder(a) - this.#evictionOrder(b)).slice(0, tooMany);
		return [...expired, ...unused].map((one) => one.id);
	}

	/** Smaller goes first: the unconnected before the connected, then the one unused longest. */
	#evictionOrder(channel: StoredChannel): number {
		const connected = this.#hub.get(channel.id) ? Number.MAX_SAFE_INTEGER / 2 : 0;
		return connected + channel.lastUsedAt.getTime();
	}

	#follow(channelId: string, change: (topics: string[]) => string[]): Promise<string[]> {
		return this.#turns.run(channelId, async () => {
			const times = { expiresAt: this.#expiry(), usedAt: this.#kernel.clock.now() };
			const topics = await this.#store.changeTopics(channelId, change, times);
			if (!topics) throw notFound("notification channel", channelId);
			const session = this.#hub.get(channelId);
			if (session) this.#hub.follow(session, topics);
			return topics;
		});
	}

	#expiry(): Date {
		return new Date(this.#kernel.clock.now().getTime() + channelLimits.lifeMs);
	}

	#lives(channel: StoredChannel): boolean {
		return channel.expiresAt > this.#kernel.clock.now();
	}

	#end(channelId: string, kind: string, text: string): void {
		const session = this.#hub.get(channelId);
		if (!session) return;
		session.sendNow(`v2.system.${kind}.${channelId}`, systemMessage(session, kind.toUpperCase(), text));
		this.#hub.remove(session);
		session.transport.close(4001, text);
	}

	async #onEvent(event: LoggedEvent): Promise<void> {
		this.#hub.deliver(event);
		if (event.type === "token.revoked") await this.#onTokenRevoked(event);
	}

	/** The channels go first: whoever attaches meanwhile then either finds none or is found here. */
	async #onTokenRevoked(event: LoggedEvent): Promise<void> {
		const { tokenHash } = event.data as { tokenHash?: string };
		if (!tokenHash) return;
		try {
			await this.#store.removeOfToken(tokenHash);
		} finally {
			const own = this.#hub.all().filter((session) => session.tokenHash === tokenHash);
			for (const session of own) this.#end(session.channelId, "token_revoked", "The token was revoked; sign in again.");
		}
	}
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, ms);
	});
	await Promise.race([work, patience]);
	clearTimeout(timer);
}

/** `SystemMessageSystemMessage` of the SDK. */
function systemMessage(session: ChannelSession, systemTopicType: string, message: string) {
	return { channelId: session.channelId, systemTopicType, userId: session.userId, message };
}
