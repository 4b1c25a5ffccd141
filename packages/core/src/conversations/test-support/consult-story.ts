import type { SpeakTo } from "../call/consult/model.ts";
import { callOf } from "../call/model.ts";
import type { CallContext } from "../call/rules/model.ts";
import { inboundConversation } from "../call/transitions/create.ts";
import { type Conversation, findParticipant, isLive, isUnheard, type QueueFacts, type UserParty } from "../model.ts";
import { type Command, transition } from "../transitions/transition.ts";

/** When the story begins, ms since 1970. */
export const start = Date.parse("2026-01-05T09:00:00Z");
const support: QueueFacts = { id: "support", name: "Support", wrapupPrompt: "mandatory" };
export const sales: QueueFacts = { id: "sales", name: "Sales", wrapupPrompt: "optional" };
export const ben = { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 30_000 } as const;
export const number = { kind: "outside", address: "+4930555099" } as const;

/** A call as it goes, a second after the other; people are named by their user id, queue or number. */
export class Story {
	now: Conversation;
	second = 0;
	#ids = 0;
	ringing = new Set<string>();

	readonly #away: readonly string[];
	readonly #rules: CallContext;

	/** @param away whose phones are signed out */
	constructor({ away = [], ...rules }: { away?: readonly string[] } & CallContext = {}) {
		this.#away = away;
		this.#rules = rules;
		this.now = inboundConversation(
			{
				customer: { name: "Carol", address: "+49305550101" },
				dnis: "+4930555000",
				queue: support,
				divisionId: "home",
				provider: "test",
			},
			this.#context(),
		);
	}

	#context() {
		return {
			...this.#rules,
			now: new Date(start + this.second * 1000),
			newId: () => `id-${++this.#ids}`,
			isRinging: (userId: string) => this.ringing.has(userId),
			isReachable: (userId: string) => !this.#away.includes(userId),
		};
	}

	id(who: string): string {
		const found = this.now.participants.findLast((one) => [one.userId, one.queueId, one.address].includes(who));
		const byQueue = this.now.participants.findLast((one) => one.purpose === "acd" && one.queueId === who);
		return (byQueue ?? found)?.id ?? `nobody called ${who}`;
	}
	get customer() {
		return this.now.participants[0]?.id ?? "";
	}
	party(who: string) {
		const party = findParticipant(this.now, who === "customer" ? this.customer : this.id(who));
		if (!party) throw new Error(`There is no ${who}.`);
		return party;
	}
	do(command: Command): this {
		this.second++;
		this.now = transition(this.now, command, this.#context());
		return this;
	}
	after(seconds: number): this {
		this.second += seconds - 1;
		return this;
	}
	consult(
		target: (typeof ben & Pick<UserParty, "forwarding">) | { kind: "queue"; queue: QueueFacts } | typeof number,
		speakTo: SpeakTo = "DESTINATION",
	): this {
		return this.do({ type: "consult.start", participantId: this.customer, userId: "anna", target, speakTo });
	}
	speak(speakTo: SpeakTo, userId = "anna"): this {
		return this.do({ type: "consult.speak", participantId: this.customer, speakTo, userId });
	}
	cancel(): this {
		return this.do({ type: "consult.cancel", participantId: this.customer, userId: "anna" });
	}
	answer(who: string): this {
		return this.do({ type: "media.connected", participantId: this.id(who) });
	}
	leaves(who: string, why: "client" | "endpoint" | "transport.failure" | "peer" = "client"): this {
		const participantId = who === "customer" ? this.customer : this.id(who);
		return this.do({ type: "leave", participantId, why });
	}
	press(who: string, digit: string): this {
		return this.do({ type: "forward.pressed", participantId: this.id(who), digit });
	}
	ringsOut(who: string): this {
		return this.do({ type: "alerting.over", participantId: this.id(who) });
	}
	offer(userId: string, queueId: string): this {
		return this.do({ type: "offer", offer: { queueId, userId, userName: userId, timeoutMs: 20_000 } });
	}
	/** Who hears whom: each live party's name and state; in brackets who is given music. */
	get scene(): string {
		return this.now.participants
			.filter(isLive)
			.map((one) => {
				const name =
					one.userId ??
					(one.purpose === "acd" ? `queue ${one.queueId}` : one.id === this.customer ? "customer" : "outside");
				const text = one.purpose === "acd" ? name : `${name} ${callOf(one).state}`;
				return isUnheard(one) ? `(${text})` : text;
			})
			.join(", ");
	}
	get transfer() {
		return this.now.recentTransfers.map((one) => `${one.state} ${one.transferType}`).join(", ");
	}
}

/** Anna talks with the customer, who came by Support at second 1. */
export const talking = (rules: CallContext = {}) => {
	const story = new Story(rules);
	return story.do({ type: "media.connected", participantId: story.customer }).offer("anna", "support").answer("anna");
};
export const ringing = () => talking().consult(ben);
export const asking = () => ringing().answer("ben");
