import type { Kernel } from "../kernel/domain.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { comparePositions } from "../kernel/events/position.ts";
import type { Principal } from "../kernel/principal.ts";
import { within } from "../kernel/time/within.ts";
import { TokenWatch } from "../kernel/tokens/token-watch.ts";
import { AtOnce } from "./at-once.ts";
import { Channels } from "./channels.ts";
import { Hub } from "./hub.ts";
import { judgeTopics, type TopicVerdict } from "./judge.ts";
import { KnownIds } from "./known-ids.ts";
import type { FollowingListener, GoneListener, SubscriptionPorts } from "./ports.ts";
import { laterPoint, type ReadPoint, type ResumePoint, readPoint } from "./resume-point.ts";
import { mayChangeRights, movedThing, sessionsToJudge } from "./rights-watch.ts";
import { ChannelSession, type Transport } from "./session.ts";
import type { ChannelKind, ChannelStore, StoredChannel } from "./store.ts";
import { type ChannelTopic, channelTopic, checkCount, followingOf, refuseRejected } from "./subscriptions.ts";
import { systemMessage, topicsDropped } from "./system-messages.ts";
import { Turns } from "./turns.ts";
import { repeatedly, untilItWorks } from "./waiting.ts";

export type { ChannelTopic };

/** How long a stopping server waits for what it has sent to leave. */
const farewellMs = 1000;
/** Sockets of which it is asked at once what they may follow: half of the connections to the database. */
const judgedAtOnce = 8;
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
	readonly #tokens: TokenWatch<ChannelSession>;
	/** Of one channel, attaching, leaving and changes of topics happen one after the other. */
	readonly #turns = new Turns();
	readonly #judges = new AtOnce(judgedAtOnce);
	readonly #strangersDoor = new AtOnce(strangersAtOnce);
	readonly #known = new KnownIds(mostKnown);
	/** Grows whenever somebody's rights may have changed: what was judged before is to be judged again. */
	#changesOfRights = 0;
	/** Sessions that are about to be judged anew, whatever else happens until then. */
	readonly #toJudge = new Set<ChannelSession>();
	readonly #stopped = new AbortController();
	readonly #unsubscribe: () => void;

	constructor(kernel: Kernel, store: ChannelStore, ports: SubscriptionPorts) {
		this.#kernel = kernel;
		this.#store = store;
		this.#ports = ports;
		this.#hub = new Hub(kernel.events, kernel.feed, kernel.log);
		this.#channels = new Channels(kernel, store, (id) => this.#hub.get(id) !== undefined);
		this.#tokens = new TokenWatch(ports.tokens, kernel.clock);
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
		for (const id of gone) this.#end(id, "no_longer_subscribed", "Another channel took this one's place.");
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
			const begun = this.#changesOfRights;
			const verdicts = await this.#judge([...new Set(asked)], channel.userId);
			if (!options.ignoreErrors) refuseRejected(verdicts);
			const permitted = permittedOf(verdicts);
			const topics = await this.#channels.changeTopics(channel, principal, (before) => {
				const after = options.replace ? permitted : [...new Set([...before, ...permitted])];
				checkCount(after);
				return after;
			});
			const others = await this.#judge(withoutThese(topics, permitted), channel.userId);
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
		return (await this.#judge(topics, userId)).map(channelTopic);
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
			this.#end(id, "no_longer_subscribed", "The channel has expired.");
	}

	/** Ends what is open for tokens that have expired, or were not used for too long. */
	async endOverdue(): Promise<void> {
		for (const session of await this.#tokens.overdue(this.#hub.all())) await this.#endOfToken(session);
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
		const old = this.#replace(channel.id);
		const session = new ChannelSession(channel, transport);
		// From here on a revoked token, or another right, finds the session; what was before is found by reading.
		this.#hub.add(session);
		try {
			const [current, isGood] = await Promise.all([this.find(channel.id), this.#tokens.check(session)]);
			if (!current) return this.#turnAway(session);
			if (current.tokenHash !== channel.tokenHash && isGood) await this.#store.bind(channel.id, channel.tokenHash);
			if (isGood) await this.#judges.run(() => this.#judgeAll(session, current.topics));
			session.startAt(await this.#startingPoint(current, old, from));
			if (!isGood) await this.#endOfToken(session);
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

	async #leave(principal: Principal, channelId: string, change: (topics: string[]) => string[]): Promise<void> {
		const channel = await this.ownChannel(principal, channelId);
		await this.#turns.run(channelId, async () => {
			const begun = this.#changesOfRights;
			const topics = await this.#channels.changeTopics(channel, principal, change);
			await this.#followIn(channel, principal, await this.#judge(topics, channel.userId), begun);
		});
	}

	#judge(topics: readonly string[], userId: string): Promise<TopicVerdict[]> {
		return judgeTopics(topics, { userId, grants: () => this.#ports.grantsOf(userId) }, this.#ports.places);
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
			if (!(await this.#tokens.check(session))) return this.#endOfToken(session);
		}
		this.#follow(session, verdicts, begun);
	}

	/** Judges all that a session follows, in its channel's turn; what is refused is followed no more. */
	async #judgeAll(session: ChannelSession, topics: readonly string[]): Promise<void> {
		const begun = this.#changesOfRights;
		const verdicts = await this.#judge(topics, session.userId);
		await this.#dropRefused(session, verdicts);
		this.#follow(session, verdicts, begun);
	}

	/** @param begun `changesOfRights` before the judging: what has changed meanwhile is looked at again */
	#follow(session: ChannelSession, verdicts: readonly TopicVerdict[], begun: number): void {
		this.#hub.follow(session, followingOf(verdicts));
		if (begun !== this.#changesOfRights) this.#judgeAnew(session);
	}

	async #dropRefused(session: ChannelSession, verdicts: readonly TopicVerdict[]): Promise<void> {
		const refused = verdicts.filter((verdict) => verdict.state !== "Permitted");
		if (refused.length === 0) return;
		const gone = new Set(refused.map((verdict) => verdict.topic));
		await this.#store.changeTopics(session.channelId, (before) => before.filter((topic) => !gone.has(topic)));
		session.sendNow("v2.subscription.updated", topicsDropped(session, refused.map(channelTopic)));
	}

	/** Nothing is told to it from this moment on, until it has been judged; then it gets what it missed and may be told. */
	#judgeAnew(session: ChannelSession): void {
		if (session.ended || this.#toJudge.has(session)) return;
		this.#toJudge.add(session);
		this.#hub.hold(session);
		void this.#turns.run(session.channelId, async () => {
			await untilItWorks(
				async () => {
					this.#toJudge.delete(session);
					const channel = session.ended ? undefined : await this.find(session.channelId);
					if (channel) await this.#judgeAll(session, channel.topics);
				},
				(error) => this.#kernel.log.warn({ err: error }, "a socket's rights could not be read; trying again"),
				this.#stopped.signal,
			);
			session.release();
		});
	}

	#end(channelId: string, kind: string, text: string, reason?: string): void {
		const session = this.#hub.get(channelId);
		if (!session) return;
		session.sendNow(`v2.system.${kind}.${channelId}`, systemMessage(session, kind.toUpperCase(), text, reason));
		this.#hub.remove(session);
		session.transport.close(4001, text);
	}

	/** Its channels go too. */
	async #endOfToken(session: ChannelSession): Promise<void> {
		const reason = await this.#ports.tokens.whyOver(session.tokenHash);
		if (this.#hub.get(session.channelId) === session)
			this.#end(session.channelId, "token_revoked", "The token is over; sign in again.", reason);
		await this.#store.removeOfTokens([session.tokenHash]);
	}

	#onEvent(event: LoggedEvent): void {
		this.#hub.deliver(event);
		if (event.type === "token.revoked") this.#onTokenRevoked(event);
		// How long tokens may go unused is a setting.
		if (event.type === "organization.changed") this.#tokens.checkSoon(this.#hub.all());
		if (!mayChangeRights(event) && movedThing(event) === undefined) return;
		this.#changesOfRights++;
		for (const session of sessionsToJudge(event, () => this.#hub.all())) this.#judgeAnew(session);
	}

	/** The channels go too; until then whoever attaches finds that the token is over. */
	#onTokenRevoked({ data }: LoggedEvent): void {
		const { tokenHash, reason } = data as { tokenHash?: string; reason?: string };
		if (!tokenHash) return;
		const own = this.#hub.all().filter((session) => session.tokenHash === tokenHash);
		for (const { channelId } of own)
			this.#end(channelId, "token_revoked", "The token was revoked; sign in again.", reason);
		void untilItWorks(
			() => this.#store.removeOfTokens([tokenHash]),
			(error) =>
				this.#kernel.log.warn({ err: error }, "channels of a revoked token could not be removed; trying again"),
			this.#stopped.signal,
		);
	}
}

function withoutThese(topics: readonly string[], others: readonly string[]): string[] {
	const gone = new Set(others);
	return topics.filter((topic) => !gone.has(topic));
}

function permittedOf(verdicts: readonly TopicVerdict[]): string[] {
	return verdicts.filter((verdict) => verdict.state === "Permitted").map((verdict) => verdict.topic);
}
