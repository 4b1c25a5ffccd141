import { randomUUID } from "node:crypto";
import { failureOfAnswer } from "../dialogs/causes.ts";
import { dialogOfAnswer, newTag, requestWithin } from "../dialogs/dialog.ts";
import { agreedTimer } from "../dialogs/session-timer.ts";
import { writeAddress, writeUri } from "../messages/address.ts";
import { cseqOf, type SipRequest, type SipResponse } from "../messages/message.ts";
import type { SipPeer } from "../transport/peer.ts";
import { allowed, SipCall, type SipCallParts, type SipParty, supported } from "./call.ts";

export interface Dialled {
	/** Number as the trunk wants it. */
	number: string;
	/** The same for whose number is shown; absent: the trunk's own user. */
	callerNumber?: string;
	callerName?: string;
	domain: string;
	/** Our Contact towards each peer. */
	contact(peer: SipPeer): Promise<string>;
	/** Where it goes, best first. */
	peers: readonly SipPeer[];
	user?: string;
}

/** However long somebody lets it ring, ms. */
const longestRingMs = 120_000;

/** A call of ours to somebody outside, from its first word on. */
export class OutgoingCall extends SipCall {
	readonly #cancel = new AbortController();
	#rang = false;
	#isEarly = false;
	#ringEnd: NodeJS.Timeout | undefined;

	constructor(parts: SipCallParts, party: SipParty, dialled: Dialled) {
		super(parts, party);
		void this.#dial(dialled).catch(() => this.fail("unreachable"));
	}

	override hangUp(): void {
		this.#cancel.abort();
		clearTimeout(this.#ringEnd);
		super.hangUp();
	}

	override leave(): void {
		clearTimeout(this.#ringEnd);
		super.leave();
	}

	async #dial(dialled: Dialled): Promise<void> {
		this.#ringEnd = setTimeout(() => this.#giveUp(), longestRingMs);
		let refused: SipResponse | undefined;
		for (const peer of dialled.peers) {
			const contact = await dialled.contact(peer);
			const invite = await this.#invite(dialled, peer, contact);
			if (this.isOver) return;
			const response = await this.parts.ask(invite, peer, {
				provisional: (said) => this.#onProvisional(said),
				cancel: this.#cancel.signal,
			});
			if (response.status < 300) return this.#onAnswer(invite, response, peer, contact);
			refused = response;
			// This peer is away: the next one may be there.
			if (response.status !== 503 || this.isOver || this.#rang) break;
		}
		clearTimeout(this.#ringEnd);
		this.fail(refused === undefined ? "unreachable" : (failureOfAnswer(refused) ?? "unreachable"));
	}

	async #invite(dialled: Dialled, peer: SipPeer, contact: string): Promise<SipRequest> {
		const sdp = await this.describe(undefined, peer);
		const { number, domain, callerNumber, callerName, user = "anonymous" } = dialled;
		const uri = (who: string) => writeUri({ scheme: "sip", user: who, host: domain, params: {} });
		const from = uri(callerNumber ?? user);
		return {
			method: "INVITE",
			uri: uri(number),
			body: sdp,
			headers: [
				["Max-Forwards", "70"],
				["From", writeAddress(from, callerName, newTag())],
				["To", writeAddress(uri(number))],
				["Call-ID", randomUUID()],
				["CSeq", "1 INVITE"],
				["Contact", contact],
				...(callerNumber ? [["P-Asserted-Identity", writeAddress(from, callerName)] as [string, string]] : []),
				[...allowed],
				[...supported],
				["Content-Type", "application/sdp"],
			],
		};
	}

	/** With a description of its sound the network lets us hear what it plays: its ringing, or why there will be no answer. */
	#onProvisional({ status, body }: SipResponse): void {
		if (this.isOver || status < 180) return;
		if (!this.#rang) this.tell("ringing");
		this.#rang = true;
		if (body === "" || this.#isEarly) return;
		this.#isEarly = true;
		this.parts.engine.acceptAnswer(this.party.legId, body);
		this.tell("early");
	}

	#onAnswer(invite: SipRequest, response: SipResponse, peer: SipPeer, contact: string): void {
		clearTimeout(this.#ringEnd);
		const dialog = dialogOfAnswer(invite, response, peer, contact);
		// Asked who we are, the INVITE went out again under the next number.
		dialog.localCseq = cseqOf(response).number || dialog.localCseq;
		void this.parts.say(requestWithin(dialog, "ACK", { cseq: dialog.localCseq }), peer);
		if (this.isOver) {
			// Both at once: they answered while we gave up.
			void this.parts.ask(requestWithin(dialog, "BYE"), peer);
			return;
		}
		this.parts.engine.acceptAnswer(this.party.legId, response.body);
		this.begin(dialog, agreedTimer(response), response);
	}

	#giveUp(): void {
		this.#cancel.abort();
		this.fail("noAnswer");
	}
}
