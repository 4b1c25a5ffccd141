import { AtOnce } from "../kernel/at-once.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { comparePositions } from "../kernel/events/position.ts";
import type { Principal } from "../kernel/principal.ts";
import { within } from "../kernel/time/within.ts";
import { Channels } from "./channels.ts";
import { Endings } from "./endings.ts";
import { Hub } from "./hub.ts";
import type { TopicVerdict } from "./judge.ts";
import { Judging } from "./judging.ts";
import { KnownIds } from "./known-ids.ts";
import type { FollowingListener, GoneListener, SubscriptionPorts } from "./ports.ts";
import { laterPoint, type ReadPoint, type ResumePoint, readPoint } from "./resume-point.ts";
import { ChannelSession, type Transport } from "./session.ts";
import type { ChannelKind, ChannelStore, StoredChannel } from "./store.ts";
import { type ChannelTopic, channelTopic, checkCount, refuseRejected } from "./subscriptions.ts";
import { systemMessage } from "./system-messages.ts";
import { Turns } from "./turns.ts";
import { repeatedly } from "./waiting.ts";

export type { ChannelTopic };

/** How long a stopping server waits for what it has sent to leave. */
const farewellMs = 1000;
/** With ids that nobody knows. */
const strangersAtOnce = 4;
/** As many channels as this process remembers. */
const mostKnown = 50_000;
/** How often it is looked whether tokens are over, in ms. */
const tokensEveryMs = 1000;

/** Channels, what they follow, and who listens in this process. */
export class Notifications {
	readonly #kernel: Kernel;
	readonly #store: ChannelStore;
	readonly #ports: SubscriptionPorts;
	readonly #channels: Channels;
	readonly #hub: Hub;
	readonly #endings: Endings;
	readonly #judging: Judging;
	/** Of one channel, attaching, leaving and changes of topics happen one after the other. */
	readonly #turns = new Turns();
	readonly #strangersDoor = new AtOnce(strangersAtOnce);
	readonly #known = new KnownIds(mostKnown);
	readonly #stopped = new AbortController();
	readonly #unsubscribe: () => void;

