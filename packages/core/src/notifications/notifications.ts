import { randomBytes } from "node:crypto";
import { ApiError, notFound } from "../kernel/api-error.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { LoggedEvent, Position } from "../kernel/event-log.ts";
import { type Principal, requireUser } from "../kernel/principal.ts";
import { ChannelSession, type Transport } from "./session.ts";
import type { ChannelKind, ChannelStore, StoredChannel } from "./store.ts";
import { judgeTopic } from "./topics.ts";

/** Limits of platform-api 5.1. */
export const channelLimits = { perUserAndClient: 20, topics: 1000, lifeMs: 24 * 3_600_000 } as const;

/** A topic with what became of it (`ChannelTopic`). */
export interface ChannelTopic {
	id: string;
	state: "Permitted" | "Rejected";
	rejectionReason?: string;
	missingPermissions?: string[];
}

/** Channels, what they follow, and who listens in this process. */
export class Notifications {
	readonly #kernel: Kernel;
	readonly #store: ChannelStore;
	readonly #sessions = new Map<string, ChannelSession>();

	constructor(kernel: Kernel, store: ChannelStore) {
		this.#kernel = kernel;
		this.#store = store;
		kernel.feed.subscribe((event) => this.#onEvent(event));
	}

	/** Makes a channel for the principal's user. Beyond 20 the one unused longest goes, unconnected ones first. */
	async createChannel(principal: Principal, kind: ChannelKind): Promise<StoredChannel> {
		const userId = requireUser(principal);
		await this.#makeRoom(userId, principal.clientId);
		const now = this.#kernel.clock.now();
		const channel: StoredChannel = {
			id: `${kind === "streaming" ? "streaming" : "channel"}-${randomBytes(24).toString("base64url")}`,
			userId,
			clientId: principal.clientId,
			tokenHash: principal.tokenHash,
			kind,
			topics: [],
			position: await this.#kernel.events.latest(),
			createdAt: now,
			expiresAt: new Date(now.getTime() + channelLimits.lifeMs),
			lastUsedAt: now,
		};
		await this.#store.add(channel);
		return channel;
	}

	/** Channels of the principal: of its token, or of its user with its client. */
	async channelsOf(principal: Principal, which: "token" | "oauthclient"): Promise<StoredChannel[]> {
		const all = await this.#store.ofOwner(requireUser(principal), principal.clientId);
		const now = this.#kernel.clock.now();
		return all.filter(
			(one) => one.expiresAt > now && (which === "oauthclient" || one.tokenHash === principal.tokenHash),
		);
	}

	/** The principal's own channel; anybody else's is not found. */
	async ownChannel(principal: Principal, channelId: string): Promise<StoredChannel> {
		const channel = await this.find(channelId);
		if (!channel || channel.userId !== principal.userId) throw notFound("notification channel", channelId);
		return channel;
	}

	/** A channel that has not expired. */
	async find(channelId: string): Promise<StoredChannel | undefined> {
		const channel = await this.#store.find(channelId);
		return channel && channel.expiresAt > this.#kernel.clock.now() ? channel : undefined;
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
		const verdicts = asked.map((id) => judge(id, principal, options.ignoreErrors));
		const permitted = verdicts.filter((verdict) => verdict.state === "Permitted").map((verdict) => verdict.id);
		const topics = [...new Set(options.replace ? permitted : [...channel.topics, ...permitted])];
		if (topics.length > channelLimits.topics) {
			throw new ApiError(
				400,
				"notification.subscription.too.many.subscriptions",
				"A channel follows at most {maximum} topics; this would make {count}.",
				{ params: { maximum: String(channelLimits.topics), count: String(topics.length) } },
			);
		}
		await this.#follow(channel, topics);
		return options.replace ? verdicts : [...permittedTopics(channel.topics), ...verdicts];
	}

	/** Follows one topic less; one that is not followed is no error. */
	async unsubscribe(principal: Principal, channelId: string, topic: string): Promise<void> {
		const channel = await this.ownChannel(principal, channelId);
		await this.#follow(
			channel,
			channel.topics.filter((one) => one !== topic),
		);
	}

	async clear(principal: Principal, channelId: string): Promise<void> {
		await this.#follow(await this.ownChannel(principal, channelId), []);
	}

	async topicsOf(principal: Principal, channelId: string): Promise<ChannelTopic[]> {
		return permittedTopics((await this.ownChannel(principal, channelId)).topics);
	}

