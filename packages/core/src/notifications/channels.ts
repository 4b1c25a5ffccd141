import { randomBytes } from "node:crypto";
import { together } from "../kernel/database/together.ts";
import type { Kernel } from "../kernel/domain.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { type Principal, requireUser } from "../kernel/principal.ts";
import type { ChannelKind, ChannelStore, StoredChannel } from "./store.ts";
import { maxTopics } from "./subscriptions.ts";

/** Limits of platform-api 5.1. */
export const channelLimits = { perUserAndClient: 20, topics: maxTopics, lifeMs: 24 * 3_600_000 } as const;

/** Channels as they are kept, whether or not somebody listens: whose they are, how many, how long they live. */
export class Channels {
	readonly #kernel: Kernel;
	readonly #store: ChannelStore;
	readonly #isConnected: (channelId: string) => boolean;
	readonly #read = together(
		async (ids: readonly string[]) => new Map((await this.#store.find(ids)).map((channel) => [channel.id, channel])),
	);

	constructor(kernel: Kernel, store: ChannelStore, isConnected: (channelId: string) => boolean) {
		this.#kernel = kernel;
		this.#store = store;
		this.#isConnected = isConnected;
	}

	/** @returns also the ids of those that had to go for it */
	async create(principal: Principal, kind: ChannelKind): Promise<{ channel: StoredChannel; gone: string[] }> {
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
		return { channel, gone: await this.#store.addInPlaceOf(channel, (own) => this.#surplus(own)) };
	}

	async of(principal: Principal, which: "token" | "oauthclient"): Promise<StoredChannel[]> {
		const all = await this.#store.ofOwner(requireUser(principal), principal.clientId);
		return all.filter((one) => this.#lives(one) && (which === "oauthclient" || one.tokenHash === principal.tokenHash));
	}

	/** @throws ApiError 404 for others' channels, as for none */
	async own(principal: Principal, channelId: string): Promise<StoredChannel> {
		const channel = await this.find(channelId);
		if (!channel || channel.userId !== principal.userId) throw notFound("notification channel", channelId);
		return channel;
	}

	async find(channelId: string): Promise<StoredChannel | undefined> {
		const channel = await this.#read(channelId);
		return channel && this.#lives(channel) ? channel : undefined;
	}

	/** Its life begins anew; with another token of the same client it goes on with that one, as after a refresh. */
	async changeTopics(
		channel: StoredChannel,
		principal: Principal,
		change: (topics: string[]) => string[],
	): Promise<string[]> {
		const topics = await this.#store.changeTopics(channel.id, change, {
			expiresAt: this.#expiry(),
			usedAt: this.#kernel.clock.now(),
			...(channel.clientId === principal.clientId ? { tokenHash: principal.tokenHash } : {}),
		});
		if (!topics) throw notFound("notification channel", channel.id);
		return topics;
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
		const connected = this.#isConnected(channel.id) ? Number.MAX_SAFE_INTEGER / 2 : 0;
		return connected + channel.lastUsedAt.getTime();
	}

	#expiry(): Date {
		return new Date(this.#kernel.clock.now().getTime() + channelLimits.lifeMs);
	}

	#lives(channel: StoredChannel): boolean {
		return channel.expiresAt > this.#kernel.clock.now();
	}
}