	constructor(kernel: Kernel, store: ChannelStore, ports: SubscriptionPorts) {
		this.#kernel = kernel;
		this.#store = store;
		this.#ports = ports;
		this.#hub = new Hub(kernel.events, kernel.feed, kernel.log);
		this.#channels = new Channels(kernel, store, (id) => this.#hub.get(id) !== undefined);
		const shared = { hub: this.#hub, store, log: kernel.log, stopped: this.#stopped.signal };
		this.#endings = new Endings({ ...shared, tokens: ports.tokens, clock: kernel.clock });
		const topicsOf = async (channelId: string) => (await this.find(channelId))?.topics;
		this.#judging = new Judging({ ...shared, turns: this.#turns, ports, topicsOf });
		this.#unsubscribe = kernel.feed.subscribe((event) => this.#onEvent(event));
	}

	/**
	 * To be called before sockets are let in: ends channels whose tokens ended while this server was down, and remembers the
	 * others, whose owners come back now and are no strangers.
	 */
	async start(): Promise<void> {
		const hashes = await this.#store.tokenHashes();
		const living = await this.#ports.tokens.living(hashes);
		await this.#store.removeOfTokens(hashes.filter((hash) => !living.has(hash)));
		for (const id of (await this.#store.ids(mostKnown)).reverse()) this.#known.add(id);
		const failed = (error: unknown) => this.#kernel.log.warn({ err: error }, "tokens of sockets could not be checked");
		repeatedly(tokensEveryMs, () => this.endOverdue().catch(failed), this.#stopped.signal);
	}

	/** Makes a channel for the principal's user. Beyond 20 the one unused longest goes, unconnected ones first. */
	async createChannel(principal: Principal, kind: ChannelKind): Promise<StoredChannel> {
		const { channel, gone } = await this.#channels.create(principal, kind);
		this.#known.add(channel.id);
		for (const id of gone) this.#endings.end(id, "no_longer_subscribed", "Another channel took this one's place.");
		return channel;
	}

	/** Channels of the principal: of its token, or of its user with its client. */
	channelsOf(principal: Principal, which: "token" | "oauthclient"): Promise<StoredChannel[]> {
		return this.#channels.of(principal, which);
	}

	/** The principal's own channel; anybody else's is not found. */
	ownChannel(principal: Principal, channelId: string): Promise<StoredChannel> {
		return this.#channels.own(principal, channelId);
	}

	/** Whether somebody listens on the channel now, in this process. */
	isConnected(channelId: string): boolean {
		return this.#hub.get(channelId) !== undefined;
	}

	/** Users who listen on any channel, in this process; those of phones are among them. */
	listening(): ReadonlySet<string> {
		return new Set(this.#hub.all().map((session) => session.userId));
	}

	/** Whether somebody who listens in this process follows the topic. */
	isFollowed(topic: string): boolean {
		return this.#hub.isFollowed(topic.toLowerCase());
	}

	/** Of each channel on which somebody listens in this process: the topics that it follows and that begin so, in lower case. */
	followers(begins: string): Array<{ userId: string; topics: string[] }> {
		return this.#hub.all().flatMap(({ following, userId }) => {
			const topics = [...following.reaches.keys()].filter((topic) => topic.startsWith(begins));
			return topics.length > 0 ? [{ userId, topics }] : [];
		});
	}

	/**
	 * Tells those who follow a topic now what is in no log and is nothing by itself, such as that something is to be read
	 * anew: whoever comes later reads it anyway.
	 */
	tellNow(topic: string, eventBody: unknown): void {
		const key = topic.toLowerCase();
		for (const session of this.#hub.all()) {
			if (session.following.reaches.has(key)) session.sendNow(topic, eventBody);
		}
	}

	/** Runs whenever somebody begins or ceases to follow topics; gives the way to stop. */
	onFollowing(listener: FollowingListener): () => void {
		return this.#hub.onFollowing(listener);
	}

	/** Runs whenever a channel has nobody listening any more; gives the way to stop. */
	onDisconnected(listener: GoneListener): () => void {
		return this.#hub.onGone(listener);
	}

	/** A channel that has not expired. */
	find(channelId: string): Promise<StoredChannel | undefined> {
		return this.#channels.find(channelId);
	}

	/** Whether this process has made the channel, or found it since it started: whoever names it is no stranger who guesses. */
	isKnown(channelId: string): boolean {
		return this.#known.has(channelId);
	}

	/** The same for somebody who wants in: those with ids that nobody knows wait for each other. */
	async findAtDoor(channelId: string): Promise<StoredChannel | undefined> {
		const find = () => this.#channels.find(channelId);
		const channel = await (this.#known.has(channelId) ? find() : this.#strangersDoor.run(find));
		if (channel) this.#known.add(channelId);
		return channel;
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
		const channel = await this.ownChannel(principal, channelId);
		return this.#turns.run(channelId, async () => {
			const begun = this.#judging.changesOfRights;
			const verdicts = await this.#judging.judge([...new Set(asked)], channel.userId);
			if (!options.ignoreErrors) refuseRejected(verdicts);
			const permitted = permittedOf(verdicts);
			const topics = await this.#channels.changeTopics(channel, principal, (before) => {
				const after = options.replace ? permitted : [...new Set([...before, ...permitted])];
				checkCount(after);
				return after;
			});
			const others = await this.#judging.judge(withoutThese(topics, permitted), channel.userId);
			await this.#followIn(channel, principal, [...others, ...verdicts], begun);
			return [...others, ...verdicts].map(channelTopic);
		});
	}

	/** Follows one topic less; one that is not followed is no error. */
	unsubscribe(principal: Principal, channelId: string, topic: string): Promise<void> {
		return this.#leave(principal, channelId, (before) => before.filter((one) => one !== topic));
	}

	clear(principal: Principal, channelId: string): Promise<void> {
		return this.#leave(principal, channelId, () => []);
	}

