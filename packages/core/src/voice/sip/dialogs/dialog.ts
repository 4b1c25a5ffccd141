/** What both sides of a call know of each other (RFC 3261, section 12), in a form that outlives this process. */

import { randomBytes } from "node:crypto";
import { readAddress, readUri } from "../messages/address.ts";
import { cseqOf, header, type SipHeaders, type SipRequest, type SipResponse, valuesOf } from "../messages/message.ts";
import { type SipPeer, usualPort } from "../transport/peer.ts";

export interface DialogState {
	callId: string;
	/** As From and To of our requests, with tags. */
	local: string;
	remote: string;
	/** Where the peer wants to be asked (its Contact), and the proxies on the way there. */
	target: string;
	routes: string[];
	localCseq: number;
	/** Of its latest request; older ones are refused. */
	remoteCseq?: number;
	/** Where its signalling comes from. */
	peer: SipPeer;
	/** Our Contact. */
	contact: string;
}

/** Numbers of requests that this process may have used without keeping that: the next process begins behind them. */
const cseqStride = 1000;

export function newTag(): string {
	return randomBytes(8).toString("hex");
}

/** Of the INVITE that we have sent and its 2xx. */
export function dialogOfAnswer(invite: SipRequest, response: SipResponse, peer: SipPeer, contact: string): DialogState {
	return {
		callId: header(invite, "call-id") ?? "",
		local: header(invite, "from") ?? "",
		remote: header(response, "to") ?? "",
		target: contactOf(response) ?? invite.uri,
		routes: valuesOf(response.headers, "record-route").toReversed(),
		localCseq: cseqOf(invite).number,
		peer,
		contact,
	};
}

/** Of an INVITE that has come, as we answer it. */
export function dialogOfInvite(invite: SipRequest, tag: string, peer: SipPeer, contact: string): DialogState {
	const to = header(invite, "to") ?? "";
	return {
		callId: header(invite, "call-id") ?? "",
		local: "tag" in readAddress(to).params ? to : `${to};tag=${tag}`,
		remote: header(invite, "from") ?? "",
		target: contactOf(invite) ?? readAddress(header(invite, "from") ?? "").uri,
		routes: valuesOf(invite.headers, "record-route"),
		localCseq: 0,
		remoteCseq: cseqOf(invite).number,
		peer: lastingPeer(invite, peer),
		contact,
	};
}

/** A connection that the peer has opened may be gone by then: it is asked at the port that it names. */
function lastingPeer(invite: SipRequest, peer: SipPeer): SipPeer {
	const contact = readUri(contactOf(invite) ?? "");
	if (peer.transport !== "tcp" || contact?.host !== peer.address) return peer;
	return { ...peer, port: contact.port ?? usualPort("tcp") };
}

/** The same dialog in the next life of the server. */
export function resumed(dialog: DialogState): DialogState {
	return { ...dialog, localCseq: dialog.localCseq + cseqStride };
}

/** Finds a dialog by a request within it: by what the peer calls both sides. */
export function dialogKey(request: SipRequest): string {
	return keyOf(header(request, "call-id") ?? "", tagOf(header(request, "to")), tagOf(header(request, "from")));
}

export function keyOfState({ callId, local, remote }: DialogState): string {
	return keyOf(callId, tagOf(local), tagOf(remote));
}

/** The next request within a dialog (section 12.2.1.1). Its number is used up by it, but for an ACK's. */
export function requestWithin(
	dialog: DialogState,
	method: string,
	{ headers = [], body = "", cseq }: { headers?: SipHeaders; body?: string; cseq?: number } = {},
): SipRequest {
	if (cseq === undefined) dialog.localCseq++;
	const first = dialog.routes[0];
	const isStrict = first !== undefined && !("lr" in (readUri(readAddress(first).uri)?.params ?? {}));
	const routes = isStrict ? [...dialog.routes.slice(1), `<${dialog.target}>`] : dialog.routes;
	return {
		method,
		uri: isStrict ? readAddress(first).uri : dialog.target,
		body,
		headers: [
			...routes.map((route): [string, string] => ["Route", route]),
			["Max-Forwards", "70"],
			["From", dialog.local],
			["To", dialog.remote],
			["Call-ID", dialog.callId],
			["CSeq", `${cseq ?? dialog.localCseq} ${method}`],
			["Contact", dialog.contact],
			...headers,
		],
	};
}

/** A request of the peer's within the dialog. @returns false for one that is older than what came before it */
export function takesRequest(dialog: DialogState, request: SipRequest): boolean {
	const { number } = cseqOf(request);
	if (dialog.remoteCseq !== undefined && number <= dialog.remoteCseq) return false;
	dialog.remoteCseq = number;
	return true;
}

/** A re-INVITE, UPDATE or its answer may say that the peer is elsewhere now. */
export function moveTarget(dialog: DialogState, message: SipRequest | SipResponse): void {
	dialog.target = contactOf(message) ?? dialog.target;
}

function contactOf(message: SipRequest | SipResponse): string | undefined {
	const contact = header(message, "contact");
	const uri = contact === undefined ? undefined : readAddress(contact).uri;
	return uri !== undefined && readUri(uri) ? uri : undefined;
}

function tagOf(address: string | undefined): string {
	return readAddress(address ?? "").params.tag ?? "";
}

function keyOf(callId: string, localTag: string, remoteTag: string): string {
	return JSON.stringify([callId, localTag, remoteTag]);
}
