import { type CallOutcome, outcomeOf } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiClient } from "./api.ts";
import { lastToLeave, talkOf } from "./endings.ts";
import { isOver, isWritten, type LiveInteraction } from "./interaction.ts";
import { displayAddress, partyIsLive } from "./participants.ts";
import type { WireConversation, WireList } from "./wire.ts";

/**
 * A call of this agent that is over: all that they talked in a conversation is one. Where it rang once more after that and
 * they did not come to it, this is another, with the same id.
 */
export interface RecentCall {
	/** Of this one alone. */
	key: string;
	/** Conversation id. */
	id: string;
	direction: "inbound" | "outbound";
	name: string;
	address: string;
	queueName?: string;
	/** ISO times: when it rang or was dialled, and when the agent's part ended. */
	startTime: string;
	endTime?: string;
	/** ISO; absent: the agent was never connected. */
	connectedTime?: string;
	/** Milliseconds that the agent was connected, all their parts together. */
	talkedMs?: number;
	/** The same of each part, where there were several: it was transferred away and came back. */
	turnsMs?: readonly number[] | undefined;
	outcome: CallOutcome;
	/** Who handed it over to the agent. */
	transferredBy?: string | undefined;
	/** Where it was forwarded to: numbers, or names of colleagues. */
	forwardedTo?: readonly string[] | undefined;
	/** How often it rang in vain, where that was more than once. */
	rings?: number | undefined;
	/** A mailbox answered it. */
	wentToVoicemail?: boolean | undefined;
	/** Of the agent's own part, as far as they are known: what a callback is agreed upon from. */
	participantId?: string | undefined;
	queueId?: string | undefined;
	/** The colleague who was faster, where it rang for several. */
	answeredBy?: string | undefined;
	/** The colleague with whom it was, where nobody outside was in it: called back by who they are. */
	colleagueId?: string | undefined;
	/** Whom a colleague wanted to ask about: the call was the colleague's. */
	about?: { name: string; address: string };
	/** The colleague wanted the agent in the call, and not only their word. */
	isInvitation?: boolean;
	/** Who hung up, where it was another one than whom it was with. */
	hungUpBy?: string | undefined;
	/** Where the caller was when it was read: they may be in the conversation still. */
	caller?: CallerNow;
	/** The server keeps a recording of it that the agent may hear. */
	recorded?: boolean;
	/** No call: a campaign's contact that was looked at, and taken away before anybody was called. */
	takenBack?: LiveInteraction["takenBack"];
}

/** The caller is in the conversation that the agent is out of: nobody calls back who waits, or talks to a colleague. */
export type CallerNow = "waits" | "talks";

/** `CallHistoryConversation`, as far as it is read here. */
interface WirePast {
	id: string;
	direction?: string;
	startTime?: string;
	wasCallback?: boolean;
	wentToVoicemail?: boolean;
	inlayTransferredBy?: string;
	inlayRecorded?: boolean;
	inlayAskedBy?: { id: string; name: string; into?: boolean };
	inlayForwarded?: { to: string[]; taken: boolean };
	participants?: WirePastParticipant[];
}

interface WirePastParticipant {
	id?: string;
	/** Was called for somebody who has their calls forwarded. */
	inlayForwardLeg?: boolean;
	name?: string;
	address?: string;
	purpose?: string;
	startTime?: string;
	endTime?: string;
	direction?: string;
	disconnectType?: string;
	errorInfo?: { code?: string };
	didInteract?: boolean;
	connectedTime?: string;
	user?: { id?: string; name?: string };
	queue?: { id?: string; name?: string };
}

const pageSize = 25;
const mostSeen = 100;

/** Whether the agent never came to talk to somebody who called them. */
export function isMissed({ outcome }: Pick<RecentCall, "outcome">): boolean {
	return outcome === "missed" || outcome === "declined" || outcome === "abandoned";
}

/** So far apart are a call's end and what its agent becomes by it, ms. */
const atThatMoment = 60_000;

/**
 * Whose call an agent has missed who is not responding: the newest offer of a queue alone is what that is about. A direct call that
 * they did not answer, or that went to their mailbox at once, keeps no queue from them.
 * @param since ISO; when they became so. What ended at another time is not why: it was a written interaction, which is no call
 */
