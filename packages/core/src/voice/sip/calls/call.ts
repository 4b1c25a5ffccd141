import type { CallFailure } from "@inlay/contract";
import { readRtpSdp } from "../../media/rtp-sdp.ts";
import type { MediaEngine, MediaEvent } from "../../media-engine.ts";
import { type DialogState, moveTarget, requestWithin, takesRequest } from "../dialogs/dialog.ts";
import {
	agreedTimer,
	answeredTimer,
	askedTimer,
	dueMs,
	refreshedTimer,
	type SessionTimer,
} from "../dialogs/session-timer.ts";
import { cseqOf, header, type SipHeaders, type SipRequest, type SipResponse, valuesOf } from "../messages/message.ts";
import type { SipPeer } from "../transport/peer.ts";
import type { Asking } from "../transport/transactions.ts";
import { responseTo } from "../transport/transactions.ts";

/** What is taken within a call. */
export const allowed: readonly [string, string] = ["Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO"];
export const supported: readonly [string, string] = ["Supported", "timer"];
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
}

export interface SipCallParts {
	engine: MediaEngine;
	trunkId: string;
	/** Sound has to be encrypted. */
	secure: boolean;
	/** Asks, and answers the question who we are. */
	ask(request: SipRequest, to: SipPeer, asking?: Asking): Promise<SipResponse>;
	say(request: SipRequest, to: SipPeer): Promise<void>;
	respond(request: SipRequest, from: SipPeer, response: SipResponse): void;
	acknowledged(invite: SipRequest): void;
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
const mostGlares = 5;

/** A call that both sides have agreed on: what happens in it until it ends. How it began stands beside (outgoing.ts, incoming.ts). */
export class SipCall {
	readonly parts: SipCallParts;
	party: SipParty;
	dialog: DialogState | undefined;
	isOver = false;
	#timer: SessionTimer | undefined;
	#due: NodeJS.Timeout | undefined;
	/** Our 2xx to an INVITE that brought no offer: the answer comes with its ACK. */
	#unacknowledged: { invite: SipRequest; offered: boolean } | undefined;
	#isTold = false;
	/** The peer takes UPDATE, which leaves the sound as it is. */
	#takesUpdate = false;
	#keys: Readonly<Record<string, string>> = {};

	constructor(parts: SipCallParts, party: SipParty) {
		this.parts = parts;
		this.party = party;
	}

	/** Both sides have agreed: the call is kept, and told as answered. */
	begin(dialog: DialogState, timer: SessionTimer | undefined, peerSays: SipRequest | SipResponse): void {
		this.dialog = dialog;
		this.#takesUpdate = valuesOf(peerSays.headers, "allow").includes("UPDATE");
		this.#keep(timer);
		this.tell("answered");
	}

	/** As `begin`, of our own 2xx: its ACK is still out. */
	beginAnswered(dialog: DialogState, invite: SipRequest, offered: boolean): void {
		this.#unacknowledged = { invite, offered };
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
		const isThere = await this.#agreeAnew(refreshedTimer(this.#timer));
		if (isThere) this.tell("answered");
	}

	/** A request of the peer's within this call. */
	async take(request: SipRequest, from: SipPeer): Promise<void> {
		const { dialog } = this;
		if (!dialog || this.isOver) return this.#answer(request, from, 481, "Call/Transaction Does Not Exist");
		if (request.method === "ACK") return this.#onAck(request);
		if (!takesRequest(dialog, request)) return this.#answer(request, from, 500, "Server Internal Error");
		dialog.peer = { ...dialog.peer, ...from };
		if (request.method === "BYE") {
			this.#answer(request, from, 200, "OK");
			this.#end();
			this.tell("hungup");
		} else if (request.method === "INVITE" || request.method === "UPDATE") await this.#onChange(request, from, dialog);
		else if (request.method === "INFO") this.#onInfo(request, from);
		else if (request.method === "OPTIONS") this.#answer(request, from, 200, "OK", [[...allowed], [...supported]]);
		else this.#answer(request, from, 405, "Method Not Allowed", [[...allowed]]);
	}

	/** We hang up. */
	hangUp(): void {
		const { dialog } = this;
		if (this.isOver) return;
		this.#isTold = true;
		this.#end();
		if (dialog) void this.parts.ask(requestWithin(dialog, "BYE"), dialog.peer);
	}

