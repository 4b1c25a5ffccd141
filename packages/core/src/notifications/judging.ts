import { AtOnce } from "../kernel/at-once.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import type { Logger } from "../kernel/log.ts";
import type { Hub } from "./hub.ts";
import { judgeTopics, type TopicVerdict } from "./judge.ts";
import type { SubscriptionPorts } from "./ports.ts";
import { mayChangeRights, movedThing, sessionsToJudge } from "./rights-watch.ts";
import type { ChannelSession } from "./session.ts";
import type { ChannelStore } from "./store.ts";
import { channelTopic, followingOf } from "./subscriptions.ts";
import { topicsDropped } from "./system-messages.ts";
import type { Turns } from "./turns.ts";
import { untilItWorks } from "./waiting.ts";

/** Sockets of which it is asked at once what they may follow: half of the connections to the database. */
const judgedAtOnce = 8;

export interface JudgingDeps {
	hub: Hub;
	store: Pick<ChannelStore, "changeTopics">;
	/** Of one channel, one change of topics at a time. */
	turns: Turns;
	ports: Pick<SubscriptionPorts, "grantsOf" | "places">;
	/** What a channel follows by the store; undefined where it has gone. */
	topicsOf(channelId: string): Promise<readonly string[] | undefined>;
	log: Pick<Logger, "warn">;
	/** Nothing is tried again after it. */
	stopped: AbortSignal;
}

/** What sessions may follow, for as long as they live: judged when they ask, and again whenever rights change. */
export class Judging {
	readonly #deps: JudgingDeps;
	readonly #atOnce = new AtOnce(judgedAtOnce);
	/** Grows whenever somebody's rights may have changed: what was judged before is to be judged again. */
	#changesOfRights = 0;
	/** Sessions that are about to be judged anew, whatever else happens until then. */
	readonly #toJudge = new Set<ChannelSession>();

	constructor(deps: JudgingDeps) {
		this.#deps = deps;
	}

	/** What {@link follow} is told: read before judging begins. */
	get changesOfRights(): number {
		return this.#changesOfRights;
	}

	judge(topics: readonly string[], userId: string): Promise<TopicVerdict[]> {
		const { grantsOf, places } = this.#deps.ports;
		return judgeTopics(topics, { userId, grants: () => grantsOf(userId) }, places);
	}

	/** The same as {@link judgeAll} for somebody who comes in: so many at once that the database has room for others. */
	admit(session: ChannelSession, topics: readonly string[]): Promise<void> {
		return this.#atOnce.run(() => this.judgeAll(session, topics));
	}

	/** Judges all that a session follows, in its channel's turn; what is refused is followed no more. */
	async judgeAll(session: ChannelSession, topics: readonly string[]): Promise<void> {
		const begun = this.#changesOfRights;
		const verdicts = await this.judge(topics, session.userId);
		await this.#dropRefused(session, verdicts);
		this.follow(session, verdicts, begun);
	}

	/** @param begun `changesOfRights` before the judging: what has changed meanwhile is looked at again */
	follow(session: ChannelSession, verdicts: readonly TopicVerdict[], begun: number): void {
		this.#deps.hub.follow(session, followingOf(verdicts));
		if (begun !== this.#changesOfRights) this.#judgeAnew(session);
	}

	/** What may have changed somebody's rights has whoever it may concern judged anew. */
	onEvent(event: LoggedEvent): void {
		if (!mayChangeRights(event) && movedThing(event) === undefined) return;
		this.#changesOfRights++;
		for (const session of sessionsToJudge(event, () => this.#deps.hub.all())) this.#judgeAnew(session);
	}

	async #dropRefused(session: ChannelSession, verdicts: readonly TopicVerdict[]): Promise<void> {
		const refused = verdicts.filter((verdict) => verdict.state !== "Permitted");
		if (refused.length === 0) return;
		const gone = new Set(refused.map((verdict) => verdict.topic));
		await this.#deps.store.changeTopics(session.channelId, (before) => before.filter((topic) => !gone.has(topic)));
		session.sendNow("v2.subscription.updated", topicsDropped(session, refused.map(channelTopic)));
	}

	/** Nothing is told to it from this moment on, until it has been judged; then it gets what it missed and may be told. */
	#judgeAnew(session: ChannelSession): void {
		if (session.ended || this.#toJudge.has(session)) return;
		const { hub, turns, topicsOf, log, stopped } = this.#deps;
		this.#toJudge.add(session);
		hub.hold(session);
		void turns.run(session.channelId, async () => {
			await untilItWorks(
				async () => {
					this.#toJudge.delete(session);
					const topics = session.ended ? undefined : await topicsOf(session.channelId);
					if (topics) await this.judgeAll(session, topics);
				},
				(error) => log.warn({ err: error }, "a socket's rights could not be read; trying again"),
				stopped,
			);
			session.release();
		});
	}
}
