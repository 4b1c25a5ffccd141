/** What is taken of the other side, within calls and outside of them. */

import { type SipHeaders, type SipRequest, valuesOf } from "../messages/message.ts";

export const allowed: readonly [string, string] = ["Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO"];
export const supported: readonly [string, string] = ["Supported", "timer"];

/** Methods that have a meaning, and none here (RFC 3261, section 8.2.1). */
const known = ["INVITE", "BYE", "UPDATE", "INFO", "REGISTER", "PRACK", "SUBSCRIBE", "NOTIFY", "MESSAGE", "PUBLISH"];

/** How a method is refused that is not taken here. Whom a call goes to its agents say, not the other side: REFER is declined (RFC 3515). */
export function whyNot({ method }: SipRequest): [status: number, reason: string, headers: SipHeaders] {
	if (method === "REFER") return [603, "Decline", []];
	if (known.includes(method)) return [405, "Method Not Allowed", [[...allowed]]];
	return [501, "Not Implemented", [[...allowed]]];
}

/** What the other side insists on and is not known here, such as PRACK (100rel): the header that names it (section 8.2.2.3). */
export function unknownRequirements(request: SipRequest): [string, string] | undefined {
	const unknown = valuesOf(request.headers, "require").filter((one) => one.toLowerCase() !== "timer");
	return unknown.length > 0 ? ["Unsupported", unknown.join(", ")] : undefined;
}
