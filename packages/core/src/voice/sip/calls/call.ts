import type { CallFailure } from "@inlay/contract";
import { readRtpSdp } from "../../media/rtp-sdp.ts";
import type { MediaEngine, MediaEvent } from "../../media-engine.ts";
import { type DialogState, keyOfState, moveTarget, requestWithin, takesRequest } from "../dialogs/dialog.ts";
import {
	agreedTimer,
	answeredTimer,
	askedTimer,
	dueMs,
	leastOf,
	refreshedTimer,
	type SessionTimer,
	usualTimer,
} from "../dialogs/session-timer.ts";
import { cseqOf, header, type SipHeaders, type SipRequest, type SipResponse, valuesOf } from "../messages/message.ts";
import { responseTo } from "../transport/answers.ts";
import type { Asking } from "../transport/client-transactions.ts";
import type { SipPeer } from "../transport/peer.ts";
import { allowed, supported, unknownRequirements, whyNot } from "./methods.ts";

const sdpType: readonly [string, string] = ["Content-Type", "application/sdp"];

/** What a call says of itself. */
export type SipNews = Extract<MediaEvent, { type: "far-end" | "dtmf" }>;

/** A dialog that is to outlive this process. */
export interface KeptDialog {
	participantId: string;
	conversationId: string;
	trunkId: string;
	dialog: DialogState;
	timer?: SessionTimer;
	/** Our SRTP keys, base64 by suite: the next life goes on with them. */
	keys?: Readonly<Record<string, string>>;
	/** Its sound is encrypted, also where our keys are not known any more. */
	isSecret?: boolean;
}

export interface SipCallParts {
	engine: MediaEngine;
	trunkId: string;
	/** Sound has to be encrypted. */
	secure: boolean;
	/** Whether the trunk's other side is at this address, or lets calls come from there. */
	knows(address: string): boolean;
	/** Asks, and answers the question who we are. */
	ask(request: SipRequest, to: SipPeer, asking?: Asking): Promise<SipResponse>;
	say(request: SipRequest, to: SipPeer): Promise<void>;
	respond(request: SipRequest, from: SipPeer, response: SipResponse): void;
	acknowledged(invite: SipRequest): void;
	/** How long an answer or acknowledgement is waited for, ms. */
	patienceMs: number;
	tell(news: SipNews): void;
	keep(kept: KeptDialog): void;
	/** It is over: nothing is kept of it. */
	over(call: SipCall): void;
}

/** One party of ours, by its leg. */
export interface SipParty {
	legId: string;
	participantId: string;
	conversationId: string;
}

/** Wait before one's own wish is said again that met the peer's, ms (RFC 3261, section 14.1). */
const glareMs = [2100, 4000] as const;
/** Wait before an agreement is tried again that came to nothing for another reason, ms. */
const againMs = 1000;
const mostTries = 5;
/** A call that both sides have agreed on: what happens in it until it ends. How it began stands beside (outgoing.ts, incoming.ts). */
export class SipCall {
	readonly parts: SipCallParts;
	party: SipParty;
	dialog: DialogState | undefined;
	/** By this it is found by requests within it. */
	dialogKey: string | undefined;
	isOver = false;
	#timer: SessionTimer | undefined;
	#due: NodeJS.Timeout | undefined;
	/** Our newest 2xx, as long as it is not acknowledged. */
	#unacknowledged: { number: number; invite: SipRequest; offered: boolean } | undefined;
	#isTold = false;
	/** The peer takes UPDATE, which leaves the sound as it is. */
	#takesUpdate = false;
	/** An INVITE of ours is out: the peer's has to wait. */
	#isAsking = false;
	/** One of the peer's is being answered: another one that comes meanwhile has to come again. */
	#isAnswering = false;
	#ackDue: NodeJS.Timeout | undefined;
	#keys: Readonly<Record<string, string>> = {};
	#isSecret = false;

	constructor(parts: SipCallParts, party: SipParty) {
		this.parts = parts;
		this.party = party;
	}

	/** Both sides have agreed: the call is kept, and told as answered. */
	begin(dialog: DialogState, timer: SessionTimer | undefined, peerSays: SipRequest | SipResponse): void {
		this.dialog = dialog;
		this.dialogKey = keyOfState(dialog);
		this.#takesUpdate = valuesOf(peerSays.headers, "allow").includes("UPDATE");
		// Whose end is lost on the way ends by time, also where the peer asks for none.
		this.#keep(timer ?? usualTimer);
		this.tell("answered");
	}