	async topicsOf(principal: Principal, channelId: string): Promise<ChannelTopic[]> {
		const { topics, userId } = await this.ownChannel(principal, channelId);
		return (await this.#judging.judge(topics, userId)).map(channelTopic);
	}

	/**
	 * Connects a transport to a channel; an earlier one of the same channel is ended (one socket per channel).
	 * Resolves when everything missed has been sent. A channel that has gone meanwhile, or whose token is over, closes it.
	 * @param channel its `tokenHash` is the token that the session ends with
	 * @param from where the client says it stands; without it, where the last socket had come to
	 */
	async attach(channel: StoredChannel, transport: Transport, from?: ResumePoint): Promise<ChannelSession> {
		const session = await this.#turns.run(channel.id, () => this.#admit(channel, transport, from));
		await this.#hub.catchUp(session);
		return session;
	}

	/**
	 * The transport has gone; the channel waits for the next one. Of a session that was replaced, nothing is kept.
	 * @param pageLeft see {@link GoneListener}
	 */
	async detach(session: ChannelSession, pageLeft = false): Promise<void> {
		if (!this.#hub.remove(session, pageLeft)) return;
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
			this.#endings.end(id, "no_longer_subscribed", "The channel has expired.");
	}

	/** Ends what is open for tokens that have expired, or were not used for too long. */
	endOverdue(): Promise<void> {
		return this.#endings.endOverdue();
	}

	/** Tells everyone that the server is going, and ends their sockets. */
	async stop(): Promise<void> {
		this.#unsubscribe();
		this.#stopped.abort();
		const open = this.#hub.all();
		for (const session of open) {
			session.sendNow("v2.system.socket_closing", systemMessage(session, "SOCKET_CLOSING", "The server is stopping."));
			session.end();
		}
		await within(Promise.all(open.map((session) => session.transport.drained?.())), farewellMs).catch(() => {});
		await this.savePositions();
		for (const session of open) {
			this.#hub.remove(session);
			session.transport.close(1001, "server stopping");
		}
	}

	/** Ends what was connected before and registers the new session; what it follows is read with the session in place. */
	async #admit(channel: StoredChannel, transport: Transport, from?: ResumePoint): Promise<ChannelSession> {
		const old = this.#endings.replace(channel.id);
		const session = new ChannelSession(channel, transport);
		// From here on a revoked token, or another right, finds the session; what was before is found by reading.
		this.#hub.add(session);
		try {
			const [current, isGood] = await Promise.all([this.find(channel.id), this.#endings.check(session)]);
			if (!current) return this.#turnAway(session);
			if (current.tokenHash !== channel.tokenHash && isGood) await this.#store.bind(channel.id, channel.tokenHash);
			if (isGood) await this.#judging.admit(session, current.topics);
			session.startAt(await this.#startingPoint(current, old, from));
			if (!isGood) await this.#endings.endOfToken(session);
			return session;
		} catch (error) {
			this.#hub.remove(session);
			throw error;
		}
	}

	#turnAway(session: ChannelSession): ChannelSession {
		this.#hub.remove(session);
		session.transport.close(4004, "the channel has gone");
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
		if (!known && comparePositions(said.position, await this.#kernel.events.end()) > 0) return kept;
		return laterPoint(said, first);
	}

	#positions(): Map<string, ResumePoint> {
		return new Map(this.#hub.all().map((session) => [session.channelId, session.position]));
	}

	async #leave(principal: Principal, channelId: string, change: (topics: string[]) => string[]): Promise<void> {
		const channel = await this.ownChannel(principal, channelId);
		await this.#turns.run(channelId, async () => {
			const begun = this.#judging.changesOfRights;
			const topics = await this.#channels.changeTopics(channel, principal, change);
			await this.#followIn(channel, principal, await this.#judging.judge(topics, channel.userId), begun);
		});
	}

	/** The connected socket follows what its channel follows from now on, and lives with the token that asked for it. */
	async #followIn(
		{ id, clientId }: StoredChannel,
		principal: Principal,
		verdicts: readonly TopicVerdict[],
		begun: number,
	): Promise<void> {
		const session = this.#hub.get(id);
		if (!session) return;
		if (clientId === principal.clientId && session.tokenHash !== principal.tokenHash) {
			session.tokenHash = principal.tokenHash;
			if (!(await this.#endings.check(session))) return this.#endings.endOfToken(session);
		}
		this.#judging.follow(session, verdicts, begun);
	}

	#onEvent(event: LoggedEvent): void {
		this.#hub.deliver(event);
		this.#endings.onEvent(event);
		this.#judging.onEvent(event);
	}
}

function withoutThese(topics: readonly string[], others: readonly string[]): string[] {
	const gone = new Set(others);
	return topics.filter((topic) => !gone.has(topic));
}

function permittedOf(verdicts: readonly TopicVerdict[]): string[] {
	return verdicts.filter((verdict) => verdict.state === "Permitted").map((verdict) => verdict.topic);
}
