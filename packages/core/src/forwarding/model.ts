import type { ForwardTarget } from "../conversations/call/forwarding/model.ts";

/** Where a step calls, as the platform has it (`CallTarget`); `resolved` is whom it was found to reach when it was saved. */
export interface StoredTarget {
	type: "STATION" | "PHONENUMBER";
	/** A station's id, or a number in E.164. */
	value: string;
	/** Keys to send once the number has answered: its extension. */
	digitsAfter?: string;
	/** The user of the station, or the colleague whose number it is. */
	userId?: string;
}

export interface StoredRoute {
	targets: StoredTarget[];
}

export type AfterForwarding = "PURECLOUD" | "LASTCALL" | "NONE";

/** A user's own setting (platform-api 5.14). Switched off it keeps its steps. */
export interface CallForwarding {
	userId: string;
	enabled: boolean;
	calls: StoredRoute[];
	voicemail: AfterForwarding;
	modifiedAt: Date;
}

/** What holds for everybody's forwarding. */
export interface ForwardingLimits {
	/** Calls may be forwarded to numbers outside. */
	externalAllowed: boolean;
	/** How long each step rings. */
	ringSeconds: number;
	/** Whoever answers at a number is asked to press 1 (agent-features 4). */
	confirm: boolean;
	/** Beginnings of numbers to which nothing is forwarded: what is charged for specially. */
	blockedPrefixes: string[];
}

/**
 * Services that are charged for specially, by the beginnings of their numbers in countries where those are plain; and what
 * belongs to no country (ITU-T E.164, list of assigned country codes): satellites, networks, premium rate, shared cost.
 */
const chargedInCountries =
	"+1900 +1976 +31900 +31906 +31909 +3389 +41900 +41901 +41906 +43900 +43930 +449 +4487 +49900 +49137";
const chargedWorldwide = "+808 +870 +878 +881 +882 +883 +979";

export const defaultLimits: ForwardingLimits = {
	externalAllowed: true,
	ringSeconds: 20,
	confirm: true,
	blockedPrefixes: [...chargedInCountries.split(" "), ...chargedWorldwide.split(" ")],
};

/** Steps that a forwarding may have, targets of a step, and hops from one who forwards to the next. */
export const mostSteps = 3;
export const mostTargets = 5;
export const mostHops = 3;

/** Whether the organization lets calls go to that number. */
export function isAllowed(number: string, { externalAllowed, blockedPrefixes }: ForwardingLimits): boolean {
	return externalAllowed && !blockedPrefixes.some((prefix) => number.startsWith(prefix));
}

/** Numbers that were allowed when they were saved and are called no longer; each once. */
export function notCalled(calls: readonly StoredRoute[], limits: ForwardingLimits): string[] {
	const numbers = calls.flatMap((step) =>
		step.targets.flatMap(({ type, value, userId }) =>
			type === "PHONENUMBER" && userId === undefined && !isAllowed(value, limits) ? [value] : [],
		),
	);
	return [...new Set(numbers)];
}

/** What of a forwarding is called: numbers that are not allowed (any more) are left out. */
export function targetsOf(
	route: StoredRoute,
	limits: ForwardingLimits,
	people: ReadonlyMap<string, { name: string; divisionId?: string }>,
): ForwardTarget[] {
	return route.targets.flatMap(({ value, digitsAfter, userId }): ForwardTarget[] => {
		const user = userId === undefined ? undefined : people.get(userId);
		if (userId !== undefined && user) return [{ kind: "user", userId, ...user }];
		if (userId !== undefined || !isAllowed(value, limits)) return [];
		return [{ kind: "number", address: value, ...(digitsAfter ? { digitsAfter } : {}) }];
	});
}
