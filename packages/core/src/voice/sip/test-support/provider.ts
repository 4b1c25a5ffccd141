/** The other side of a trunk, as a provider has it: it asks who signs in, takes calls, and makes some. Speaks by the product's own stack. */

import { createHash, randomUUID } from "node:crypto";
import { writeRtpSdp } from "../../media/rtp-sdp.ts";
import {
	type DialogState,
	dialogOfAnswer,
	dialogOfInvite,
	moveTarget,
	newTag,
	requestWithin,
} from "../dialogs/dialog.ts";
import { readAddress } from "../messages/address.ts";
import { cseqOf, header, isRequest, type SipHeaders, type SipRequest, type SipResponse } from "../messages/message.ts";
import { responseTo } from "../transport/answers.ts";
import type { SipPeer } from "../transport/peer.ts";
import { SipSockets } from "../transport/sockets.ts";
import type { SipTiming } from "../transport/timing.ts";
import { Transactions } from "../transport/transactions.ts";

export interface ProviderOptions {
	/** Asks everybody for this password of the user `inlay`. */
	password?: string;
	timing: SipTiming;
	transport?: SipPeer["transport"];
	/** What becomes of a call to a number; without: it rings, and is answered. */
	answers?: Record<string, { status: number; reason: string; headers?: SipHeaders }>;
	/** Numbers that ring; without an end unless told. */
	rings?: string[];
	/** It plays something while it rings. */
	early?: boolean;
	/** When it gives up on them, ms. */
	givesUpMs?: number;
	/** Refuses to agree on sound anew by this status. */
	refusesAgain?: number;
	/** Says 100 to a wish to agree on sound anew, and nothing more. */
	onlyTries?: boolean;
	/** How it writes the Contact that has signed in, and those beside it; as it came unless told. */
	writesContacts?(uri: string): string[];
	/** Its sound lies here, ours is asked for again (tests of the real engine). */
	port?: number;
	timer?: string;
}

const realm = "provider.test";
const nonce = "0123456789";

export class Provider {
	readonly #options: ProviderOptions;
	readonly sockets: SipSockets;
	readonly transactions: Transactions;
	/** All that came, as `METHOD` or `METHOD number`. */
	readonly heard: SipRequest[] = [];
	/** The calls that are up. */
	readonly dialogs: DialogState[] = [];
	/** Where it finds us, as we have said when signing in. */
	contact = "";
	peer: SipPeer | undefined;
	/** INVITEs that ring. */
	readonly #ringing: Array<{ invite: SipRequest; from: SipPeer }> = [];

	constructor(options: ProviderOptions) {
		this.#options = options;
		this.sockets = new SipSockets({
			bindAddress: "127.0.0.1",
			ports: [0],
			knows: () => true,
			stranger: () => {},
			crowded: () => {},
			inUse: () => true,
			message: (message, from) => {
				// Of those that belong to a refusal the transaction tells nobody.
				if (isRequest(message) && message.method === "ACK") this.heard.push(message);
				this.transactions.take(message, from);
			},
		});
		this.transactions = new Transactions({
			send: (message, to) => this.sockets.send(message, to),
			ownAddress: (peer) => this.sockets.ownAddress(peer),
			request: (request, from) => this.#take(request, from),
			strayAnswer: () => {},
			timing: options.timing,
		});
	}

	get port(): number {
		return this.sockets.port;
	}

	count(method: string): number {
		return this.heard.filter((request) => request.method === method).length;
	}

	last(method: string): SipRequest | undefined {
		return this.heard.findLast((request) => request.method === method);
	}

	/** Somebody calls the organization. */
	async call(
		to: SipPeer,
		number: string,
		{
			headers = [],
			sdp = this.sdp(),
			from = "<sip:+4930222333@provider.test>",
			callId = randomUUID(),
			tag = newTag(),
		}: { headers?: SipHeaders; sdp?: string; from?: string; callId?: string; tag?: string } = {},
		cancel?: AbortSignal,
	): Promise<{ response: SipResponse; dialog?: DialogState }> {
		const contact = `<sip:provider@127.0.0.1:${this.port}>`;
		const invite: SipRequest = {
			method: "INVITE",
			uri: `sip:${number}@127.0.0.1:${to.port}`,
			body: sdp,
			headers: [
				["Max-Forwards", "70"],
				["From", `${from};tag=${tag}`],
				["To", `<sip:${number}@127.0.0.1>`],
				["Call-ID", callId],
				["CSeq", "1 INVITE"],
				["Contact", contact],
				...headers,
				...(sdp ? [["Content-Type", "application/sdp"] as [string, string]] : []),
			],
		};
		const response = await this.transactions.ask(invite, to, cancel ? { cancel } : {});
		if (response.status >= 300) return { response };
		const dialog = dialogOfAnswer(invite, response, to, contact);
		this.dialogs.push(dialog);
		await this.transactions.say(requestWithin(dialog, "ACK", { cseq: 1, body: sdp ? "" : this.sdp() }), to);
		return { response, dialog };
	}

	within(
		dialog: DialogState,
		method: string,
		more: { headers?: SipHeaders; body?: string } = {},
	): Promise<SipResponse> {
		return this.transactions.ask(requestWithin(dialog, method, more), dialog.peer);
	}

	sdp(direction: "sendrecv" | "sendonly" = "sendrecv"): string {
		const port = this.#options.port ?? 40_100;
		const said = { address: "127.0.0.1", port, voiceTypes: [8, 0], eventType: 96, direction, keys: [], secure: false };
		return writeRtpSdp(said, 7, 1);
	}

