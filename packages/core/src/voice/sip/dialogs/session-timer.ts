/** Calls whose end nobody was told of end by time (RFC 4028): each side says again, half-way, that it is still there. */

import { paramsOf } from "../messages/address.ts";
import { header, type SipHeaders, type SipMessage } from "../messages/message.ts";

export interface SessionTimer {
	seconds: number;
	/** We refresh it; otherwise the peer does. */
	isOurs: boolean;
}

/** Shorter ones are refused (section 5). */
export const leastSeconds = 90;

/** What a peer's INVITE asks for; who does not say who refreshes leaves it to itself. */
export function askedTimer(request: SipMessage): SessionTimer | undefined {
	const said = readSaid(request);
	return said && { seconds: said.seconds, isOurs: said.refresher === "uas" };
}

/** What is in force by its answer to our INVITE. */
export function agreedTimer(response: SipMessage): SessionTimer | undefined {
	const said = readSaid(response);
	return said && { seconds: said.seconds, isOurs: said.refresher !== "uas" };
}

/** What our answer to its INVITE says. */
export function answeredTimer(timer: SessionTimer | undefined): SipHeaders {
	if (!timer) return [];
	const refresher = timer.isOurs ? "uas" : "uac";
	return [
		["Require", "timer"],
		["Session-Expires", `${timer.seconds};refresher=${refresher}`],
	];
}

/** What our own refreshing INVITE says. */
export function refreshedTimer(timer: SessionTimer | undefined): SipHeaders {
	if (!timer) return [];
	return [["Session-Expires", `${timer.seconds};refresher=${timer.isOurs ? "uac" : "uas"}`]];
}

/** When it is time to refresh, and when the call is over unless the peer has: ms from now (section 10). */
export function dueMs({ seconds, isOurs }: SessionTimer): number {
	const marginS = Math.min(32, Math.floor(seconds / 3));
	return (isOurs ? seconds / 2 : seconds - marginS) * 1000;
}

function readSaid(message: SipMessage) {
	const said = /^\s*(\d{1,7})(.*)$/.exec(header(message, "session-expires") ?? "");
	return said ? { seconds: Number(said[1]), refresher: paramsOf(said[2] ?? "").refresher } : undefined;
}
