/** Addresses of the other side, raw and cleaned (framework-contract 7: phone, displayAddress, ani, calledNumber). */
import type { PlatformAddress, PlatformParticipant } from "../platform-conversation.ts";
import type { Leg } from "./parties.ts";
import { leadingLeg } from "./parties.ts";

/** `tel:+49 30 1` → `+49301`; `sip:+4930@host;user=phone` → `+4930`; `sip:anna@host` → `anna@host`; mail stays. */
export function cleanAddress(raw: string | undefined): string | undefined {
	if (raw === undefined) return undefined;
	const bare = raw.trim().replace(/^(?:tel|sips?|mailto):/i, "");
	const withoutParameters = bare.split(";")[0] ?? bare;
	const number = /^(\+?[\d\s().-]+)(?:@.*)?$/.exec(withoutParameters)?.[1];
	const cleaned = number === undefined ? withoutParameters.trim() : number.replace(/[\s().-]/g, "");
	return cleaned === "" ? undefined : cleaned;
}

/** Raw address of the other side, a number that was called or calls with its scheme (framework-contract 7, `phone`). */
export function remoteAddress(leg: Leg | undefined, remote: PlatformParticipant | undefined): string | undefined {
	const address = givenAddress(leg, remote);
	const isNumber = leg?.medium === "call" || leg?.medium === "callback";
	return address !== undefined && isNumber && /^\+?[\d\s().-]+$/.test(address) ? `tel:${address}` : address;
}

/** As the agent's leg knows it, else as the other participant gives it. */
function givenAddress(leg: Leg | undefined, remote: PlatformParticipant | undefined): string | undefined {
	const theirs = remote && leadingLeg(remote)?.communication;
	return (
		rawOf(leg?.communication.other) ??
		(leg?.medium === "message" ? messagePeer(leg) : undefined) ??
		remote?.address ??
		rawOf(theirs?.self) ??
		leg?.communication.callbackNumbers?.[0]
	);
}

export function remoteDisplayAddress(
	leg: Leg | undefined,
	remote: PlatformParticipant | undefined,
): string | undefined {
	const displayable = leg?.communication.other?.addressDisplayable;
	return cleanAddress(displayable || remoteAddress(leg, remote));
}

/** Address that was dialled: for inbound what the customer called, for outbound whom the agent called. */
export function dialledAddress(
	direction: "Inbound" | "Outbound" | undefined,
	leg: Leg | undefined,
	remote: PlatformParticipant | undefined,
): string | undefined {
	if (direction === "Outbound") return cleanAddress(remoteAddress(leg, remote));
	const theirs = remote && leadingLeg(remote)?.communication;
	const ours = rawOf(leg?.communication.self) ?? (leg?.medium === "message" && rawOf(leg.communication.toAddress));
	return cleanAddress(remote?.dnis ?? rawOf(theirs?.other) ?? (ours || undefined));
}

/**
 * Address that called: for inbound the customer's, for outbound what the called person sees. Where the organization shows
 * none it is the number that was dialled, by which scripts find whom the call is with.
 */
export function callingAddress(
	direction: "Inbound" | "Outbound" | undefined,
	leg: Leg | undefined,
	remote: PlatformParticipant | undefined,
): string | undefined {
	const remoteNumber = cleanAddress(remoteAddress(leg, remote));
	if (direction !== "Outbound") return remoteNumber;
	const theirs = remote && leadingLeg(remote)?.communication;
	return cleanAddress(rawOf(theirs?.other)) ?? cleanAddress(rawOf(leg?.communication.self)) ?? remoteNumber;
}

export function remoteNameOf(leg: Leg | undefined, remote: PlatformParticipant | undefined): string | undefined {
	const other = leg?.communication.other;
	return remote?.name || other?.name || other?.nameRaw || leg?.communication.callbackUserName || undefined;
}

function rawOf(address: PlatformAddress | undefined): string | undefined {
	return address?.addressNormalized || address?.addressRaw || address?.addressDisplayable || undefined;
}

function messagePeer(leg: Leg): string | undefined {
	const { direction, fromAddress, toAddress } = leg.communication;
	return rawOf(direction?.toLowerCase() === "outbound" ? toAddress : fromAddress);
}