	/** Whoever rings is told that. */
	refuseRinging(status: number, reason: string): void {
		for (const { invite, from } of this.#ringing.splice(0)) this.#answer(invite, from, status, reason);
	}

	/** Whoever rings picks up, though nobody waits for it at this address any more. */
	answerRinging(at: SipPeer): void {
		for (const { invite } of this.#ringing.splice(0)) {
			const contact: [string, string] = ["Contact", `<sip:provider@127.0.0.1:${this.port}>`];
			const answer = responseTo(invite, 200, "OK", { tag: newTag(), headers: [contact], body: this.sdp() });
			void this.sockets.send(answer, at);
		}
	}

	/** Says its answer to the last INVITE once more, as if the ACK had been lost. */
	answerAgain(at: SipPeer): void {
		const [dialog] = this.dialogs;
		const invite = this.last("INVITE");
		if (!dialog || !invite) return;
		const tag = readAddress(dialog.local).params.tag ?? "";
		const contact: [string, string] = ["Contact", `<sip:provider@127.0.0.1:${this.port}>`];
		void this.sockets.send(responseTo(invite, 200, "OK", { tag, headers: [contact], body: this.sdp() }), at);
	}

	stop(): Promise<void> {
		this.transactions.stop();
		return this.sockets.stop();
	}

	#take(request: SipRequest, from: SipPeer): void {
		if (request.method === "ACK") {
			const invite = this.heard.findLast(
				(one) => one.method === "INVITE" && header(one, "call-id") === header(request, "call-id"),
			);
			if (invite) this.transactions.acknowledged(invite);
			return;
		}
		this.heard.push(request);
		if (request.method === "CANCEL") {
			this.#answer(request, from, 200, "OK");
			this.refuseRinging(487, "Request Terminated");
			return;
		}
		if (this.#options.password && !this.#isKnown(request) && request.method !== "OPTIONS") {
			const asks = `Digest realm="${realm}", nonce="${nonce}", qop="auth", algorithm=MD5`;
			this.#answer(request, from, 401, "Unauthorized", [["WWW-Authenticate", asks]]);
			return;
		}
		if (request.method === "REGISTER") {
			this.contact = readAddress(header(request, "contact") ?? "").uri;
			this.peer = from;
			const contacts = this.#options.writesContacts?.(this.contact) ?? [`<${this.contact}>;expires=60`];
			this.#answer(request, from, 200, "OK", [["Contact", contacts.join(", ")]]);
			return;
		}
		if (request.method === "INVITE") {
			this.#invited(request, from);
			return;
		}
		if (request.method === "BYE") this.dialogs.splice(0);
		this.#answer(request, from, 200, "OK");
	}

	#invited(invite: SipRequest, from: SipPeer): void {
		const number = /^sip:([^@]*)@/.exec(invite.uri)?.[1] ?? "";
		const isAgain = "tag" in readAddress(header(invite, "to") ?? "").params;
		const { refusesAgain, onlyTries } = this.#options;
		if (isAgain && onlyTries) {
			this.transactions.respond(invite, from, responseTo(invite, 100, "Trying"));
			this.#ringing.push({ invite, from });
			return;
		}
		if (isAgain && refusesAgain) {
			this.#answer(invite, from, refusesAgain, "No");
			return;
		}
		const refusal = this.#options.answers?.[number];
		if (refusal && !isAgain) {
			this.#answer(invite, from, refusal.status, refusal.reason, refusal.headers);
			return;
		}
		const tag = newTag();
		if (!isAgain)
			this.#answer(
				invite,
				from,
				this.#options.early ? 183 : 180,
				"Progress",
				[],
				this.#options.early ? this.sdp() : "",
				tag,
			);
		if (this.#options.rings?.includes(number)) {
			this.#ringing.push({ invite, from });
			const { givesUpMs } = this.#options;
			if (givesUpMs !== undefined) setTimeout(() => this.refuseRinging(480, "Temporarily Unavailable"), givesUpMs);
			return;
		}
		const contact = `<sip:provider@127.0.0.1:${this.port}>`;
		const [known] = this.dialogs;
		if (isAgain && known) {
			known.peer = from;
			moveTarget(known, invite);
		} else this.dialogs.push(dialogOfInvite(invite, tag, from, contact));
		const timer: SipHeaders = this.#options.timer ? [["Session-Expires", this.#options.timer]] : [];
		const headers: SipHeaders = [["Contact", contact], ["Allow", "INVITE, ACK, BYE, CANCEL, UPDATE"], ...timer];
		this.#answer(invite, from, 200, "OK", [...headers, ["Content-Type", "application/sdp"]], this.sdp(), tag);
	}

	#answer(
		request: SipRequest,
		from: SipPeer,
		status: number,
		reason: string,
		headers: SipHeaders = [],
		body = "",
		tag = newTag(),
	): void {
		this.transactions.respond(request, from, responseTo(request, status, reason, { tag, headers, body }));
	}

	/** Judged by hand, not by what is to be proven (RFC 7616, section 3.4.1). */
	#isKnown(request: SipRequest): boolean {
		const said = header(request, "authorization") ?? "";
		const part = (name: string) => new RegExp(`\\b${name}="?([^",]+)`).exec(said)?.[1] ?? "";
		const md5 = (text: string) => createHash("md5").update(text).digest("hex");
		const secret = md5(`inlay:${realm}:${this.#options.password}`);
		const asked = md5(`${cseqOf(request).method}:${part("uri")}`);
		return part("response") === md5(`${secret}:${nonce}:${part("nc")}:${part("cnonce")}:auth:${asked}`);
	}
}
