import { BlockList, isIP } from "node:net";
import { type CallingRules, isHostSource, mostSourceCharacters, sourceCharacters } from "@inlay/contract";
import { badField } from "../kernel/http/api-error.ts";
import {
	defaultRequirements,
	type PasswordRequirements,
	requirementRanges,
	shortestPassword,
} from "./sign-in/password-policy.ts";

/** Settings of sign-in and embedding; what is absent is as {@link authSettingsView} shows it. */
export interface OrganizationSettings {
	domainAllowlistEnabled?: boolean;
	/** Domains or origins that may embed the client. */
	domainAllowlist?: string[];
	/** Addresses and networks that people and clients may sign in and work from; everywhere when empty. */
	ipAddressAllowlist?: string[];
	/** Who has no second factor yet is asked to set one up when signing in. */
	multifactorAuthenticationRequired?: boolean;
	/** The same for administrators alone (second-factor/demand.ts). */
	multifactorOfAdministrators?: boolean;
	passwordRequirements?: Partial<PasswordRequirements>;
	/** Passwords let only those in who may change identity providers; everybody else signs in by one of these. */
	passwordsOff?: boolean;
	/** Signing out of one client signs out of all. */
	universalLogout?: boolean;
	/** Seconds after which an unused token ends; absent means never before its expiry. */
	idleTokenTimeoutSeconds?: number;
	/** Switches the timeout off without forgetting it. */
	idleTokenTimeoutEnabled?: boolean;
	/** Seconds after which somebody has to sign in again, however often their client has renewed its token. */
	sessionLimitSeconds?: number;
	/** Seconds without any connection after which somebody's presence is Offline; 0 for never. */
	offlineAfterSeconds?: number;
	/**
	 * What OAuth clients of people may do is held to what they ask for and an administrator has authorized; else to what
	 * their users may do alone. There off unless it is switched on, here on unless it is switched off.
	 */
	enforceScopes?: boolean;
	/** Between these people like to be called back, by the clocks of where they are, as `08:00`. */
	callbackWindowStart?: string;
	callbackWindowEnd?: string;
	/** Nothing is agreed upon for another time. */
	callbackWindowEnforced?: boolean;
	/** How many days agents' call history goes back. */
	callHistoryDays?: number;
	/** How often an agent may put off the end of timed after-call work: 0 to 2. */
	afterCallWorkExtensions?: number;
}

/** `IdleTokenTimeout.idleTokenTimeoutSeconds`: five minutes to eight hours, as on the platform. */
export const idleTimeoutRange = [300, 28_800] as const;
/** An hour to a year. */
export const sessionLimitRange = [3_600, 31_536_000] as const;
/** Thirty days, where the organization has said nothing. */
export const defaultSessionLimitSeconds = 2_592_000;

/** A minute to a day. */
export const offlineAfterRange = [60, 86_400] as const;
const defaultOfflineAfterSeconds = 300;

/** Seconds, or undefined where nobody becomes Offline by being away. */
export function offlineAfterOf({ offlineAfterSeconds }: OrganizationSettings): number | undefined {
	return offlineAfterSeconds === 0 ? undefined : (offlineAfterSeconds ?? defaultOfflineAfterSeconds);
}

/** Days. */
export const historyDaysRange = [1, 365] as const;

/** As rules for calls and callbacks (`CallingRules` of the contract). */
export function callingRulesOf(settings: OrganizationSettings): CallingRules {
	const {
		callbackWindowStart = "08:00",
		callbackWindowEnd = "20:00",
		callbackWindowEnforced,
		callHistoryDays,
	} = settings;
	return {
		windowStart: callbackWindowStart,
		windowEnd: callbackWindowEnd,
		windowEnforced: callbackWindowEnforced ?? false,
		historyDays: callHistoryDays ?? 30,
	};
}

/** How often at most. */
export const extensionsRange = [0, 2] as const;

export function extensionsOf({ afterCallWorkExtensions }: OrganizationSettings): number {
	return afterCallWorkExtensions ?? extensionsRange[1];
}

export function enforcesScopes({ enforceScopes }: OrganizationSettings): boolean {
	return enforceScopes ?? true;
}

/** Seconds, or undefined where tokens do not idle out. */
export function idleTimeoutOf(settings: OrganizationSettings): number | undefined {
	return settings.idleTokenTimeoutEnabled === false ? undefined : settings.idleTokenTimeoutSeconds;
}

/** Seconds. */
export function sessionLimitOf(settings: OrganizationSettings): number {
	return settings.sessionLimitSeconds ?? defaultSessionLimitSeconds;
}

export function passwordRequirementsOf(settings: OrganizationSettings): PasswordRequirements {
	return { ...defaultRequirements, ...settings.passwordRequirements };
}

/** `OrgAuthSettings` of the platform. */
export function authSettingsView(settings: OrganizationSettings) {
	return {
		multifactorAuthenticationRequired: settings.multifactorAuthenticationRequired ?? false,
		domainAllowlistEnabled: settings.domainAllowlistEnabled ?? false,
		domainAllowlist: settings.domainAllowlist ?? [],
		ipAddressAllowlist: settings.ipAddressAllowlist ?? [],
		passwordRequirements: passwordRequirementsOf(settings),
		inactivityTimeoutExclusions: [],
		universalLogout: settings.universalLogout ?? false,
	};
}

