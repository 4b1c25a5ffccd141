import type { LoggedEvent } from "../kernel/events/event-log.ts";
import type { Logger } from "../kernel/log.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { TokenWatch } from "../kernel/tokens/token-watch.ts";
import type { Hub } from "./hub.ts";
import type { SubscriptionPorts } from "./ports.ts";
import type { ResumePoint } from "./resume-point.ts";
import type { ChannelSession } from "./session.ts";
import type { ChannelStore } from "./store.ts";
import { systemMessage } from "./system-messages.ts";
import { untilItWorks } from "./waiting.ts";

export interface EndingsDeps {
	hub: Hub;
	store: Pick<ChannelStore, "removeOfTokens">;
	tokens: SubscriptionPorts["tokens"];
	clock: Clock;
	log: Pick<Logger, "warn">;
	/** Nothing is tried again after it. */
	stopped: AbortSignal;
}

/** What ends sessions that are open, and what they are told of it (platform-api 5.1): another socket, a token that is over. */
export class Endings {
	readonly #deps: EndingsDeps;
	readonly #tokens: TokenWatch<ChannelSession>;

	constructor(deps: EndingsDeps) {
		this.#deps = deps;
		this.#tokens = new TokenWatch(deps.tokens, deps.clock);
	}

	/** Whether the session's token is good now. */
	check(session: ChannelSession): Promise<boolean> {
		return this.#tokens.check(session);
	}

	/** Ends what is open for tokens that have expired, or were not used for too long. */
	async endOverdue(): Promise<void> {
		for (const session of await this.#tokens.overdue(this.#deps.hub.all())) await this.endOfToken(session);
	}

	/** Another socket of the same channel takes over. @returns how far the socket had come that is ended */
	replace(channelId: string): ResumePoint | undefined {
		const { hub } = this.#deps;
		const old = hub.get(channelId);
		if (!old) return undefined;
		const { position } = old;
		old.sendNow(
			`v2.system.no_longer_subscribed.${channelId}`,
			systemMessage(old, "DUPLICATE_CONNECTION", "Another socket took over."),
		);
		hub.remove(old);
		old.transport.close(4000, "replaced by another socket");
		return position;
	}

	/** @param kind of the system topic, e.g. `token_revoked` */
	end(channelId: string, kind: string, text: string, reason?: string): void {
		const { hub } = this.#deps;
		const session = hub.get(channelId);
		if (!session) return;
		session.sendNow(`v2.system.${kind}.${channelId}`, systemMessage(session, kind.toUpperCase(), text, reason));
		hub.remove(session);
		session.transport.close(4001, text);
	}

	/** Its channels go too. */
	async endOfToken(session: ChannelSession): Promise<void> {
		const { hub, store, tokens } = this.#deps;
		const reason = await tokens.whyOver(session.tokenHash);
		if (hub.get(session.channelId) === session)
			this.end(session.channelId, "token_revoked", "The token is over; sign in again.", reason);
		await store.removeOfTokens([session.tokenHash]);
	}

	onEvent(event: LoggedEvent): void {
		if (event.type === "token.revoked") this.#onTokenRevoked(event);
		// How long tokens may go unused is a setting.
		if (event.type === "organization.changed") this.#tokens.checkSoon(this.#deps.hub.all());
	}

	/** The channels go too; until then whoever attaches finds that the token is over. */
	#onTokenRevoked({ data }: LoggedEvent): void {
		const { tokenHash, reason } = data as { tokenHash?: string; reason?: string };
		if (!tokenHash) return;
		const { hub, store, log, stopped } = this.#deps;
		const own = hub.all().filter((session) => session.tokenHash === tokenHash);
		for (const { channelId } of own)
			this.end(channelId, "token_revoked", "The token was revoked; sign in again.", reason);
		void untilItWorks(
			() => store.removeOfTokens([tokenHash]),
			(error) => log.warn({ err: error }, "channels of a revoked token could not be removed; trying again"),
			stopped,
		);
	}
}
