import type { AuthSettings, FactorDemand, IdleTimeout, PasswordRequirements } from "../../session/wire.ts";

/** The rules as they stand in the form: numbers as they are typed. */
export interface SignInForm {
	/** Of whom a second factor is asked. */
	demandedOf: FactorDemand["demandedOf"];
	everywhere: boolean;
	/** One a line. */
	networks: string;
	requirements: Record<keyof PasswordRequirements, string>;
	idles: boolean;
	idleMinutes: string;
	sessionDays: string;
	/** 0 for never. */
	offlineMinutes: string;
}

/** What goes to the server; absent where nothing of it was changed. */
export interface SignInBodies {
	settings?: Partial<AuthSettings>;
	timeout?: Partial<IdleTimeout>;
	demand?: FactorDemand;
	limit?: { sessionLimitSeconds: number };
	absence?: { offlineAfterSeconds: number };
}

const daySeconds = 86_400;
/** Days are read to the minute: 0.042 is an hour. */
const dayMinutes = 1_440;
const hourSeconds = 3_600;
/** What the form offers where no timeout was ever set. */
const usualIdleMinutes = 60;

export function formOf(
	settings: AuthSettings,
	timeout: IdleTimeout,
	others: FactorDemand & { sessionLimitSeconds: number; offlineAfterSeconds: number },
): SignInForm {
	const { passwordRequirements: asked } = settings;
	const { demandedOf, sessionLimitSeconds, offlineAfterSeconds } = others;
	const names = Object.keys(asked) as Array<keyof PasswordRequirements>;
	const requirements = Object.fromEntries(names.map((name) => [name, String(shown(name, asked[name]))]));
	return {
		demandedOf,
		everywhere: settings.universalLogout,
		networks: settings.ipAddressAllowlist.join("\n"),
		requirements: requirements as SignInForm["requirements"],
		idles: timeout.enableIdleTokenTimeout,
		idleMinutes: String(timeout.idleTokenTimeoutSeconds / 60 || usualIdleMinutes),
		sessionDays: String(Number((sessionLimitSeconds / daySeconds).toFixed(3))),
		offlineMinutes: String(offlineAfterSeconds / 60),
	};
}

/** What of the form differs from what was read. */
export function bodiesOf(read: SignInForm, form: SignInForm): SignInBodies {
	const settings: Partial<AuthSettings> = {
		...(form.everywhere === read.everywhere ? {} : { universalLogout: form.everywhere }),
		...(form.networks === read.networks ? {} : { ipAddressAllowlist: linesOf(form.networks) }),
		...changedRequirements(read, form),
	};
	const idleChanged = form.idles !== read.idles || form.idleMinutes !== read.idleMinutes;
	return {
		...(Object.keys(settings).length > 0 ? { settings } : {}),
		...(idleChanged ? { timeout: timeoutOf(form) } : {}),
		...(form.demandedOf === read.demandedOf ? {} : { demand: { demandedOf: form.demandedOf } }),
		...(form.sessionDays === read.sessionDays
			? {}
			: { limit: { sessionLimitSeconds: Math.round(Number(form.sessionDays) * dayMinutes) * 60 } }),
		...(form.offlineMinutes === read.offlineMinutes
			? {}
			: { absence: { offlineAfterSeconds: Math.round(Number(form.offlineMinutes) * 60) } }),
	};
}

/** A field of the form, with the single rules of passwords by their names. */
export type RuleField = Exclude<keyof SignInForm, "requirements"> | keyof PasswordRequirements;

/** Least and most that the server takes, in the units of the form. */
export const ranges = {
	minimumLength: [8, 128],
	minimumDigits: [0, 20],
	minimumLetters: [0, 20],
	minimumUpper: [0, 20],
	minimumLower: [0, 20],
	minimumSpecials: [0, 20],
	minimumAgeSeconds: [0, 720],
	expirationDays: [0, 3_650],
	idleMinutes: [5, 480],
	sessionDays: [1 / 24, 365],
	offlineMinutes: [0, 1_440],
} as const satisfies Partial<Record<RuleField, readonly [number, number]>>;

export type RangedField = keyof typeof ranges;

/** The numbers that the server would refuse. What only parts of a day or an hour make good is good. */
export function problemsOf(form: SignInForm): ReadonlySet<RangedField> {
	const values = flat(form);
	const fields = (Object.keys(ranges) as RangedField[]).filter((field) => field !== "idleMinutes" || form.idles);
	return new Set(fields.filter((field) => !isIn(ranges[field], values[field], mayBePart.has(field))));
}

const mayBePart: ReadonlySet<RangedField> = new Set(["minimumAgeSeconds", "sessionDays", "idleMinutes"]);

function isIn([least, most]: readonly [number, number], text: string, part: boolean): boolean {
	const value = text.trim() === "" ? Number.NaN : Number(text);
	return value >= least - 1e-9 && value <= most && (part || Number.isInteger(value));
}

/** The form with its rules of passwords beside the rest, for comparing it field by field. */
export type FlatForm = Omit<SignInForm, "requirements"> & SignInForm["requirements"];

export function flat({ requirements, ...rest }: SignInForm): FlatForm {
	return { ...rest, ...requirements };
}

export function unflat(form: FlatForm): SignInForm {
	const { demandedOf, everywhere, networks, idles, idleMinutes, sessionDays, offlineMinutes, ...requirements } = form;
	return { demandedOf, everywhere, networks, idles, idleMinutes, sessionDays, offlineMinutes, requirements };
}

function timeoutOf({ idles, idleMinutes }: SignInForm): Partial<IdleTimeout> {
	if (!idles) return { enableIdleTokenTimeout: false };
	return { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: Math.round(Number(idleMinutes) * 60) };
}

function changedRequirements(read: SignInForm, form: SignInForm): Partial<AuthSettings> {
	const names = Object.keys(form.requirements) as Array<keyof PasswordRequirements>;
	const changed = names.filter((name) => form.requirements[name] !== read.requirements[name]);
	if (changed.length === 0) return {};
	const values = changed.map((name) => [name, sent(name, Number(form.requirements[name]))]);
	return { passwordRequirements: Object.fromEntries(values) as PasswordRequirements };
}

/** An age is shown in hours. */
function shown(name: keyof PasswordRequirements, value: number): number {
	return name === "minimumAgeSeconds" ? value / hourSeconds : value;
}

function sent(name: keyof PasswordRequirements, value: number): number {
	return name === "minimumAgeSeconds" ? Math.round(value * hourSeconds) : value;
}

/** Addresses and networks as they are sent. */
export function linesOf(text: string): string[] {
	return text
		.split(/[\s,;]+/)
		.map((line) => line.trim())
		.filter((line) => line !== "");
}