/**
 * Settings as they are to be kept, checked.
 * @throws ApiError 400 naming the field
 */
export function changedSettings(before: OrganizationSettings, changes: OrganizationSettings): OrganizationSettings {
	const { domainAllowlist, ipAddressAllowlist, passwordRequirements } = changes;
	const after: OrganizationSettings = {
		...before,
		...changes,
		...(domainAllowlist ? { domainAllowlist: readEmbedders(domainAllowlist, before.domainAllowlist) } : {}),
		...(ipAddressAllowlist ? { ipAddressAllowlist: ipAddressAllowlist.map(readNetwork) } : {}),
		...(passwordRequirements
			? { passwordRequirements: readRequirements({ ...before.passwordRequirements, ...passwordRequirements }) }
			: {}),
	};
	requireRange(after.idleTokenTimeoutSeconds, "idleTokenTimeoutSeconds", idleTimeoutRange);
	if (after.idleTokenTimeoutEnabled && after.idleTokenTimeoutSeconds === undefined) {
		throw badField("idleTokenTimeoutSeconds", "Say after how many seconds: idleTokenTimeoutSeconds is missing.");
	}
	requireRange(after.sessionLimitSeconds, "sessionLimitSeconds", sessionLimitRange);
	requireRange(after.callHistoryDays, "callHistoryDays", historyDaysRange);
	const { windowStart, windowEnd } = callingRulesOf(after);
	if (windowStart >= windowEnd) throw badField("windowEnd", "The window must end after it begins, on the same day.");
	requireRange(after.afterCallWorkExtensions, "afterCallWorkExtensions", extensionsRange);
	if (after.offlineAfterSeconds !== 0)
		requireRange(after.offlineAfterSeconds, "offlineAfterSeconds", offlineAfterRange);
	return after;
}

function readRequirements(wanted: Partial<PasswordRequirements>): Partial<PasswordRequirements> {
	for (const name of Object.keys(requirementRanges) as (keyof PasswordRequirements)[]) {
		requireRange(wanted[name], `passwordRequirements.${name}`, requirementRanges[name]);
	}
	const { minimumAgeSeconds = 0, expirationDays = 0 } = wanted;
	if (expirationDays > 0 && minimumAgeSeconds >= expirationDays * 86_400) {
		throw badField(
			"passwordRequirements.minimumAgeSeconds",
			"A password must not have to stay longer than it is good: lower minimumAgeSeconds or raise expirationDays.",
		);
	}
	return wanted;
}

function requireRange(value: number | undefined, fieldName: string, [least, most]: readonly [number, number]): void {
	if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
	const why = fieldName.endsWith("minimumLength") ? ` Fewer than ${shortestPassword} characters are never enough.` : "";
	throw badField(fieldName, `${fieldName} must be a whole number from ${least} to ${most}.${why}`);
}

/** @param before what stands from before the bound may be sent back */
function readEmbedders(texts: readonly string[], before: readonly string[] = []): string[] {
	const list = [...new Set(texts.map(readEmbedder))];
	const characters = sourceCharacters(list);
	if (characters <= mostSourceCharacters || characters <= sourceCharacters(before)) return list;
	throw badField(
		"domainAllowlist",
		`The list has ${characters} characters; ${mostSourceCharacters} are the most that the pages' headers can carry. A wildcard such as https://*.crm.example stands for many.`,
	);
}

/** A host (`crm.example`, `*.crm.example`) or an origin; anything else could break out of the CSP header it ends in. */
function readEmbedder(text: string): string {
	const domain = text.trim().toLowerCase();
	if (isHostSource(domain)) return domain;
	throw badField(
		"domainAllowlist",
		`"${text.slice(0, 100)}" is neither a domain nor an origin such as https://crm.example.`,
	);
}

function readNetwork(text: string): string {
	const network = text.trim().toLowerCase();
	if (networkOf(network)) return network;
	throw badField(
		"ipAddressAllowlist",
		`"${text.slice(0, 100)}" is neither an IP address nor a network such as 203.0.113.0/24.`,
	);
}

interface Network {
	address: string;
	bits: number;
	type: "ipv4" | "ipv6";
}

function networkOf(text: string): Network | undefined {
	const [address = "", bits, more] = text.split("/");
	const version = isIP(address);
	if (!version || address.includes("%") || more !== undefined) return undefined;
	const all = version === 4 ? 32 : 128;
	if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > all)) return undefined;
	return { address, bits: bits === undefined ? all : Number(bits), type: version === 4 ? "ipv4" : "ipv6" };
}

/** Made once for each list that is kept: settings are replaced, never altered. */
const lists = new WeakMap<readonly string[], BlockList>();

/** Whether somebody may sign in and work from an address, by `ipAddressAllowlist`. */
export function allowsAddress({ ipAddressAllowlist }: OrganizationSettings, address: string): boolean {
	if (!ipAddressAllowlist || ipAddressAllowlist.length === 0) return true;
	const list = lists.get(ipAddressAllowlist) ?? blockListOf(ipAddressAllowlist);
	lists.set(ipAddressAllowlist, list);
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
	const version = isIP(plain);
	return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
}

function blockListOf(texts: readonly string[]): BlockList {
	const list = new BlockList();
	for (const text of texts) {
		const network = networkOf(text);
		if (network) list.addSubnet(network.address, network.bits, network.type);
	}
	return list;
}