export function offerMissed(calls: readonly RecentCall[], since: string | undefined): RecentCall | undefined {
	const latest = calls.find(({ direction, queueName }) => direction === "inbound" && queueName !== undefined);
	if (latest?.outcome !== "missed" && latest?.outcome !== "declined") return undefined;
	const apart = since && latest.endTime ? Math.abs(Date.parse(since) - Date.parse(latest.endTime)) : 0;
	return apart < atThatMoment ? latest : undefined;
}

/** Where the caller of a past call is now, as far as this panel hears; undefined: they are out of it, or were a colleague. */
export function callerNow(call: RecentCall, conversations: readonly WireConversation[]): CallerNow | undefined {
	if (call.about) return undefined;
	const source = conversations.find(({ id }) => id === call.id);
	return source ? callerIn((source.participants ?? []).filter(partyIsLive)) : call.caller;
}

function callerIn(there: readonly { purpose?: string }[]): CallerNow | undefined {
	if (!there.some(({ purpose }) => purpose === "customer" || purpose === "external")) return undefined;
	if (there.some(({ purpose }) => purpose === "acd")) return "waits";
	return there.some(({ purpose }) => purpose === "agent" || purpose === "user") ? "talks" : undefined;
}

/** The agent's calls that are over: what was seen to end here, before what the server remembers. */
export class RecentCalls {
	/** Newest first. */
	readonly all: ReadonlySignal<readonly RecentCall[]>;
	/** What ended while the panel looked on, the newest; until the next call or {@link dismiss}. */
	readonly last = signal<RecentCall | undefined>(undefined);
	/** There is more on the server. */
	readonly more = signal(false);
	readonly #api: ApiClient;
	readonly #userId: string;
	readonly #past = signal<readonly RecentCall[]>([]);
	readonly #seen = signal<readonly RecentCall[]>([]);
	readonly #live = new Set<string>();
	/** The call whose after-call work was seen last. */
	#wrapping: string | undefined;
	readonly #stop: () => void;
	#pages = 0;
	readonly #firsts = new Attempts();
	readonly #further = new Attempts();

