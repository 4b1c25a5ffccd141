/** Calls whose end nobody was told of end by time (RFC 4028): each side says again, half-way, that it is still there. */

import { paramsOf } from "../messages/address.ts";
import { header, type SipHeaders, type SipMessage, valuesOf } from "../messages/message.ts";

export interface SessionTimer {
	seconds: number;
	/** We refresh it; otherwise the peer does. */
	isOurs: boolean;
}

/** Shorter ones are refused (section 5). */
export const leastSeconds = 90;
/** However short a peer says: nobody has us ask without end, s. */
const shortestS = 30;
/** Timers of this process hold no longer ones. */
const longestSeconds = 86_400;

/** What we ask for: a call whose end was lost on the way ends by time. */
export const usualTimer: SessionTimer = { seconds: 1800, isOurs: true };

/** What a peer's INVITE asks for; who does not say who refreshes leaves it to itself, and who does not know how, to us. */
export function askedTimer(request: SipMessage): SessionTimer | undefined {
	const said = readSaid(request);
	const knowsHow = valuesOf(request.headers, "supported").includes("timer");
	return said && { seconds: said.seconds, isOurs: said.refresher === "uas" || !knowsHow };
}

/** What is in force by its answer to our INVITE. */
export function agreedTimer(response: SipMessage): SessionTimer | undefined {
	const said = readSaid(response);
	return said && { seconds: said.seconds, isOurs: said.refresher !== "uas" };
}

/** What our answer to its INVITE says. */
export function answeredTimer(timer: SessionTimer | undefined): SipHeaders {
	if (!timer) return [];
	const said: [string, string] = ["Session-Expires", `${timer.seconds};refresher=${timer.isOurs ? "uas" : "uac"}`];
	return timer.isOurs ? [said] : [["Require", "timer"], said];
}

/** The shortest that a peer takes, which refuses a shorter one (422). */
export function leastOf(response: SipMessage): number | undefined {
	const least = Number.parseInt(header(response, "min-se") ?? "", 10);
	return least > 0 ? Math.min(least, longestSeconds) : undefined;
}

/** What our own refreshing INVITE says. */
export function refreshedTimer(timer: SessionTimer | undefined): SipHeaders {
	if (!timer) return [];
	return [["Session-Expires", `${timer.seconds};refresher=${timer.isOurs ? "uac" : "uas"}`]];
}

/** When it is time to refresh, and when the call is over unless the peer has: ms from now (section 10). */
export function dueMs({ seconds, isOurs }: SessionTimer): number {
	const held = Math.max(seconds, shortestS);
	const marginS = Math.min(32, Math.floor(held / 3));
	return (isOurs ? held / 2 : held - marginS) * 1000;
}

function readSaid(message: SipMessage) {
	const said = /^\s*(\d{1,12})(.*)$/.exec(header(message, "session-expires") ?? "");
	return said
		? { seconds: Math.min(Number(said[1]), longestSeconds), refresher: paramsOf(said[2] ?? "").refresher }
		: undefined;
}
