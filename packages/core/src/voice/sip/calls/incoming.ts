import { dialogOfInvite, newTag } from "../dialogs/dialog.ts";
import type { SipHeaders, SipRequest } from "../messages/message.ts";
import { responseTo } from "../transport/answers.ts";
import type { SipPeer } from "../transport/peer.ts";
import { SipCall, type SipCallParts } from "./call.ts";
import { allowed, supported } from "./methods.ts";

/** A call from outside, until it is answered: it belongs to no conversation yet. */
export class IncomingCall extends SipCall {
	readonly invite: SipRequest;
	readonly from: SipPeer;
	readonly tag = newTag();
	#isAnswered = false;

	constructor(parts: SipCallParts, invite: SipRequest, from: SipPeer) {
		super(parts, { legId: "", participantId: "", conversationId: "" });
		this.invite = invite;
		this.from = from;
		this.#say(100, "Trying");
	}

	get isAnswered(): boolean {
		return this.#isAnswered;
	}

	/** The conversation has a place for the caller: they are on the line. */
	async answer(party: SipCall["party"], contact: string): Promise<void> {
		this.party = party;
		if (this.isOver) return this.tell("hungup");
		const offer = this.invite.body === "" ? undefined : this.invite.body;
		const made = await this.describe(offer, this.from).catch(() => undefined);
		if (!made) return this.refuse(488, "Not Acceptable Here");
		// The caller has given up meanwhile.
		if (this.isOver) return this.parts.engine.closeLeg(party.legId);
		this.#isAnswered = true;
		const dialog = dialogOfInvite(this.invite, this.tag, this.from, contact);
		const headers: SipHeaders = [["Contact", contact], [...allowed], [...supported], ...this.timerOf(this.invite)];
		this.#say(200, "OK", [...headers, ["Content-Type", "application/sdp"]], made);
		this.beginAnswered(dialog, this.invite, offer !== undefined);
	}

	/** Nobody takes the call. */
	refuse(status: number, reason: string, headers: SipHeaders = []): void {
		if (!this.#isAnswered && !this.isOver) this.#say(status, reason, headers);
		this.fail();
	}

	/** The caller gives up before anybody has answered. */
	cancelled(): void {
		this.refuse(487, "Request Terminated");
	}

	/** The caller is let go before the line was there. */
	override hangUp(): void {
		if (!this.#isAnswered && !this.isOver) this.#say(480, "Temporarily Unavailable");
		super.hangUp();
	}

	#say(status: number, reason: string, headers: SipHeaders = [], body = ""): void {
		const tag = status === 100 ? {} : { tag: this.tag };
		this.parts.respond(this.invite, this.from, responseTo(this.invite, status, reason, { ...tag, headers, body }));
	}
}
