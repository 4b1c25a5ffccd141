/** The topmost Via: which transaction a message belongs to, and where answers go (RFC 3261, sections 17 and 18; RFC 3581). */

import { randomBytes } from "node:crypto";
import { readAddress, readUri } from "../messages/address.ts";
import { cseqOf, header, type SipMessage, type SipRequest } from "../messages/message.ts";
import { type SipPeer, usualPort } from "./peer.ts";

/** Begins every branch (RFC 3261, section 8.1.1.7). */
const cookie = "z9hG4bK";

/** Says in its Via where it came from (RFC 3581): answers go back there, whatever it claims; nobody has us send to others. */
export function withSource(request: SipRequest, { address, port }: SipPeer): SipRequest {
	const at = request.headers.findIndex(([name]) => /^(via|v)$/i.test(name));
	const headers = request.headers.map(([name, value], index): [string, string] => {
		if (index !== at) return [name, value];
		const [first = "", ...rest] = value.split(",");
		const told = /;rport(?=;|\s*$)/i.test(first)
			? first.replace(/;rport(?=;|\s*$)/i, `;rport=${port};received=${address}`)
			: `${first.trimEnd()};received=${address}`;
		return [name, [told, ...rest].join(",")];
	});
	return { ...request, headers };
}

/** Who does not ask for it (rport) is answered at the port that it names (RFC 3261, section 18.2.2); at its own address in any case. */
export function answersGoTo(request: SipRequest, from: SipPeer): SipPeer {
	if (from.transport !== "udp" || "rport" in viaParams(request)) return from;
	const named = /^SIP\/2\.0\/\w+\s+[^;,\s]*?:(\d{1,5})\s*(?:[;,]|$)/i.exec(header(request, "via") ?? "")?.[1];
	const port = named === undefined ? usualPort("udp") : Number(named);
	return port >= 1 && port <= 65_535 ? { ...from, port } : from;
}

export function newBranch(): string {
	return cookie + randomBytes(12).toString("hex");
}

export function branchOf(message: SipMessage): string {
	return viaParams(message).branch ?? "";
}

/** Of the topmost Via. */
export function viaParams(message: SipMessage): Readonly<Record<string, string | undefined>> {
	const via = header(message, "via") ?? "";
	return readAddress(via.replace(/^SIP\/2\.0\/\w+\s+/i, "")).params;
}

export function clientKey(branch: string, method: string): string {
	return `${branch} ${method}`;
}

/** An ACK belongs to its INVITE (section 17.2.3); one to a 2xx has a branch of its own and finds none. */
export function serverKey(request: SipRequest): string {
	const method = request.method === "ACK" ? "INVITE" : request.method;
	const branch = branchOf(request);
	const sentBy = (header(request, "via") ?? "").replace(/^SIP\/2\.0\/\w+\s+/i, "").split(";")[0] ?? "";
	const old = branch.startsWith(cookie)
		? ""
		: `${header(request, "call-id")} ${cseqOf(request).number} ${readUri(request.uri)?.user}`;
	return `${branch} ${sentBy.trim()} ${method} ${old}`;
}
