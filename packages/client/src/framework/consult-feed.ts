/** Tells scripts of consults: the contract's steps, and ours with all of what is known (framework-contract 8.1; agent-features 2). */
import type { ConsultStep } from "@inlay/framework";
import type { PlatformConversation, PlatformParticipant, PlatformTransfer } from "./platform-conversation.ts";

/** What the contract calls the steps of handing over. */
export type TransferStep = "blindTransfer" | "consultTransfer" | "completeConsultTransfer";

export interface ConsultFeedParts {
	step(step: TransferStep, conversationId: string): void;
	news(news: ConsultStep): unknown;
	/** Milliseconds. */
	now(): number;
}

/** What has been seen of one consult: its transfer's state, and the last transition that was told. */
interface Seen {
	state: string;
	told: ConsultStep["state"];
}

/** After these a consult is over: whatever happens in the call then is none of its transitions. */
const ends: ReadonlySet<string> = new Set<ConsultStep["state"]>([
	"completed",
	"failed",
	"cancelled",
	"customerGone",
	"destinationGone",
]);

/**
 * Watches the agent's own consults and transfers, whoever began them: the panel, a script, an integration. What was going on
 * before the first look at a conversation is no news.
 */
export class ConsultFeed {
	readonly #parts: ConsultFeedParts;
	readonly #seen = new Map<string, Seen>();
	/** Transfers without a consult, by conversation, that are told of or were there before. */
	#handedOver = new Map<string, readonly string[]>();
	#settled = false;

	constructor(parts: ConsultFeedParts) {
		this.#parts = parts;
	}

	/** The list as it is now. */
	update(conversations: readonly PlatformConversation[], userId: string): void {
		const handedOver = new Map<string, readonly string[]>();
		for (const conversation of conversations) {
			const own = (conversation.recentTransfers ?? []).filter(({ initiator }) => initiator?.userId === userId);
			// One that was left while it rang goes on as an ordinary transfer: it was a consult all the same.
			const isConsult = ({ id, transferType }: PlatformTransfer) =>
				transferType === "Attended" || this.#seen.has(id ?? "");
			for (const transfer of own.filter(isConsult)) this.#follow(conversation, transfer, userId);
			const blind = own.filter((one) => !isConsult(one)).map(({ id = "" }) => id);
			const before = this.#handedOver.get(conversation.id) ?? blind;
			for (const id of blind) if (!before.includes(id)) this.#parts.step("blindTransfer", conversation.id);
			handedOver.set(conversation.id, blind);
		}
		this.#handedOver = handedOver;
		this.#settled = true;
	}

	/** Nothing is known any more: the agent has left. */
	stop(): void {
		this.#seen.clear();
		this.#handedOver.clear();
		this.#settled = false;
	}

	#follow(conversation: PlatformConversation, transfer: PlatformTransfer, userId: string): void {
		const key = transfer.id ?? conversation.id;
		const before = this.#seen.get(key);
		if (before && ends.has(before.told)) return;
		const news = newsOf(conversation, transfer, userId, this.#parts.now());
		this.#seen.set(key, { state: transfer.state ?? "", told: news.state });
		if (!this.#settled) return;
		if (!before) this.#parts.step("consultTransfer", conversation.id);
		if (transfer.state === "Complete" && before?.state !== "Complete")
			this.#parts.step("completeConsultTransfer", conversation.id);
		if (before?.told !== news.state) this.#parts.news(news);
	}
}

const callOf = (participant: PlatformParticipant | undefined) => participant?.calls?.at(-1);

function newsOf(
	{ id, participants = [] }: PlatformConversation,
	transfer: PlatformTransfer,
	userId: string,
	now: number,
): ConsultStep {
	const own = participants.findLast((each) => each.userId === userId);
	const askedAtAll = participants.filter((each) => callOf(each)?.transferSource === own?.id);
	const asked = askedAtAll.filter((each) => isOf(transfer, each));
	const last = asked.findLast((each) => each.purpose !== "acd") ?? asked.at(-1);
	const customer = participants.find((each) => each.id === last?.consultParticipantId);
	const isAway = callOf(customer)?.held === true;
	const speakTo = isAway ? "DESTINATION" : callOf(last)?.held ? "OBJECT" : "BOTH";
	return {
		id,
		state: stateOf(transfer, speakTo, last, customer),
		destination: destinationOf(transfer, asked),
		speakTo,
		holdSeconds: isAway ? secondsSince(callOf(customer)?.startHoldTime, now) : 0,
	};
}

/** One call can see several consults: a colleague is named by each, a number by where it was dialled. */
function isOf({ destination }: PlatformTransfer, { userId, purpose }: PlatformParticipant): boolean {
	return destination?.userId ? userId === destination.userId : purpose !== "user";
}

function stateOf(
	{ state, transferType }: PlatformTransfer,
	speakTo: ConsultStep["speakTo"],
	last: PlatformParticipant | undefined,
	customer: PlatformParticipant | undefined,
): ConsultStep["state"] {
	if (state === "Complete") return "completed";
	if (state === "Failed" || state === "Timeout") return "failed";
	// Whoever hung up while it rang has handed over as by a blind transfer: it rings on.
	if (state === "Pending" || (state === "Active" && transferType !== "Attended")) return "ringing";
	if (state === "Active") return ({ DESTINATION: "private", OBJECT: "back", BOTH: "together" } as const)[speakTo];
	if (callOf(customer)?.state === "disconnected") return "customerGone";
	// Nothing is left to be handed over, and all stay (`CONFERENCE`).
	if (callOf(last)?.state === "connected") return "together";
	// Whom the agent lets go is ended by the other side; who hangs up ends their own part.
	const hasLeft = callOf(customer)?.held || callOf(last)?.disconnectType !== "peer";
	return callOf(last)?.connectedTime && hasLeft ? "destinationGone" : "cancelled";
}

function destinationOf(
	{ destination }: PlatformTransfer,
	asked: readonly PlatformParticipant[],
): ConsultStep["destination"] {
	const queue = asked.find((each) => each.purpose === "acd");
	if (queue) return { kind: "queue", id: queue.queueId ?? "", name: queue.name ?? "" };
	const [party] = asked;
	if (destination?.userId) return { kind: "user", id: destination.userId, name: party?.name ?? "" };
	return { kind: "address", id: destination?.address ?? "", name: party?.name ?? "" };
}

function secondsSince(time: string | undefined, now: number): number {
	return time ? Math.max(0, Math.round((now - Date.parse(time)) / 1000)) : 0;
}
