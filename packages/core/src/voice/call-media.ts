import { isAnsweredAtOnce } from "../conversations/campaign/model.ts";
import { type Conversation, isConnected, isOutside, isStaff, type Participant } from "../conversations/model.ts";
import type { Conversations, SharedConversations } from "../conversations/service.ts";
import { isPassing } from "../kernel/database/database-errors.ts";
import { untilSaved } from "../kernel/database/until-saved.ts";
import type { Logger } from "../kernel/log.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { RecordingParts } from "../recordings/parts.ts";
import { Absences } from "./absences.ts";
import { CallRecordings } from "./call-recordings.ts";
import { CallWords, type Listeners } from "./call-words.ts";
import { type CallState, LiveCalls, type PartyMedia } from "./calls.ts";
import { Interruptions } from "./interruptions.ts";
import { lostTooOften } from "./losses.ts";
import { awaitsMedia, type MediaPlan, type PartyPlan, planMedia } from "./media-plan.ts";
import { type MailboxNews, MediaReports } from "./media-reports.ts";
import { PartyLines, type PartyMediaOptions } from "./party-media.ts";
import type { QueuePlaces } from "./queue-places/queue-places.ts";
import { scriptOf } from "./voicemail-leg.ts";
import { lineState } from "./web-line-state.ts";

/** How long a party may be without media before it counts as gone, in ms. */
export interface AbsenceLimits {
	staff: number;
	/** Of somebody outside who talks, or talked, with an agent. */
	outside: number;
	/** Of somebody outside who still waits for one: a page that was closed must not go on ringing agents. */
	waiting: number;
	/** Of somebody outside whose page said by its end that it goes: one that is loaded anew is back by then. */
	closed: number;
}

export interface CallMediaOptions extends Omit<PartyMediaOptions, "ready"> {
	conversations: Conversations;
	recordingsDir: string;
	parts: RecordingParts;
	absence: AbsenceLimits;
	/** What makes text of what is said; nothing does unless given. */
	listeners?: Listeners;
	/** How callers stand who wait; nobody is told unless given. */
	places?: Pick<QueuePlaces, "of" | "textFor" | "hears">;
	clock: Clock;
	log: Logger;
}

/** Wait before a conversation that could not be brought in line is looked at again, in ms, times the tries so far. */
const retryMs = 1000;
const maxRetries = 10;

/**
 * Makes the media of every live conversation what its document says (`media-plan.ts`), and tells conversations what
 * became of the media. Nothing here needs to survive a restart: the documents do, and everything is made anew from them.
 */
export class CallMedia {
	readonly #options: CallMediaOptions;
	readonly #calls = new LiveCalls();
	readonly #absences = new Absences();
	readonly #interruptions: Interruptions;
	readonly #lines: PartyLines;
	readonly #recordings: CallRecordings;
	readonly #words: CallWords | undefined;
	readonly #reports: MediaReports;
	/** Conversations as far as they are calls: those within others are seen alone. */
	readonly #calling: SharedConversations;
	#running = false;

