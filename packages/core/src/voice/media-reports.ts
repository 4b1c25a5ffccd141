import type { CallFailure } from "@inlay/contract";
import { refusingDigit } from "../conversations/call/consent.ts";
import type { DisconnectType } from "../conversations/communication.ts";
import type { Logger } from "../kernel/log.ts";
import type { CallRecordings } from "./call-recordings.ts";
import type { CallState, LiveCalls, PartyMedia } from "./calls.ts";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";
import type { Trunk } from "./trunk.ts";

export type MailboxNews = "record" | "over" | { digit: string };

export interface MediaReportOptions {
	engine: MediaEngine;
	trunks: readonly Trunk[];
	calls: LiveCalls;
	recordings: CallRecordings;
	log: Logger;
	/** A party's media is up. */
	connected(call: CallState): void;
	/** A leg is gone. */
	lost(legId: string): void;
	/** An answering machine has answered. @returns whether it was let go of */
	machine(conversationId: string): Promise<boolean>;
	/** A far end hung up. */
	left(call: CallState, participantId: string, why: DisconnectType, failure?: CallFailure): void;
	/** Somebody who hears the question whether they take a call has pressed a key. */
	pressed(call: CallState, participantId: string, digit: string): void;
	/** A mailbox's own leg has come to the end of its tone, or to a silence; or a key was pressed by who speaks to it. */
	voicemail(call: CallState, participantId: string, what: MailboxNews): void;
	/** What was said in a call that is listened to. */
	sound(sound: Extract<MediaEvent, { type: "sound" }>): void;
	/** Every leg is gone with the engine's process. */
	restarted(): void;
	/** The conversation has to be looked at. */
	changed(conversationId: string): void;
}

/** Reads what the engine says and tells the calls. */
export class MediaReports {
	readonly #options: MediaReportOptions;
	readonly #unsubscribe: () => void;
	readonly #noting = new Set<Promise<void>>();

	constructor(options: MediaReportOptions) {
		this.#options = options;
		const listen = (event: MediaEvent) => this.#on(event);
		const stops = [options.engine.onEvent(listen), ...options.trunks.map((trunk) => trunk.onNews(listen))];
		this.#unsubscribe = () => {
			for (const stop of stops) stop();
		};
	}

	/** Listens no more, and waits until what was heard is noted. */
	async close(): Promise<void> {
		this.#unsubscribe();
		await Promise.all(this.#noting);
	}

	#on(event: MediaEvent): void {
		const { recordings, lost, restarted } = this.#options;
		if (event.type === "leg-connected") this.#onConnected(event.legId);
		if (event.type === "leg-lost") lost(event.legId);
		if (event.type === "leg-silent" || event.type === "leg-heard") this.#onSilence(event);
		if (event.type === "dtmf") this.#forwardDigit(event.legId, event.digit);
		if (event.type === "far-end") this.#onFarEnd(event);
		if (event.type === "recording-finished") this.#note(event.bridgeId, recordings.finished(event));
		if (event.type === "recording-marked") this.#note(event.bridgeId, recordings.marked(event));
		if (event.type === "recording-failed") this.#note(event.bridgeId, recordings.failed(event));
		if (event.type === "sound") this.#options.sound(event);
		if (event.type === "restarted") restarted();
	}

	#onConnected(legId: string): void {
		const found = this.#options.calls.byLeg(legId);
		if (!found) return;
		found.party.connected = true;
		found.call.heard.add(found.participantId);
		this.#options.connected(found.call);
	}

	#onSilence({ type, legId }: Extract<MediaEvent, { type: "leg-silent" | "leg-heard" }>): void {
		const found = this.#options.calls.byLeg(legId);
		if (!found) return;
		found.party.silent = type === "leg-silent";
		this.#options.changed(found.call.id);
	}

	#onFarEnd({ legId, step, cause }: Extract<MediaEvent, { type: "far-end" }>): void {
		if (step === "answered") this.#onConnected(legId);
		const found = this.#options.calls.byLeg(legId);
		if (found && step === "early") this.#onEarly(found.call, found.party);
		if (found && step === "machine") this.#onMachine(found.call, legId);
		if (found && step === "done") this.#options.voicemail(found.call, found.participantId, "record");
		if (found && step === "silent") this.#options.voicemail(found.call, found.participantId, "over");
		if (step !== "hungup" || !found) return;
		const { call, participantId, party } = found;
		// Who has answered for somebody else and has not taken the call has not been reached.
		const isReached = party.connected && party.mode?.filler !== "take";
		if (isReached) this.#options.left(call, participantId, "endpoint");
		else this.#options.left(call, participantId, "transfer.noanswer", cause ?? "noAnswer");
	}

	#onEarly(call: CallState, party: PartyMedia): void {
		party.early = true;
		this.#options.changed(call.id);
	}

	/** Who is to be talked to is talked to all the same: only whoever calls for nobody yet lets machines go. */
	#onMachine({ id }: CallState, legId: string): void {
		const { machine, log } = this.#options;
		machine(id)
			.catch((error) => log.error({ err: error, conversationId: id }, "an answering machine could not be noted"))
			.then((isLetGo) => isLetGo !== true && this.#onConnected(legId));
	}

	/** Keys that one side presses are heard as keys by the other (RFC 4733 is not part of the mix), unless one is held. */
	#forwardDigit(legId: string, digit: string): void {
		const found = this.#options.calls.byLeg(legId);
		// Who agreed a moment ago may say no while they hear the question no more, also after their page was loaded anew.
		const mayRefuse = found?.party.kind !== "softphone" && digit === refusingDigit;
		if (found && (isAsked(found.party.mode?.filler) || mayRefuse))
			this.#options.pressed(found.call, found.participantId, digit);
		if (!found || found.party.mode?.held) return;
		const isStaff = found.party.kind === "softphone";
		for (const [participantId, party] of found.call.parties) {
			if (party.kind === "voicemail") this.#options.voicemail(found.call, participantId, { digit });
			const isOtherSide = (party.kind === "softphone") !== isStaff;
			if (isOtherSide && party.connected && !party.mode?.held) this.#options.engine.sendDtmf(party.legId, digit);
		}
	}

	#note(conversationId: string, noting: Promise<boolean>): void {
		const noted = noting
			.then((goesOn) => {
				if (goesOn) this.#options.changed(conversationId);
			})
			.catch((error) => this.#options.log.error({ err: error, conversationId }, "a recording could not be registered"))
			.finally(() => this.#noting.delete(noted));
		this.#noting.add(noted);
	}
}

/** Hears a question: what they press is the answer, and nobody else hears it. */
const isAsked = (filler: string | undefined) => filler === "take" || filler?.startsWith("say:") === true;
