import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Conversation, callOf, isOutside, isStaff, type Participant } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import type { Logger } from "../kernel/log.ts";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";
import { type MediaPlan, type PartyPlan, planMedia } from "./media-plan.ts";
import type { SoftphoneSession, Softphones } from "./softphone.ts";
import type { Trunk } from "./trunk.ts";
import type { WebLines } from "./web-line.ts";
import { lineState } from "./web-line-state.ts";

/** How long a party may be without media before it counts as gone, in ms. */
export interface AbsenceLimits {
	staff: number;
	outside: number;
}

interface PartyMedia {
	kind: "softphone" | "web" | "trunk";
	legId: string;
	session?: SoftphoneSession;
	connected: boolean;
	/** The phone that had the leg is gone: the next phone of the user takes over. */
	orphan: boolean;
}

interface CallState {
	parties: Map<string, PartyMedia>;
	absences: Map<string, NodeJS.Timeout>;
	recording?: { id: string; paused: boolean };
	work: Promise<void>;
}

export interface CallMediaOptions {
	conversations: Conversations;
	engine: MediaEngine;
	softphones: Softphones;
	webLines: WebLines;
	/** By the provider's name; a provider without a trunk cannot call out. */
	trunks: ReadonlyMap<string, Trunk>;
	/** Providers whose outside party sits at a page. */
	webProvider: string;
	recordingsDir: string;
	absence: AbsenceLimits;
	log: Logger;
}

/**
 * Makes the media of every live conversation what its document says (`media-plan.ts`), and tells conversations what
 * became of the media. Nothing here needs to survive a restart: the documents do, and everything is made anew from them.
 */
export class CallMedia {
	readonly #options: CallMediaOptions;
	readonly #calls = new Map<string, CallState>();

	constructor(options: CallMediaOptions) {
		this.#options = options;
		options.engine.onEvent((event) => void this.#onMedia(event));
	}

	/** Takes up all live conversations; after a start and after the engine was restarted. */
	async resume(): Promise<void> {
		for (const conversation of await this.#options.conversations.live()) this.reconcile(conversation.id);
	}

	/** Brings one conversation's media in line, after what is under way for it. */
	reconcile(conversationId: string): void {
		const call = this.#calls.get(conversationId) ?? {
			parties: new Map(),
			absences: new Map(),
			work: Promise.resolve(),
		};
		this.#calls.set(conversationId, call);
		call.work = call.work
			.then(() => this.#reconcile(conversationId, call))
			.catch((error) => this.#options.log.error({ err: error, conversationId }, "media could not be brought in line"));
	}

	/** Ends what runs in this process; documents stay as they are. */
	stop(): void {
		for (const call of this.#calls.values()) for (const timer of call.absences.values()) clearTimeout(timer);
		this.#calls.clear();
	}

	/** The phone of a softphone party is gone; its leg may live on until another phone takes over. */
	phoneGone(session: SoftphoneSession): void {
		const party = this.#calls.get(session.conversationId)?.parties.get(session.participantId);
		if (party?.session === session) party.orphan = true;
	}

	/** A phone of the user has (re)connected: it takes over what an earlier phone has left behind. */
	phoneReachable(userId: string): void {
		for (const [conversationId, call] of this.#calls) {
			for (const party of call.parties.values()) {
				if (party.session?.userId === userId && party.orphan) this.reconcile(conversationId);
			}
		}
	}

	/** Keys for a party: to an outside party's own leg, or from a member of staff to everybody outside. */
	async sendDigits(conversationId: string, participantId: string, digits: string): Promise<void> {
		const conversation = await this.#options.conversations.get(conversationId);
		const target = conversation?.participants.find((one) => one.id === participantId);
		if (!conversation || !target) return;
		const targets = isOutside(target) ? [target] : conversation.participants.filter(isOutside);
		for (const one of targets)
			this.#withLeg(conversationId, one.id, (legId) => this.#options.engine.sendDtmf(legId, digits));
	}

	async #reconcile(conversationId: string, call: CallState): Promise<void> {
		const conversation = await this.#options.conversations.get(conversationId);
		if (!conversation) return;
		const plan = planMedia(conversation);
		for (const participant of conversation.participants) this.#party(conversation, participant, plan, call);
		this.#recording(conversation, plan, call);
		this.#options.webLines.tell(conversationId, lineState(conversation));
		if (conversation.endTime) this.#finish(conversationId, call);
	}

	#party(conversation: Conversation, participant: Participant, plan: MediaPlan, call: CallState): void {
		const planned = plan.parties.get(participant.id);
		if (!planned) return;
		this.#dropOutdated(participant.id, planned, call);
		if (planned.wish === "none") {
			this.#present(participant.id, call);
			return;
		}
		const party = call.parties.get(participant.id) ?? this.#make(conversation, participant, planned);
		if (party) call.parties.set(participant.id, party);
		if (party?.connected) this.#options.engine.setLeg(conversation.id, party.legId, planned.mode);
		if (planned.wish === "media" && !party?.connected) this.#absent(conversation.id, participant, call);
		else this.#present(participant.id, call);
	}

	/** Removes media that the party should no longer have, or that has to be made anew in another way. */
	#dropOutdated(participantId: string, planned: PartyPlan, call: CallState): void {
		const party = call.parties.get(participantId);
		if (!party) return;
		const answeredElsewhere =
			planned.wish === "media" && party.session && !party.session.autoAnswer && !party.session.phone;
		const takenOver = party.orphan && party.session && this.#hasOtherPhone(party.session);
		if (planned.wish !== "none" && !answeredElsewhere && !takenOver) return;
		call.parties.delete(participantId);
		if (party.session) this.#options.softphones.end(party.session, takenOver ? "replaced" : "success");
		else if (party.kind === "trunk") this.#options.engine.closeLeg(party.legId);
	}

	#hasOtherPhone(session: SoftphoneSession): boolean {
		return this.#options.softphones.isReachable(session.userId);
	}