	/** Without a word to the peer: the process goes, the call does not. */
	leave(): void {
		clearTimeout(this.#due);
		this.isOver = true;
	}

	/** It came to nothing, or ended on the other side. */
	fail(cause?: CallFailure): void {
		if (this.isOver) return;
		this.#end();
		this.tell("hungup", cause);
	}

	/** The call as it was kept, in the next life of the server. */
	resume({ dialog, timer, keys = {} }: Pick<KeptDialog, "dialog" | "timer" | "keys">): void {
		this.dialog = dialog;
		this.#keys = keys;
		this.#keep(timer);
	}

	/** Our description of the sound: the answer to an offer, or an offer of our own. @throws Error in words */
	protected async describe(offer: string | undefined, { address }: Pick<SipPeer, "address">): Promise<string> {
		const { engine, secure } = this.parts;
		const asked = { address, secure, keys: this.#keys, ...(offer === undefined ? {} : { offer }) };
		const { sdp } = await engine.openRtpLeg(this.party.legId, asked);
		const own = readRtpSdp(sdp).keys.map(({ suite, key }) => [suite, key.toString("base64")]);
		this.#keys = { ...this.#keys, ...Object.fromEntries(own) };
		return sdp;
	}

	#end(): void {
		clearTimeout(this.#due);
		this.isOver = true;
		this.parts.engine.closeLeg(this.party.legId);
		this.parts.over(this);
	}

	/** Hold, another address, a new key: what the peer asks of the sound. */
	async #onChange(request: SipRequest, from: SipPeer, dialog: DialogState): Promise<void> {
		moveTarget(dialog, request);
		const hasOffer = request.body !== "";
		const timer = askedTimer(request) ?? this.#timer;
		try {
			const sdp = hasOffer || request.method === "INVITE" ? await this.describe(request.body || undefined, from) : "";
			if (request.method === "INVITE") this.#unacknowledged = { invite: request, offered: hasOffer };
			const said: SipHeaders = [["Contact", dialog.contact], [...allowed], [...supported], ...answeredTimer(timer)];
			this.#answer(request, from, 200, "OK", [...said, ...(sdp ? [[...sdpType] as [string, string]] : [])], sdp);
			this.#keep(timer);
		} catch {
			this.#answer(request, from, 488, "Not Acceptable Here");
		}
	}

	#onAck(ack: SipRequest): void {
		const waiting = this.#unacknowledged;
		this.#unacknowledged = undefined;
		if (!waiting) return;
		this.parts.acknowledged(waiting.invite);
		if (!waiting.offered) this.parts.engine.acceptAnswer(this.party.legId, ack.body);
	}

	/** Keys by signalling, as some gateways send them. */
	#onInfo(request: SipRequest, from: SipPeer): void {
		const isKeys = /^application\/dtmf/i.test(header(request, "content-type") ?? "");
		const digit = /^(?:\s*signal\s*=\s*)?([0-9*#A-D])\b/im.exec(isKeys ? request.body.trim() : "")?.[1];
		this.#answer(request, from, 200, "OK");
		if (digit) this.parts.tell({ type: "dtmf", legId: this.party.legId, digit });
	}

	/** @returns whether the peer is still there, and the sound with it */
	async #agreeAnew(headers: SipHeaders, glares = 0): Promise<boolean> {
		const { dialog } = this;
		if (!dialog || this.isOver) return false;
		try {
			const sdp = await this.describe(undefined, dialog.peer);
			const said: SipHeaders = [[...allowed], [...supported], ...headers, [...sdpType]];
			const response = await this.#ask(dialog, "INVITE", said, sdp);
			if (response.status === 491 && glares < mostGlares) {
				const [least, most] = glareMs;
				await new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
				return this.#agreeAnew(headers, glares + 1);
			}
			if (response.status >= 300) throw new Error(`${response.status} ${response.reason}`);
			moveTarget(dialog, response);
			void this.parts.say(requestWithin(dialog, "ACK", { cseq: cseqOf(response).number }), dialog.peer);
			this.parts.engine.acceptAnswer(this.party.legId, response.body);
			this.#keep(agreedTimer(response) ?? this.#timer);
			return true;
		} catch {
			this.fail();
			return false;
		}
	}

	/** Asks within the dialog. Asked who we are, a request goes out again under the next number, which its answer tells. */
	async #ask(dialog: DialogState, method: string, headers: SipHeaders, body = ""): Promise<SipResponse> {
		const response = await this.parts.ask(requestWithin(dialog, method, { headers, body }), dialog.peer);
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
			...(timer ? { timer } : {}),
		});
	}

	/** Half of the time is over, and we are to say that we are there; or the peer has not said so in time. */
	async #onDue(timer: SessionTimer): Promise<void> {
		const { dialog } = this;
		if (!dialog || this.isOver) return;
		if (!timer.isOurs) {
			this.hangUp();
			this.#isTold = false;
			return this.tell("hungup");
		}
		if (!this.#takesUpdate) return void (await this.#agreeAnew(refreshedTimer(timer)));
		const headers: SipHeaders = [[...supported], ...refreshedTimer(timer)];
		const response = await this.#ask(dialog, "UPDATE", headers);
		if (response.status < 300) this.#keep(agreedTimer(response) ?? timer);
		else if (response.status === 481 || response.status === 408) this.fail();
		else await this.#agreeAnew(refreshedTimer(timer));
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
