/** Answers to requests, with what each repeats of its request (RFC 3261, section 8.2.6). */

import { readAddress } from "../messages/address.ts";
import { header, type SipHeaders, type SipRequest, type SipResponse, valuesOf } from "../messages/message.ts";

/** An answer to a request of somebody's: with the headers that answers repeat (section 8.2.6). */
export function responseTo(
	request: SipRequest,
	status: number,
	reason: string,
	{ tag, headers = [], body = "" }: { tag?: string; headers?: SipHeaders; body?: string } = {},
): SipResponse {
	const repeated: SipHeaders = [
		...valuesOf(request.headers, "via").map((via): [string, string] => ["Via", via]),
		...valuesOf(request.headers, "record-route").map((route): [string, string] => ["Record-Route", route]),
		["From", header(request, "from") ?? ""],
		["To", withTag(header(request, "to") ?? "", tag)],
		["Call-ID", header(request, "call-id") ?? ""],
		["CSeq", header(request, "cseq") ?? ""],
	];
	return { status, reason, headers: [...repeated, ...headers], body };
}

function withTag(to: string, tag: string | undefined): string {
	return tag === undefined || "tag" in readAddress(to).params ? to : `${to};tag=${tag}`;
}
