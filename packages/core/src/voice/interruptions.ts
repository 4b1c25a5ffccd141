import type { Interruption } from "@inlay/contract";
import { callOf } from "../conversations/call/model.ts";
import { interruptionIn } from "../conversations/call/transitions/interruption.ts";
import { type Conversation, isConnected, isOutside, isStaff, type Participant } from "../conversations/model.ts";
import { Absences } from "./absences.ts";
import type { CallState } from "./calls.ts";

/** How long a party's sound may be away before it counts as interrupted: a reload takes less, in ms. */
const interruptionMs = 1000;

/** What the document has to be told of a party's sound. Without `why` something comes again. */
export interface InterruptionNews {
	participantId: string;
	why?: Interruption;
}

/** Follows who talks by the document and is not heard, as their page went or their line is cut. */
export class Interruptions {
	/** Waits of {@link interruptionMs}. */
	readonly #gaps = new Absences();
	readonly #webProvider: string;
	readonly #changed: (conversationId: string) => void;

	/** @param changed the conversation has to be looked at */
	constructor(webProvider: string, changed: (conversationId: string) => void) {
		this.#webProvider = webProvider;
		this.#changed = changed;
	}

	/** Brings `call.interrupted` up to date. */
	follow(conversation: Conversation, call: CallState): void {
		for (const participant of conversation.participants) this.#followOne(conversation, participant, call);
	}

	/**
	 * What others are to be told, by the document: that somebody is not heard who was, or who is heard again. After a start
	 * of the server nobody is told of those who have not come back yet: all are on their way.
	 */
	news(conversation: Conversation, call: CallState): InterruptionNews[] {
		return conversation.participants.filter(isConnected).flatMap((one): InterruptionNews[] => {
			const told = interruptionIn(one);
			if (told) return isHeard(call, one.id) ? [{ participantId: one.id }] : [];
			if (!call.interrupted.has(one.id) || !call.heard.has(one.id) || !isListenedTo(conversation, one)) return [];
			return [{ participantId: one.id, why: isOutside(one) && call.pageClosed ? "pageClosed" : "connection" }];
		});
	}

	/** What has to be told of the line of whoever is asked whether they may be recorded; undefined where it is known. */
	questionNews({ internal: { consent } }: Conversation, call: CallState): [string, boolean] | undefined {
		if (consent?.state !== "asked") return undefined;
		const isThere = isHeard(call, consent.partyId);
		return isThere === (consent.until !== undefined) ? undefined : [consent.partyId, isThere];
	}

	endAll(conversationId: string): void {
		this.#gaps.endAll(conversationId);
	}

	stop(): void {
		this.#gaps.stop();
	}

	/** For a moment nothing happens, as pages are reloaded. From a leg that has been silent that moment has passed. */
	#followOne(conversation: Conversation, participant: Participant, call: CallState): void {
		const { id } = participant;
		const party = call.parties.get(id);
		const isTalking = this.#talks(conversation, participant);
		if (isTalking && party?.connected && party.silent) call.interrupted.add(id);
		else if (isTalking && !party?.connected && !call.interrupted.has(id)) {
			this.#gaps.start(call.id, id, interruptionMs, () => {
				if (!call.parties.get(id)?.connected) call.interrupted.add(id);
				this.#changed(call.id);
			});
			return;
		} else if (!isTalking || party?.connected) call.interrupted.delete(id);
		this.#gaps.end(call.id, id);
	}

	#talks(conversation: Conversation, participant: Participant): boolean {
		if (!isConnected(participant)) return false;
		if (isStaff(participant)) return !callOf(participant).held;
		// A trunk says by itself when a far end has gone.
		const { provider, direction } = callOf(participant);
		const isAtPage = isOutside(participant) && provider === this.#webProvider && direction === "inbound";
		return isAtPage && isListenedTo(conversation, participant);
	}
}

function isHeard(call: CallState, participantId: string): boolean {
	const party = call.parties.get(participantId);
	return party?.connected === true && !party.silent;
}

/** Somebody of the organization talks with them, who wants to know. */
function isListenedTo(conversation: Conversation, participant: Participant): boolean {
	return conversation.participants.some((one) => one !== participant && isStaff(one) && isConnected(one));
}