	constructor(api: ApiClient, userId: string, interactions: ReadonlySignal<readonly LiveInteraction[]>) {
		this.#api = api;
		this.#userId = userId;
		this.all = computed(() => merged(this.#seen.value, this.#past.value));
		this.#stop = effect(() => this.#follow(interactions.value));
	}

	/**
	 * Reads the first page, or the next one; what was read before stays. The first is read again for what has become of calls while
	 * nobody listened: a caller who waited then may have hung up. Rejects with ApiError.
	 */
	async load(next = false): Promise<void> {
		const page = next ? this.#pages + 1 : 1;
		const isNewest = (next ? this.#further : this.#firsts).begin();
		const list = await this.#api.get<WireList<WirePast>>(
			`/conversations/calls/history?pageSize=${pageSize}&pageNumber=${page}`,
		);
		if (!isNewest()) return;
		const read = (list.entities ?? []).flatMap((each) => readPast(each, this.#userId));
		const past = this.#past.peek();
		this.#past.value = next ? merged(past, read) : merged(read, past);
		this.#pages = Math.max(page, this.#pages);
		this.more.value = (list.total ?? 0) > this.#pages * pageSize;
	}

	/** The newest of all that the server remembers with this name or number. Rejects with ApiError. */
	async find(text: string): Promise<readonly RecentCall[]> {
		const query = `pageSize=${pageSize}&search=${encodeURIComponent(text)}`;
		const list = await this.#api.get<WireList<WirePast>>(`/conversations/calls/history?${query}`);
		return (list.entities ?? []).flatMap((each) => readPast(each, this.#userId));
	}

	dismiss(): void {
		this.last.value = undefined;
	}

	dispose(): void {
		this.#stop();
	}

	#follow(interactions: readonly LiveInteraction[]): void {
		for (const interaction of interactions) {
			if (isWritten(interaction)) continue;
			if (!isOver(interaction)) {
				if (!this.#live.has(interaction.id)) this.last.value = undefined;
				this.#live.add(interaction.id);
			} else if (interaction.outcome && this.#live.delete(interaction.id))
				this.#ended(interaction, interaction.outcome);
		}
		this.#forget(interactions);
	}

	/** How a call ended that nobody calls again is told no longer than its after-call work goes on. */
	#forget(interactions: readonly LiveInteraction[]): void {
		const last = this.last.peek();
		if (!last) return;
		if (interactions.some(({ id, needsWrapup }) => id === last.id && needsWrapup)) this.#wrapping = last.id;
		else if (this.#wrapping === last.id && isDone(last)) this.last.value = undefined;
	}

	#ended(interaction: LiveInteraction, outcome: CallOutcome): void {
		const { id, direction, remoteName, remoteAddress, queueName, connectedTime, endTime, missedAgain } = interaction;
		const ended = endTime ?? new Date().toISOString();
		const before = this.#seen.peek().find((each) => each.key === id);
		const rings = !connectedTime && before && !before.connectedTime ? (before.rings ?? 1) + 1 : undefined;
		const call: RecentCall = {
			key: id,
			id,
			rings,
			participantId: interaction.participantId,
			queueId: interaction.queueId,
			direction,
			name: remoteName,
			address: remoteAddress,
			queueName,
			startTime: interaction.beganTime ?? ended,
			endTime: ended,
			connectedTime,
			talkedMs: interaction.talkedMs,
			turnsMs: interaction.turnsMs,
			outcome,
			...(outcome === "taken" ? { answeredBy: interaction.answeredBy } : {}),
			...(interaction.hungUpBy ? { hungUpBy: interaction.hungUpBy } : {}),
			...(interaction.colleagueId ? { colleagueId: interaction.colleagueId } : {}),
			...ofAsker({ name: remoteName, address: remoteAddress, outcome }, interaction.askedBy),
		};
		if (interaction.takenBack) {
			this.last.value = { ...call, takenBack: interaction.takenBack };
			return;
		}
		const missed = missedAgain && afterTalk(call, missedAgain.outcome, missedAgain);
		const ofThis = missed ? [missed, call] : [call];
		this.#seen.value = [...ofThis, ...this.#seen.peek().filter((each) => each.id !== id)].slice(0, mostSeen);
		this.last.value = missed ?? call;
	}
}

function isDone({ outcome }: RecentCall): boolean {
	return outcome === "otherHungUp" || outcome === "letGo";
}

function merged(first: readonly RecentCall[], then: readonly RecentCall[]): readonly RecentCall[] {
	// A conversation that goes on after a page was read is as it was seen here.
	const known = new Set(first.map(({ id }) => id));
	// Whether there is something to hear is the server's to say.
	const recorded = new Set(then.flatMap(({ key, recorded }) => (recorded ? key : [])));
	const seen = first.map((call) => (recorded.has(call.key) ? { ...call, recorded: true } : call));
	const all = [...seen, ...then.filter(({ id }) => !known.has(id))];
	return all.toSorted((a, b) => b.startTime.localeCompare(a.startTime));
}

/** The ring after the talk that the agent did not come to: the newest part of a conversation, and none of its talk. */
function afterTalk(
	talk: RecentCall,
	outcome: CallOutcome,
	ring: { startTime?: string | undefined; endTime?: string | undefined },
): RecentCall {
	const { id, name, address, queueName } = talk;
	const colleague = talk.colleagueId ? { colleagueId: talk.colleagueId } : {};
	const endTime = ring.endTime ?? new Date().toISOString();
	const startTime = ring.startTime ?? endTime;
	const key = `${id}/again`;
	return { key, id, direction: "inbound", name, address, queueName, startTime, endTime, outcome, ...colleague };
}

/** What of a past conversation was the agent's: nothing while their part goes on. */
function readPast(past: WirePast, userId: string): RecentCall[] {
	const parts = past.participants ?? [];
	const own = parts.filter((each) => each.user?.id === userId);
	const last = own.at(-1);
	const talked = own.filter((each) => each.didInteract);
	const counting = talked.at(-1) ?? last;
	if (!last?.endTime || !counting?.endTime) return [];
	// A callback in which nobody was reached stands with the callbacks.
	if (past.wasCallback && talked.length === 0) return [];
	const other = otherOf(parts, userId);
	const far = other && !isStaff(other) ? other : undefined;
	const outcome = ofForwarding(past) ?? outcomeOfPart(counting, far);
	if (!outcome) return [];
	const rings =
		talked.length === 0 ? own.filter((each) => isMissed({ outcome: outcomeOfPart(each) ?? "ended" })).length : 0;
	const call: RecentCall = {
		key: past.id,
		id: past.id,
		direction: counting.direction === "outbound" ? "outbound" : "inbound",
		...whoWas(other),
		queueName: counting.queue?.name,
		queueId: counting.queue?.id,
		participantId: counting.id,
		startTime: (talked[0] ?? last).startTime ?? past.startTime ?? counting.endTime,
		endTime: counting.endTime,
		connectedTime: connectedTimeOf(counting),
		...talkOf(talked),
		outcome,
		...(outcome === "otherHungUp" ? hungUpBy(parts, counting, other) : {}),
		...(past.inlayTransferredBy ? { transferredBy: past.inlayTransferredBy } : {}),
		...(past.inlayForwarded ? { forwardedTo: past.inlayForwarded.to } : {}),
		...(past.wentToVoicemail ? { wentToVoicemail: true } : {}),
		...(rings > 1 ? { rings } : {}),
		...(other && isStaff(other) && other.user?.id ? { colleagueId: other.user.id } : {}),
		...(past.inlayRecorded ? { recorded: true } : {}),
		...callerThen(parts),
		...ofAsker({ ...whoWas(other), outcome }, past.inlayAskedBy),
	};
	const missed = counting === last ? undefined : outcomeOfPart(last);
	return missed ? [afterTalk(call, missed, last), call] : [call];
}

/** As {@link hungUpByOf} has it of a conversation that is here. */
function hungUpBy(
	parts: readonly WirePastParticipant[],
	own: WirePastParticipant,
	other: WirePastParticipant | undefined,
): Pick<RecentCall, "hungUpBy"> {
	const left = parts.filter((each) => each.user?.id !== own.user?.id && each.didInteract && each.purpose !== "acd");
	const last = lastToLeave(left, ({ endTime }) => endTime, own.endTime ?? "");
	return last && last !== other ? { hungUpBy: whoWas(last).name || undefined } : {};
}

/** Whom the agent has missed is the colleague who wanted to ask them, and not the one about whom. */
function ofAsker(
	{ name, address, outcome }: Pick<RecentCall, "name" | "address" | "outcome">,
	asker: { id: string; name: string; into?: boolean } | undefined,
): Partial<RecentCall> {
	const isInvitation = asker?.into ? { isInvitation: true } : {};
	if (!asker || !isMissed({ outcome })) return isInvitation;
	const about = { name, address };
	const nobodyElse = { queueName: undefined, queueId: undefined };
	return { name: asker.name, address: "", colleagueId: asker.id, ...nobodyElse, about, ...isInvitation };
}

function callerThen(parts: readonly WirePastParticipant[]): Pick<RecentCall, "caller"> {
	const caller = callerIn(parts.filter(({ endTime }) => endTime === undefined));
	return caller ? { caller } : {};
}

/** Nobody took it where it was forwarded to: the agent has missed it as well. */
function ofForwarding({ inlayForwarded }: WirePast): CallOutcome | undefined {
	return inlayForwarded && !inlayForwarded.taken ? "missed" : undefined;
}

function connectedTimeOf({ didInteract, connectedTime, startTime }: WirePastParticipant): string | undefined {
	return didInteract ? (connectedTime ?? startTime) : undefined;
}

function outcomeOfPart(part: WirePastParticipant, far?: WirePastParticipant): CallOutcome | undefined {
	return outcomeOf({ ...part, connectedTime: connectedTimeOf(part) }, far);
}

/** With whom it was: the first outside, as in `readInteraction`; whoever was called for them later is not. */
function otherOf(parts: readonly WirePastParticipant[], userId: string): WirePastParticipant | undefined {
	const others = parts.filter((each) => each.user?.id !== userId && each.purpose !== "acd");
	const spoken = others.filter((each) => !each.inlayForwardLeg && each.purpose !== "voicemail");
	const known = spoken.length > 0 ? spoken : others;
	return known.find((each) => !isStaff(each)) ?? known.at(-1);
}

function isStaff({ user, purpose }: WirePastParticipant): boolean {
	return user !== undefined || purpose === "agent" || purpose === "user";
}

function whoWas(other: WirePastParticipant | undefined): Pick<RecentCall, "name" | "address"> {
	const address = displayAddress(other?.address);
	return { name: other?.name || other?.user?.name || address, address };
}