	constructor(options: CallMediaOptions) {
		this.#options = options;
		const { engine, conversations, recordingsDir: dir, log } = options;
		this.#calling = conversations.ofMedium("calls");
		this.#interruptions = new Interruptions(options.webProvider, (conversationId) => this.reconcile(conversationId));
		this.#lines = new PartyLines({ ...options, ready: (conversationId) => this.reconcile(conversationId) });
		this.#recordings = new CallRecordings({
			engine,
			conversations,
			parts: options.parts,
			calls: this.#calls,
			dir,
			clock: options.clock,
			log,
			isRunning: () => this.#running,
		});
		this.#words = options.listeners && new CallWords(engine, options.listeners);
		this.#reports = new MediaReports({
			engine,
			trunks: [...options.trunks.values()],
			calls: this.#calls,
			recordings: this.#recordings,
			log,
			connected: (call) => this.reconcile(call.id),
			lost: (legId) => this.lost(legId),
			machine: async (conversationId) =>
				(await conversations.campaigns.machine(conversationId)) || conversations.callbacks.machine(conversationId),
			left: (call, participantId, ...why) => this.#leave(call.id, participantId, ...why),
			pressed: (call, ...pressed) => this.#pressed(call.id, ...pressed),
			voicemail: (call, participantId, what) => this.#tellMailbox(call.id, participantId, what),
			sound: (sound) => this.#words?.hear(this.#calls.find(sound.bridgeId), sound),
			restarted: () => this.#remakeAll(),
			changed: (conversationId) => this.reconcile(conversationId),
		});
	}

	/** Takes up all live conversations. */
	async resume(): Promise<void> {
		this.#running = true;
		for (const conversation of await this.#calling.live()) {
			// Nobody has a line yet: before anybody's silence can count, the question waits for them.
			await this.#tellQuestion(conversation, this.#calls.of(conversation.id));
			this.reconcile(conversation.id);
		}
	}

	/** Ends what runs in this process; documents stay as they are. The engine's last words are still heard. */
	stop(): void {
		this.#running = false;
		this.#absences.stop();
		this.#interruptions.stop();
		for (const call of this.#calls.all()) this.#calls.remove(call);
	}

	/** Waits until the engine's reports have been noted, and listens no more. For after the engine's own stop. */
	async close(): Promise<void> {
		await this.#reports.close();
	}

	/** Brings one conversation's media in line, after what is under way for it. */
	reconcile(conversationId: string): void {
		if (!this.#running) return;
		const call = this.#calls.of(conversationId);
		if (call.queued) return;
		call.queued = true;
		call.work = call.work
			.then(() => {
				call.queued = false;
				return this.#bringInLine(call);
			})
			.catch((error) => this.#tryAgain(call, error));
	}

	/** Sound comes from a phone of the user just now, whether or not the phone's messages reach us. */
	isHeard(userId: string): boolean {
		const parties = this.#calls.all().flatMap((call) => [...call.parties.values()]);
		return parties.some(({ session, connected, silent }) => session?.userId === userId && connected && !silent);
	}

	/** Keys towards an outside party. */
	sendDigits(conversationId: string, participantId: string, digits: string): void {
		const party = this.#calls.find(conversationId)?.parties.get(participantId);
		if (party?.connected) this.#options.engine.sendDtmf(party.legId, digits);
	}

	/** A tone for one party alone. */
	playTone(conversationId: string, participantId: string): void {
		const party = this.#calls.find(conversationId)?.parties.get(participantId);
		if (party?.connected) this.#options.engine.playTone(party.legId);
	}

	/**
	 * The page of an outside party has come or gone.
	 * @param closed it said so itself, as a page that is closed or loaded anew does
	 */
	lineChanged(conversationId: string, closed = false): void {
		const call = this.#calls.find(conversationId);
		if (call) call.pageClosed = closed;
		for (const [participantId, party] of call?.parties ?? []) {
			if (call && party.kind === "web" && this.#options.webLines.legOf(conversationId) !== party.legId)
				this.#calls.take(call, participantId);
		}
		this.reconcile(conversationId);
	}

	/** A party's leg is gone, or never came to be. It is made again, but not for ever. */
	lost(legId: string): void {
		const found = this.#calls.byLeg(legId);
		if (!found) return;
		const { call, participantId } = found;
		const party = this.#drop(call, participantId, "media lost");
		// Media that was up can be had again, however often its page is reloaded; what never comes up is tried for a while.
		const neverUp = !party?.connected;
		const tooOften = neverUp && lostTooOften(call.losses, participantId, this.#options.clock.steadyMs());
		if (party?.kind === "trunk") this.#leave(call.id, participantId, "transport.failure");
		else if (tooOften) this.#giveUp(call, participantId);
		else this.reconcile(call.id);
	}

	/** A party's leg was ended because another phone can have it. */
	abandoned(legId: string): void {
		const found = this.#calls.byLeg(legId);
		if (!found) return;
		this.#calls.take(found.call, found.participantId);
		this.reconcile(found.call.id);
	}

	async #bringInLine(call: CallState): Promise<void> {
		const found = await this.#calling.get(call.id);
		const conversation = found && (await this.#tellConnected(found, call));
		if (!this.#running) return;
		if (!conversation) return this.#finish(call);
		this.#interruptions.follow(conversation, call);
		this.#tellInterruptions(conversation, call);
		const told = this.#toldWhile(conversation, call);
		const plan = planMedia(conversation, call.interrupted, told, heardEarly(conversation, call));
		const isTold = [...plan.parties.values()].some(({ mode }) => mode.filler === `say:${told}`);
		if (told !== undefined && isTold) this.#options.places?.hears(call.id);
		for (const participant of conversation.participants) this.#party(conversation, participant, plan, call);
		this.#recordings.follow(conversation, plan.recording, call);
		this.#words?.follow(conversation, plan.isTranscribed, call);
		this.#tellPage(conversation, call);
		call.failures = 0;
		if (conversation.endTime) this.#finish(call);
	}

	/** Of how the caller stands who waits; only who can hear it is told. */
	#toldWhile({ id, participants }: Conversation, call: CallState): string | undefined {
		const isHeard = participants.some((one) => isOutside(one) && call.parties.get(one.id)?.connected);
		return isHeard ? this.#options.places?.textFor(id) : undefined;
	}

	/** Tells the document of media that it still waits for: also after a report could not be noted the first time. */
	async #tellConnected(conversation: Conversation, call: CallState): Promise<Conversation> {
		let latest = conversation;
		for (const one of conversation.participants) {
			if (!call.parties.get(one.id)?.connected || !awaitsMedia(one)) continue;
			latest = await this.#options.conversations.calls.mediaConnected(conversation.id, one.id);
			// Nobody rang: the agent is told by a tone that somebody is there (agent-features 18).
			if (isStaff(one) && isAnsweredAtOnce(conversation)) this.playTone(conversation.id, one.id);
		}
		return latest;
	}

	/** Tells the document who is not heard. The change brings the next step; the sound waits for none of it. */
	#tellInterruptions(conversation: Conversation, call: CallState): void {
		for (const { participantId, why } of this.#interruptions.news(conversation, call)) {
			this.#options.conversations.calls
				.interrupted(conversation.id, participantId, why)
				.catch((error) => this.#tryAgain(call, error));
		}
		void this.#tellQuestion(conversation, call);
	}

	async #tellQuestion(conversation: Conversation, call: CallState): Promise<void> {
		const asked = this.#interruptions.questionNews(conversation, call);
		if (!asked) return;
		await this.#options.conversations.calls
			.questionHeard(conversation.id, ...asked)
			.catch((error) => this.#tryAgain(call, error));
	}

	#party(conversation: Conversation, participant: Participant, plan: MediaPlan, call: CallState): void {
		const planned = plan.parties.get(participant.id);
		if (!planned) return;
		if (isOutdated(planned, participant, call.parties.get(participant.id))) this.#drop(call, participant.id, "success");
		const isWanted = planned.wish !== "none" && !call.givenUp.has(participant.id);
		const party =
			call.parties.get(participant.id) ?? (isWanted ? this.#make(conversation, participant, planned, call) : undefined);
		if (party && (party.connected || planned.early)) this.#lines.setMode(call, party, planned.mode);
		// A far end that rings is not absent: its trunk says when it gives up.
		const isAbsent = planned.wish === "media" && !party?.connected && party?.kind !== "trunk";
		if (isAbsent) this.#awaitParty(conversation, call, participant);
		else this.#absences.end(call.id, participant.id);
	}

	/**
	 * Starts a party's media; undefined when it cannot have any just now. Whom a campaign rang when the engine went down is not
	 * rung again: nobody knows whether their phone has rung.
	 */
	#make(
		conversation: Conversation,
		participant: Participant,
		planned: PartyPlan,
		call: CallState,
	): PartyMedia | undefined {
		if (call.rungBefore.delete(participant.id) && conversation.internal.campaign) {
			call.givenUp.add(participant.id);
			this.#leave(call.id, participant.id, "transport.failure");
			return undefined;
		}
		const made = this.#lines.make(conversation, participant, planned);
		if (made === "impossible") this.#leave(call.id, participant.id, "error");
		if (typeof made === "string") return undefined;
		this.#calls.add(call, participant.id, made);
		// A connection that was kept comes up for nobody to be told of.
		if (made.connected && awaitsMedia(participant)) this.reconcile(call.id);
		return made;
	}

	#drop(call: CallState, participantId: string, reason: string): PartyMedia | undefined {
		const party = this.#calls.take(call, participantId);
		if (party) this.#lines.end(party, reason);
		return party;
	}

	/** Waits for a party's media; when it does not come, the party is gone. */
	#awaitParty(conversation: Conversation, call: CallState, participant: Participant): void {
		const { absence } = this.#options;
		const usual = absence[absenceKind(conversation, participant)];
		const limit = isOutside(participant) && call.pageClosed ? Math.min(usual, absence.closed) : usual;
		this.#absences.start(call.id, participant.id, limit, () =>
			this.#leave(call.id, participant.id, "transport.failure"),
		);
	}

	/**
	 * The agent's caller is given another agent; who cannot be helped so is let go with an error. Until the document says so,
	 * their phone is offered nothing more.
	 */
	#giveUp(call: CallState, participantId: string): void {
		const conversationId = call.id;
		call.givenUp.add(participantId);
		const leaving = untilSaved(
			() => this.#calling.get(conversationId),
			() => this.#running,
		).then((conversation) => {
			const party = conversation?.participants.find((one) => one.id === participantId);
			const hasTalked = party && isStaff(party) && isConnected(party);
			this.#leave(conversationId, participantId, hasTalked ? "transport.failure" : "error");
		});
		leaving.catch((error) => this.#options.log.error({ err: error, conversationId }, "a call could not be read"));
	}

	#leave(...left: Parameters<Conversations["calls"]["partyLeft"]>): void {
		const [conversationId] = left;
		untilSaved(
			() => this.#options.conversations.calls.partyLeft(...left),
			() => this.#running,
		).catch((error) => {
			this.#options.log.error({ err: error, conversationId }, "a lost party could not be removed");
			const call = this.#calls.find(conversationId);
			if (call && ++call.failures <= maxRetries) this.#later(call, retryMs * call.failures);
		});
	}

	#pressed(...pressed: Parameters<Conversations["calls"]["keyPressed"]>): void {
		const [conversationId] = pressed;
		untilSaved(
			() => this.#options.conversations.calls.keyPressed(...pressed),
			() => this.#running,
		).catch((error) => this.#options.log.error({ err: error, conversationId }, "a pressed key could not be noted"));
	}

	/** The tone is over, nothing is said any more, or a key was pressed: the document says what follows. */
	#tellMailbox(conversationId: string, participantId: string, what: MailboxNews): void {
		const { calls } = this.#options.conversations;
		const tell = () =>
			typeof what === "object"
				? calls.voicemailKey(conversationId, participantId, what.digit)
				: calls.voicemail(conversationId, participantId, what);
		untilSaved(tell, () => this.#running).catch((error) =>
			this.#options.log.error({ err: error, conversationId }, "a mailbox could not go on"),
		);
	}

	#tellPage(conversation: Conversation, call: CallState): void {
		const state = lineState(conversation, call.interrupted, this.#options.places?.of(conversation.id));
		this.#options.webLines.tell(conversation.id, state);
		if (state.state === "ended") this.#options.webLines.drop(conversation.id, 1000, "the call has ended");
	}

	#finish(call: CallState): void {
		this.#absences.endAll(call.id);
		this.#interruptions.endAll(call.id);
		for (const participantId of [...call.parties.keys()]) this.#drop(call, participantId, "success");
		this.#calls.remove(call);
		if (call.bridged) this.#options.engine.closeBridge(call.id);
		this.#words?.finish(call);
	}

	/** Every leg went down with the engine: they are made again from the documents. */
	#remakeAll(): void {
		for (const call of this.#calls.all()) {
			for (const [id, { kind, connected }] of call.parties) if (kind === "trunk" && !connected) call.rungBefore.add(id);
			for (const participantId of [...call.parties.keys()]) this.#drop(call, participantId, "media lost");
			call.recordings.clear();
			call.listened = false;
			this.reconcile(call.id);
		}
	}

	#tryAgain(call: CallState, error: unknown): void {
		// While the database is away the media stays as it is: nobody gives up on a call for that.
		if (isPassing(error)) {
			this.#later(call, retryMs);
			return;
		}
		this.#options.log.error({ err: error, conversationId: call.id }, "media could not be brought in line");
		if (++call.failures <= maxRetries) this.#later(call, retryMs * call.failures);
	}

	#later(call: CallState, inMs: number): void {
		if (!this.#running) return;
		clearTimeout(call.retry);
		call.retry = setTimeout(() => this.reconcile(call.id), inMs);
	}
}

/**
 * Who is heard though they have not answered: the network's own ringing and announcements, for whoever dials. A customer who is
 * on the line already is spared them.
 */
function heardEarly({ participants }: Conversation, { parties }: CallState): ReadonlySet<string> {
	if (participants.some((one) => isOutside(one) && isConnected(one))) return new Set();
	return new Set([...parties].flatMap(([id, { early, connected }]) => (early && !connected ? [id] : [])));
}

/**
 * The party should have no media any more, or in another way: the call was answered for the user, not at a phone; or a
 * mailbox is to begin again.
 */
function isOutdated(planned: PartyPlan, { internal }: Participant, party: PartyMedia | undefined): boolean {
	if (!party) return false;
	if (party.script !== undefined && internal.voicemail && party.script !== scriptOf(internal.voicemail)) return true;
	const isRinging = party.session && !party.session.autoAnswer && !party.session.phone;
	return planned.wish === "none" || (planned.wish === "media" && isRinging === true);
}

function absenceKind(conversation: Conversation, participant: Participant): keyof AbsenceLimits {
	if (isStaff(participant)) return "staff";
	return conversation.participants.some((one) => isStaff(one) && isConnected(one)) ? "outside" : "waiting";
}