	/** Starts a party's media; undefined when it cannot have any just now. */
	#make(conversation: Conversation, participant: Participant, planned: PartyPlan): PartyMedia | undefined {
		if (isStaff(participant)) return this.#makeSoftphone(conversation, participant, planned);
		if (callOf(participant).provider === this.#options.webProvider) return this.#makeWeb(conversation);
		return this.#makeTrunk(conversation, participant);
	}

	#makeSoftphone(conversation: Conversation, participant: Participant, planned: PartyPlan): PartyMedia | undefined {
		if (!participant.userId) return undefined;
		const session = this.#options.softphones.propose({
			conversationId: conversation.id,
			participantId: participant.id,
			userId: participant.userId,
			autoAnswer: planned.wish === "media",
		});
		return { kind: "softphone", legId: session.id, session, connected: false, orphan: false };
	}

	#makeWeb(conversation: Conversation): PartyMedia | undefined {
		const legId = this.#options.webLines.offer(conversation.id);
		return legId ? { kind: "web", legId, connected: false, orphan: false } : undefined;
	}

	#makeTrunk(conversation: Conversation, participant: Participant): PartyMedia | undefined {
		const call = callOf(participant);
		const trunk = this.#options.trunks.get(call.provider);
		if (!trunk) {
			void this.#options.conversations.partyLeft(conversation.id, participant.id, "error");
			return undefined;
		}
		const legId = randomUUID();
		trunk.place({ legId, number: participant.address ?? "", resumed: call.state === "connected" });
		return { kind: "trunk", legId, connected: false, orphan: false };
	}

	#recording(conversation: Conversation, plan: MediaPlan, call: CallState): void {
		const { engine, recordingsDir } = this.#options;
		if (plan.recording === "none") {
			if (call.recording) engine.stopRecording(call.recording.id);
			call.recording = undefined;
			return;
		}
		if (!call.recording) {
			call.recording = { id: randomUUID(), paused: false };
			engine.startRecording(
				conversation.id,
				call.recording.id,
				join(recordingsDir, `${conversation.id}.${call.recording.id}.wav`),
			);
		}
		const paused = plan.recording === "paused";
		if (call.recording.paused === paused) return;
		call.recording.paused = paused;
		engine.pauseRecording(call.recording.id, paused);
	}

	#finish(conversationId: string, call: CallState): void {
		for (const timer of call.absences.values()) clearTimeout(timer);
		this.#calls.delete(conversationId);
		this.#options.engine.closeBridge(conversationId);
		this.#options.webLines.drop(conversationId, 1000, "the call has ended");
	}

	/** Starts waiting for a party's media; when it does not come, the party is gone. */
	#absent(conversationId: string, participant: Participant, call: CallState): void {
		// A far end that rings is not absent: its trunk says when it gives up.
		if (call.absences.has(participant.id) || call.parties.get(participant.id)?.kind === "trunk") return;
		const limit = isStaff(participant) ? this.#options.absence.staff : this.#options.absence.outside;
		const timer = setTimeout(() => {
			call.absences.delete(participant.id);
			void this.#options.conversations
				.partyLeft(conversationId, participant.id, "transport.failure")
				.catch((error) => this.#options.log.error({ err: error, conversationId }, "a lost party could not be removed"));
		}, limit);
		call.absences.set(participant.id, timer);
	}

	#present(participantId: string, call: CallState): void {
		clearTimeout(call.absences.get(participantId));
		call.absences.delete(participantId);
	}

	async #onMedia(event: MediaEvent): Promise<void> {
		try {
			if (event.type === "leg-connected") await this.#onConnected(event.legId);
			if (event.type === "leg-lost") await this.#onLost(event.legId);
			if (event.type === "dtmf") this.#forwardDigit(event.legId, event.digit);
			if (event.type === "far-end") await this.#onFarEnd(event.legId, event.step);
			if (event.type === "recording-finished")
				await this.#options.conversations.recordingFinished(event.bridgeId, event);
			if (event.type === "restarted") await this.#onRestarted();
		} catch (error) {
			this.#options.log.error({ err: error, media: event.type }, "what happened to the media could not be noted");
		}
	}

	async #onConnected(legId: string): Promise<void> {
		const found = this.#find(legId);
		if (!found) return;
		found.party.connected = true;
		await this.#options.conversations.mediaConnected(found.conversationId, found.participantId);
		// A party that comes back changes no document, but its new leg has to join the bridge.
		this.reconcile(found.conversationId);
	}

	async #onLost(legId: string): Promise<void> {
		const found = this.#find(legId);
		if (!found) return;
		const { conversationId, participantId, party, call } = found;
		call.parties.delete(participantId);
		if (party.session) this.#options.softphones.end(party.session, "media lost");
		if (party.kind === "web") this.#options.webLines.forgetLeg(legId);
		if (party.kind === "trunk")
			await this.#options.conversations.partyLeft(conversationId, participantId, "transport.failure");
		this.reconcile(conversationId);
	}

	async #onFarEnd(legId: string, step: "ringing" | "answered" | "hungup"): Promise<void> {
		if (step === "answered") await this.#onConnected(legId);
		const found = this.#find(legId);
		if (step !== "hungup" || !found) return;
		const type = found.party.connected ? "peer" : "transfer.noanswer";
		await this.#options.conversations.partyLeft(found.conversationId, found.participantId, type);
	}

	/** Keys that one party presses are heard as keys by the others (RFC 4733 is not part of the mix). */
	#forwardDigit(legId: string, digit: string): void {
		const found = this.#find(legId);
		for (const party of found?.call.parties.values() ?? []) {
			if (party.legId !== legId && party.connected) this.#options.engine.sendDtmf(party.legId, digit);
		}
	}

	/** Every leg went down with the engine: drop them all and make them again. */
	async #onRestarted(): Promise<void> {
		for (const call of this.#calls.values()) {
			for (const party of call.parties.values())
				if (party.session) this.#options.softphones.end(party.session, "media lost");
			for (const party of call.parties.values())
				if (party.kind === "web") this.#options.webLines.forgetLeg(party.legId);
			call.parties.clear();
			call.recording = undefined;
		}
		await this.resume();
	}

	#withLeg(conversationId: string, participantId: string, use: (legId: string) => void): void {
		const party = this.#calls.get(conversationId)?.parties.get(participantId);
		if (party?.connected) use(party.legId);
	}

	#find(legId: string) {
		for (const [conversationId, call] of this.#calls) {
			for (const [participantId, party] of call.parties) {
				if (party.legId === legId) return { conversationId, participantId, party, call };
			}
		}
		return undefined;
	}

	/** The page of an outside party has come or gone. */
	lineChanged(conversationId: string): void {
		const call = this.#calls.get(conversationId);
		for (const [participantId, party] of call?.parties ?? []) {
			if (party.kind === "web" && this.#options.webLines.legOf(conversationId) !== party.legId)
				call?.parties.delete(participantId);
		}
		this.reconcile(conversationId);
	}
}
