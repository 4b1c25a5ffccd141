import { randomUUID } from "node:crypto";
import { failureOfAnswer } from "../dialogs/causes.ts";
import { dialogOfAnswer, newTag, requestWithin } from "../dialogs/dialog.ts";
import { agreedTimer } from "../dialogs/session-timer.ts";
import { readAddress, writeAddress, writeUri } from "../messages/address.ts";
import { cseqOf, type SipRequest, type SipResponse, valuesOf } from "../messages/message.ts";
import { responseTo } from "../transport/answers.ts";
import type { SipPeer } from "../transport/peer.ts";
import { SipCall, type SipCallParts, type SipParty } from "./call.ts";
import { allowed, supported } from "./methods.ts";

export interface Dialled {
	/** Number as the trunk wants it. */
	number: string;
	/** The same for whose number is shown; absent: the trunk's own user. */
	callerNumber?: string;
	callerName?: string;
	domain: string;
	/** Our Contact towards each peer. */
	contact(peer: SipPeer): Promise<string>;
	/** Where it goes, best first. @throws Error where nobody knows */
	peers(): Promise<readonly SipPeer[]>;
	/** Where it may be sent on to (3xx): undefined for what is not the trunk's own. */
	onwards(uri: string): readonly SipPeer[] | undefined;
	/** That one does not answer. */
	isAway(peer: SipPeer): void;
	user?: string;
}

/** However long somebody lets it ring, ms. */
const longestRingMs = 120_000;
/** Of several places the next one is tried where the first says nothing for so long, ms. */
const patienceMs = 4_000;
const noPlace: SipResponse = { status: 503, reason: "Service Unavailable", headers: [], body: "" };

/** A call of ours to somebody outside, from its first word on. */
export class OutgoingCall extends SipCall {
	readonly #cancel = new AbortController();
	#rang = false;
	/** The other side has said something. */
	#isHeard = false;
	#isEarly = false;
	#ringEnd: NodeJS.Timeout | undefined;

	constructor(parts: SipCallParts, party: SipParty, dialled: Dialled) {
		super(parts, party);
		// Not at once: whoever places the call knows its leg a moment later.
		setImmediate(() => void this.#dial(dialled).catch(() => this.fail("unreachable")));
	}

	override hangUp(): void {
		this.#cancel.abort();
		clearTimeout(this.#ringEnd);
		super.hangUp();
	}

	/** Who rings is not left ringing: the next life of the server calls them anew. */
	override leave(): void {
		clearTimeout(this.#ringEnd);
		if (!this.dialog) this.#cancel.abort();
		super.leave();
	}

	async #dial(dialled: Dialled): Promise<void> {
		this.#ringEnd = setTimeout(() => this.#giveUp(), longestRingMs);
		let refused = await this.#tryAll(dialled, await dialled.peers());
		const onwards = refused && this.#onwards(dialled, refused);
		// Once: whoever sends us round in a circle is left.
		if (onwards && !this.isOver) refused = await this.#tryAll(dialled, onwards.peers, onwards.uri);
		if (!refused) return;
		clearTimeout(this.#ringEnd);
		const why = this.#isHeard || refused.status !== 408 ? failureOfAnswer(refused) : undefined;
		this.fail(why ?? "unreachable");
	}

	/** @returns the refusal; undefined where it was answered, or is over */
	async #tryAll(dialled: Dialled, peers: readonly SipPeer[], uri?: string): Promise<SipResponse | undefined> {
		let refused: SipResponse | undefined;
		for (const [at, peer] of peers.entries()) {
			const contact = await dialled.contact(peer);
			const invite = await this.#invite(dialled, peer, contact, uri);
			// Hung up while the leg was made: nobody else closes it.
			if (this.isOver) {
				this.parts.engine.closeLeg(this.party.legId);
				return undefined;
			}
			this.#isHeard = false;
			refused = await this.#ask(invite, peer, contact, at < peers.length - 1);
			if (!refused) return undefined;
			const isAway = !this.#rang && (refused.status === 503 || (refused.status === 408 && !this.#isHeard));
			if (!isAway || this.isOver) break;
			dialled.isAway(peer);
		}
		return refused ?? noPlace;
	}

	/** Where a redirection leads that stays with the trunk (RFC 3261, section 8.1.3.4): nobody has us call elsewhere. */
	#onwards({ onwards }: Dialled, response: SipResponse): { uri: string; peers: readonly SipPeer[] } | undefined {
		if (response.status < 300 || response.status >= 400) return undefined;
		for (const contact of valuesOf(response.headers, "contact")) {
			const { uri } = readAddress(contact);
			const peers = onwards(uri);
			if (peers && peers.length > 0) return { uri, peers };
		}
		return undefined;
	}

	/**
	 * @param isOnlyOneOfSeveral who says nothing for a few seconds is left for the next one (RFC 3263, section 4.3)
	 * @returns the refusal; undefined where it was answered
	 */
	async #ask(
		invite: SipRequest,
		peer: SipPeer,
		contact: string,
		isOnlyOneOfSeveral: boolean,
	): Promise<SipResponse | undefined> {
		const leaving = new AbortController();
		const asked = this.parts.ask(invite, peer, {
			provisional: (said) => !leaving.signal.aborted && this.#onProvisional(said),
			heard: () => {
				// One that was left for the next says nothing of that.
				if (!leaving.signal.aborted) this.#isHeard = true;
			},
			cancel: AbortSignal.any([this.#cancel.signal, leaving.signal]),
		});
		const late = new Promise<undefined>((resolve) => {
			if (isOnlyOneOfSeveral) setTimeout(() => resolve(undefined), patienceMs).unref();
		});
		const response = await Promise.race([asked, late]);
		if (response) return response.status < 300 ? this.#onAnswer(invite, response, peer, contact) : response;
		if (this.#isHeard) {
			const answer = await asked;
			return answer.status < 300 ? this.#onAnswer(invite, answer, peer, contact) : answer;
		}
		leaving.abort();
		return responseTo(invite, 408, "Request Timeout");
	}

	/** @param onwards where the trunk has sent it, if not to the number */
	async #invite(dialled: Dialled, peer: SipPeer, contact: string, onwards?: string): Promise<SipRequest> {
		const sdp = await this.describe(undefined, peer);
		const { number, domain, callerNumber, callerName, user = "anonymous" } = dialled;
		const uri = (who: string) => writeUri({ scheme: "sip", user: who, host: domain, params: {} });
		const from = uri(callerNumber ?? user);
		return {
			method: "INVITE",
			uri: onwards ?? uri(number),
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

	#onAnswer(invite: SipRequest, response: SipResponse, peer: SipPeer, contact: string): undefined {
		clearTimeout(this.#ringEnd);
		const dialog = dialogOfAnswer(invite, response, peer, contact);
		// Asked who we are, the INVITE went out again under the next number.
		dialog.localCseq = cseqOf(response).number || dialog.localCseq;
		void this.parts.say(requestWithin(dialog, "ACK", { cseq: dialog.localCseq }), peer);
		if (this.isOver) {
			// Both at once: they answered while we gave up.
			void this.parts.ask(requestWithin(dialog, "BYE"), peer);
			return undefined;
		}
		this.parts.engine.acceptAnswer(this.party.legId, response.body);
		this.begin(dialog, agreedTimer(response), response);
		return undefined;
	}

	#giveUp(): void {
		this.#cancel.abort();
		this.fail("noAnswer");
	}
}
