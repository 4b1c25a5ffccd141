import type { TrunkCause } from "./lines/causes.ts";
import type { SipTransportKind } from "./transport/peer.ts";

/** How numbers are written towards a trunk: `+4930123456`, or `4930123456`. */
export const numberForms = ["e164", "digits"] as const;
export type NumberForm = (typeof numberForms)[number];

/** A line to the outside: a provider's SIP trunk, or a telephone system (PBX). */
export interface TrunkSettings {
	id: string;
	/** As administrators call it; one alone has it. */
	name: string;
	/** Calls come and go by it. */
	enabled: boolean;
	/** Name or IPv4 address of the other side; without a port a name is looked up as a service (SRV), too. */
	host: string;
	port?: number;
	transport: SipTransportKind;
	/** Domain of addresses, where it is not the host. */
	domain?: string;
	/** Who we are there; without: the other side knows us by our address. */
	user?: string;
	password?: string;
	/** We sign in there, so that calls find us. */
	registers: boolean;
	/** Sound is encrypted (SRTP), or there is no call. */
	encrypted: boolean;
	/** Further addresses and networks (`192.0.2.0/24`) from which its calls come. */
	sources: string[];
	numberForm: NumberForm;
	/** The number that is shown to whom we call, in E.164, where a call says no other. */
	callerNumber?: string;
	/** Numbers that begin so go out by it, in E.164 (`+49`); the longest that fits wins; empty: all. */
	prefixes: string[];
	/** Of trunks that fit alike the smallest goes first. */
	priority: number;
	/** So many calls run by it at once, in and out; untold as many as there may be. */
	maxCalls?: number;
}

/** As it is kept. */
export interface KeptTrunk extends TrunkSettings {
	/** Grows with every change; clients send the one that they have seen. */
	version: number;
	/** It has a password that cannot be read any more. */
	passwordLost?: true;
}

/** How a trunk stands. */
export interface TrunkState {
	/** `off`: switched off; `trying`: the first answer is still out; `refused`: the other side does not let us in. */
	state: "off" | "trying" | "up" | "down" | "refused";
	/** Of an answer that says no, or why there is none. */
	reason?: string;
	/** Of one that is away by our own finding, rather than by an answer. */
	cause?: TrunkCause;
	/** Since when, ISO 8601. */
	since: string;
	calls: number;
	/** When it last had no room for a call, if within the last hour, ISO 8601. */
	fullAt?: string;
}

/** Enabled trunks that take this number, best first. */
export function trunksFor<One extends Pick<TrunkSettings, "enabled" | "prefixes" | "priority" | "name">>(
	all: readonly One[],
	number: string,
): One[] {
	const fits = all.flatMap((trunk) => {
		const lengths = trunk.prefixes.filter((prefix) => number.startsWith(prefix)).map((prefix) => prefix.length);
		const length = trunk.prefixes.length === 0 ? 0 : Math.max(...lengths);
		return trunk.enabled && length >= 0 ? [{ trunk, length }] : [];
	});
	const sorted = fits.toSorted(
		(a, b) => b.length - a.length || a.trunk.priority - b.trunk.priority || a.trunk.name.localeCompare(b.trunk.name),
	);
	return sorted.map(({ trunk }) => trunk);
}