	/** As `begin`, of our own 2xx: its ACK is still out. */
	beginAnswered(dialog: DialogState, invite: SipRequest, offered: boolean): void {
		this.#awaitAck(invite, offered);
		// Whoever does not acknowledge it does not have it (RFC 3261, section 13.3.1.4).
		this.#ackDue = setTimeout(() => this.#lose(), this.parts.patienceMs);
		this.begin(dialog, askedTimer(invite), invite);
	}

	tell(step: "ringing" | "early" | "answered" | "hungup", cause?: CallFailure): void {
		if (step === "hungup" && this.#isTold) return;
		if (step === "hungup") this.#isTold = true;
		this.parts.tell({ type: "far-end", legId: this.party.legId, step, ...(cause ? { cause } : {}) });
	}

	/** Says what both sides' timers ask, in an answer to this request. */
	timerOf(request: SipRequest): SipHeaders {
		return answeredTimer(askedTimer(request));
	}

	/** Agrees on the sound anew, from a leg that has just been made: after the media or the whole server was started again. */
	async takeUp(legId: string): Promise<void> {
		this.party = { ...this.party, legId };
		const isThere = await this.#agreeAnew(true);
		if (isThere) this.tell("answered");
	}

	/** A request of the peer's within this call. */
	async take(request: SipRequest, from: SipPeer): Promise<void> {
		const { dialog } = this;
		if (!dialog || this.isOver) return this.#answer(request, from, 481, "Call/Transaction Does Not Exist");
		// Whoever else knows the call's names, as who sits on the way to another trunk, moves nothing in it.
		if (from.address !== dialog.peer.address && !this.parts.knows(from.address))
			return this.#answer(request, from, 481, "Call/Transaction Does Not Exist");
		if (request.method === "ACK") return this.#onAck(request);
		// Keys of the sound stand in what is said here: who spoke in secret goes on so.
		if (dialog.peer.transport === "tls" && from.transport !== "tls")
			return this.#answer(request, from, 403, "Forbidden");
		if (!takesRequest(dialog, request)) return this.#answer(request, from, 500, "Server Internal Error");
		if (from.transport === "udp") dialog.peer = { ...dialog.peer, ...from };
		const unknown = unknownRequirements(request);
		if (request.method === "BYE") {
			this.#answer(request, from, 200, "OK");
			this.fail();
		} else if (unknown) this.#answer(request, from, 420, "Bad Extension", [unknown]);
		else if (request.method === "INVITE" || request.method === "UPDATE") await this.#onWish(request, from, dialog);
		else if (request.method === "INFO") this.#onInfo(request, from);
		else if (request.method === "OPTIONS") this.#answer(request, from, 200, "OK", [[...allowed], [...supported]]);
		else this.#answer(request, from, ...whyNot(request));
	}

	/** We hang up. */
	hangUp(): void {
		const { dialog } = this;
		if (this.isOver) return;
		this.#isTold = true;
		this.#end();
		if (dialog) void this.parts.ask(requestWithin(dialog, "BYE"), dialog.peer);
	}

	/** We could not speak with the peer for too long: our side is told now, the peer as soon as that can be. */
	hangUpLate(): void {
		this.#lose();
	}

	/** Without a word to the peer: the process goes, the call does not. */
	leave(): void {
		clearTimeout(this.#due);
		clearTimeout(this.#ackDue);
		this.isOver = true;
	}

	/** It came to nothing, or ended on the other side. */
	fail(cause?: CallFailure): void {
		if (this.isOver) return;
		this.#end();
		this.tell("hungup", cause);
	}

	/** The call as it was kept, in the next life of the server. */
	resume({ dialog, timer, keys = {}, isSecret = false }: Omit<KeptDialog, "participantId">): void {
		this.dialog = dialog;
		this.dialogKey = keyOfState(dialog);
		this.#keys = keys;
		this.#isSecret = isSecret;
		this.#keep(timer);
	}

	/** Our description of the sound: the answer to an offer, or an offer of our own. @throws Error in words */
	protected async describe(offer: string | undefined, { address }: Pick<SipPeer, "address">): Promise<string> {
		const { engine, secure } = this.parts;
		// What was encrypted once is offered so again, also where the trunk does not ask for it.
		const isSecret = secure || (offer === undefined && this.#isSecret);
		const asked = { address, secure: isSecret, keys: this.#keys, ...(offer === undefined ? {} : { offer }) };
		const { sdp } = await engine.openRtpLeg(this.party.legId, asked);
		const own = readRtpSdp(sdp).keys.map(({ suite, key }) => [suite, key.toString("base64")]);
		this.#keys = { ...this.#keys, ...Object.fromEntries(own) };
		this.#isSecret ||= own.length > 0;
		return sdp;
	}

	/** The peer does not answer any more, or not so that we could go on: it is told, and so is our side. */
	#lose(): void {
		this.hangUp();
		this.#isTold = false;
		this.tell("hungup");
	}

	#end(): void {
		clearTimeout(this.#due);
		clearTimeout(this.#ackDue);
		this.isOver = true;
		this.parts.engine.closeLeg(this.party.legId);
		this.parts.over(this);
	}

	/** Two cannot change the sound at once, nor one of them twice (RFC 3261, section 14.2; RFC 3311, section 5.2). */
	async #onWish(request: SipRequest, from: SipPeer, dialog: DialogState): Promise<void> {
		const changesSound = request.method === "INVITE" || request.body !== "";
		if (changesSound && this.#isAsking) return this.#answer(request, from, 491, "Request Pending");
		if (changesSound && this.#isAnswering) {
			const seconds = String(Math.floor(Math.random() * 11));
			return this.#answer(request, from, 500, "Server Internal Error", [["Retry-After", seconds]]);
		}
		this.#isAnswering ||= changesSound;
		try {
			await this.#onChange(request, from, dialog);
		} finally {
			if (changesSound) this.#isAnswering = false;
		}
	}

	/** Hold, another address, a new key: what the peer asks of the sound. */
	async #onChange(request: SipRequest, from: SipPeer, dialog: DialogState): Promise<void> {
		moveTarget(dialog, request);
		const hasOffer = request.body !== "";
		const timer = askedTimer(request);
		try {
			const { legId } = this.party;
			const sdp = hasOffer || request.method === "INVITE" ? await this.describe(request.body || undefined, from) : "";
			if (this.isOver) {
				// Ended while the leg was made: nobody else closes it.
				this.parts.engine.closeLeg(legId);
				return this.#answer(request, from, 487, "Request Terminated");
			}
			if (request.method === "INVITE") this.#awaitAck(request, hasOffer);
			const said: SipHeaders = [["Contact", dialog.contact], [...allowed], [...supported], ...answeredTimer(timer)];
			this.#answer(request, from, 200, "OK", [...said, ...(sdp ? [[...sdpType] as [string, string]] : [])], sdp);
			// Said no more, the peer's timer holds no more (RFC 4028, section 7.2): ours does.
			this.#keep(timer ?? usualTimer);
		} catch {
			this.#answer(request, from, 488, "Not Acceptable Here");
		}
	}

	/** Whoever asks anew has had our answer to what was asked before (RFC 3261, section 14.1): its offer is not in force any more. */
	#awaitAck(invite: SipRequest, offered: boolean): void {
		if (this.#unacknowledged) this.parts.acknowledged(this.#unacknowledged.invite);
		this.#unacknowledged = { number: cseqOf(invite).number, invite, offered };
	}

	#onAck(ack: SipRequest): void {
		const waiting = this.#unacknowledged;
		if (waiting?.number !== cseqOf(ack).number) return;
		this.#unacknowledged = undefined;
		clearTimeout(this.#ackDue);
		this.parts.acknowledged(waiting.invite);
		// It has had our answer, so it is where it says: that confirms its offer.
		this.parts.engine.acceptAnswer(this.party.legId, waiting.offered ? waiting.invite.body : ack.body);
	}

	/** Keys by signalling, as some gateways send them. */
	#onInfo(request: SipRequest, from: SipPeer): void {
		const isKeys = /^application\/dtmf/i.test(header(request, "content-type") ?? "");
		const digit = /^(?:\s*signal\s*=\s*)?([0-9*#A-D])\s*$/im.exec(isKeys ? request.body.trim() : "")?.[1];
		this.#answer(request, from, 200, "OK");
		if (digit) this.parts.tell({ type: "dtmf", legId: this.party.legId, digit });
	}

	/**
	 * @param isNewLeg without an agreement there is no sound; otherwise the call stays as it was (RFC 3261, section 14.1)
	 * @returns whether the call goes on
	 */
	async #agreeAnew(isNewLeg: boolean): Promise<boolean> {
		for (let tries = 1; ; tries++) {
			const response = await this.#offerAnew();
			if (this.isOver) return false;
			const status = response?.status ?? 500;
			if (status < 300) return true;
			if (status === 481) this.fail();
			else if (status === 408 || (isNewLeg && tries === mostTries)) this.#lose();
			if (this.isOver) return false;
			if (status === 422 && response && this.#timer)
				this.#timer = { ...this.#timer, seconds: Math.max(this.#timer.seconds, leastOf(response) ?? 0) };
			else if (status !== 491 && !isNewLeg) tries = mostTries;
			if (tries >= mostTries) {
				this.#keep(this.#timer);
				return true;
			}
			const [least, most] = status === 491 ? glareMs : [againMs, againMs];
			await new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
			if (this.isOver) return false;
		}
	}

	/** @returns undefined where we have no sound to describe, as while the media process is away */
	async #offerAnew(): Promise<SipResponse | undefined> {
		const { dialog } = this;
		if (!dialog || this.isOver) return undefined;
		this.#isAsking = true;
		try {
			const { legId } = this.party;
			const sdp = await this.describe(undefined, dialog.peer);
			// Ended while the leg was made: nobody else closes it.
			if (this.isOver) {
				this.parts.engine.closeLeg(legId);
				return undefined;
			}
			const said: SipHeaders = [[...allowed], [...supported], ...refreshedTimer(this.#timer), [...sdpType]];
			// One that is answered by 100 alone is given up by us: nobody else would.
			const late = AbortSignal.timeout(this.parts.patienceMs);
			const response = await this.#ask(dialog, "INVITE", said, sdp, { cancel: late });
			if (response.status >= 300) return late.aborted ? { ...response, status: 408 } : response;
			moveTarget(dialog, response);
			void this.parts.say(requestWithin(dialog, "ACK", { cseq: cseqOf(response).number }), dialog.peer);
			if (this.isOver) return response;
			this.parts.engine.acceptAnswer(this.party.legId, response.body);
			this.#keep(agreedTimer(response) ?? this.#timer);
			return response;
		} catch {
			return undefined;
		} finally {
			this.#isAsking = false;
		}
	}

	/** Asks within the dialog. Asked who we are, a request goes out again under the next number, which its answer tells. */
	async #ask(
		dialog: DialogState,
		method: string,
		headers: SipHeaders,
		body = "",
		asking: Asking = {},
	): Promise<SipResponse> {
		const response = await this.parts.ask(requestWithin(dialog, method, { headers, body }), dialog.peer, asking);
		dialog.localCseq = Math.max(dialog.localCseq, cseqOf(response).number || 0);
		return response;
	}

	#keep(timer: SessionTimer | undefined): void {
		const { dialog } = this;
		if (!dialog || this.isOver) return;
		this.#timer = timer;
		clearTimeout(this.#due);
		if (timer) this.#due = setTimeout(() => void this.#onDue(timer), dueMs(timer));
		const { participantId, conversationId } = this.party;
		this.parts.keep({
			...{ participantId, conversationId, trunkId: this.parts.trunkId, dialog, keys: this.#keys },
			...(this.#isSecret ? { isSecret: true } : {}),
			...(timer ? { timer } : {}),
		});
	}

	/** Half of the time is over, and we are to say that we are there; or the peer has not said so in time. */
	async #onDue(timer: SessionTimer): Promise<void> {
		const { dialog } = this;
		if (!dialog || this.isOver) return;
		if (!timer.isOurs) return this.#lose();
		if (!this.#takesUpdate) return void (await this.#agreeAnew(false));
		const headers: SipHeaders = [[...supported], ...refreshedTimer(timer)];
		const response = await this.#ask(dialog, "UPDATE", headers);
		const { status } = response;
		if (this.isOver) return;
		if (status < 300) this.#keep(agreedTimer(response) ?? timer);
		else if (status === 481) this.fail();
		else if (status === 408) this.#lose();
		else await this.#agreeAnew(false);
	}

	#answer(
		request: SipRequest,
		from: SipPeer,
		status: number,
		reason: string,
		headers: SipHeaders = [],
		body = "",
	): void {
		this.parts.respond(request, from, responseTo(request, status, reason, { headers, body }));
	}
}