	/**
	 * Connects a transport to a channel; an earlier one of the same channel is ended (one socket per channel).
	 * @param from where the client says it stands; without it, where the last socket had come to
	 */
	async attach(channel: StoredChannel, transport: Transport, from?: Position): Promise<ChannelSession> {
		this.#replaced(channel.id);
		const session = new ChannelSession({ ...channel, position: from ?? channel.position }, transport);
		session.follow(channel.topics);
		this.#sessions.set(channel.id, session);
		await session.catchUp((after, limit) => this.#kernel.events.readAfter(after, limit));
		return session;
	}

	/** The transport has gone; the channel waits for the next one. */
	async detach(session: ChannelSession): Promise<void> {
		if (this.#sessions.get(session.channelId) === session) this.#sessions.delete(session.channelId);
		await this.#store.setPosition(session.channelId, session.position, this.#kernel.clock.now());
	}

	/** Saves how far the connected channels have read: what a crash would replay at most. */
	async savePositions(): Promise<void> {
		const now = this.#kernel.clock.now();
		for (const session of this.#sessions.values())
			await this.#store.setPosition(session.channelId, session.position, now);
		await this.#store.removeExpired(now);
	}

	/** Tells everyone that the server is going, and ends their sockets. */
	async stop(): Promise<void> {
		const open = [...this.#sessions.values()];
		for (const session of open) {
			session.sendNow("v2.system.socket_closing", systemMessage(session, "SOCKET_CLOSING", "The server is stopping."));
		}
		await this.savePositions();
		for (const session of open) session.transport.close(1001, "server stopping");
	}

	async #makeRoom(userId: string, clientId: string): Promise<void> {
		const own = await this.#store.ofOwner(userId, clientId);
		const surplus = own.length - channelLimits.perUserAndClient + 1;
		if (surplus <= 0) return;
		const going = [...own].sort((a, b) => this.#evictionOrder(a) - this.#evictionOrder(b)).slice(0, surplus);
		for (const channel of going)
			this.#end(channel.id, "no_longer_subscribed", "Another channel took this one's place.");
		await this.#store.remove(going.map((channel) => channel.id));
	}

	/** Smaller goes first: the unconnected before the connected, then the one unused longest. */
	#evictionOrder(channel: StoredChannel): number {
		const connected = this.#sessions.has(channel.id) ? Number.MAX_SAFE_INTEGER / 2 : 0;
		return connected + channel.lastUsedAt.getTime();
	}

	async #follow(channel: StoredChannel, topics: string[]): Promise<void> {
		const expiresAt = new Date(this.#kernel.clock.now().getTime() + channelLimits.lifeMs);
		await this.#store.setTopics(channel.id, topics, expiresAt);
		this.#sessions.get(channel.id)?.follow(topics);
	}

	#replaced(channelId: string): void {
		const old = this.#sessions.get(channelId);
		if (!old) return;
		this.#sessions.delete(channelId);
		old.sendNow(
			`v2.system.no_longer_subscribed.${channelId}`,
			systemMessage(old, "DUPLICATE_CONNECTION", "Another socket took over."),
		);
		old.transport.close(4000, "replaced by another socket");
	}

	#end(channelId: string, kind: string, text: string): void {
		const session = this.#sessions.get(channelId);
		if (!session) return;
		this.#sessions.delete(channelId);
		session.sendNow(`v2.system.${kind}.${channelId}`, systemMessage(session, kind.toUpperCase(), text));
		session.transport.close(4001, text);
	}

	async #onEvent(event: LoggedEvent): Promise<void> {
		for (const session of this.#sessions.values()) session.offer(event);
		if (event.type === "token.revoked") await this.#onTokenRevoked(event);
	}

	async #onTokenRevoked(event: LoggedEvent): Promise<void> {
		const { tokenHash } = event.data as { tokenHash?: string };
		if (!tokenHash) return;
		const own = [...this.#sessions.values()].filter((session) => session.tokenHash === tokenHash);
		for (const session of own) this.#end(session.channelId, "token_revoked", "The token was revoked; sign in again.");
		await this.#store.removeOfToken(tokenHash);
	}
}

function judge(id: string, principal: Principal, ignoreErrors: boolean): ChannelTopic {
	const verdict = judgeTopic(id, principal);
	if (verdict.state === "Permitted") return { id, state: "Permitted" };
	if (verdict.state === "Invalid") {
		if (ignoreErrors) return { id, state: "Rejected", rejectionReason: "notification.invalid.topic" };
		throw new ApiError(400, "notification.invalid.topic", "There is no topic {topic}.", { params: { topic: id } });
	}
	const { missingPermissions } = verdict;
	if (ignoreErrors)
		return { id, state: "Rejected", rejectionReason: "notification.unauthorized.topic", missingPermissions };
	throw new ApiError(403, "notification.unauthorized.topic", "The topic {topic} needs any of {permissions}.", {
		params: { topic: id, permissions: missingPermissions.join(", ") },
	});
}

function permittedTopics(topics: readonly string[]): ChannelTopic[] {
	return topics.map((id) => ({ id, state: "Permitted" }));
}

/** `SystemMessageSystemMessage` of the SDK. */
function systemMessage(session: ChannelSession, systemTopicType: string, message: string) {
	return { channelId: session.channelId, systemTopicType, userId: session.userId, message };
}
