import type { FrameworkSettings } from "./config.ts";
import { defaultFrameworkSettings } from "./config.ts";
import { CALL_CONTROLS, IN_HAND_AS, matchName, SEARCH_TARGETS, SECURE_SESSION_AS, WEB_MESSAGES_AS } from "./names.ts";
import { type ProblemList, readTexts, reportNoObject } from "./problems.ts";
import { readTheme } from "./read-theme.ts";
import type { UiReader } from "./read-ui-policy.ts";
import { isGiven, isRecord, readBoolean, readText, safeEntries, safeGet } from "./values.ts";

const PATH = "config.settings";

type SwitchName = {
	[Key in keyof FrameworkSettings]-?: FrameworkSettings[Key] extends boolean ? Key : never;
}[keyof FrameworkSettings];

const SWITCHES: readonly SwitchName[] = [
	"embedWebRTCByDefault",
	"hideWebRTCPopUpOption",
	"enableCallLogs",
	"hideCallLogSubject",
	"hideCallLogContact",
	"hideCallLogRelation",
	"enableTransferContext",
	"dedicatedLoginWindow",
	"embeddedInteractionWindow",
	"enableConfigurableCallerID",
	"enableServerSideLogging",
	"enableCallHistory",
	"usePKCEAuthFlow",
	"unconfirmedEvents",
	"queueVoicemailIsCallback",
	"isolation",
];

/** Every key that belongs inside `settings`. Switches are read whatever their letter case, the others as they are written. */
export const SETTING_NAMES: { readonly switches: readonly string[]; readonly others: readonly string[] } = {
	switches: SWITCHES,
	others: [
		"defaultOutboundSMSCountryCode",
		"searchTargets",
		"callControls",
		"theme",
		"sso",
		"display",
		"ui",
		"webMessagesAs",
		"writtenInHandAs",
		"secureSessionAs",
	],
};

/** The same, folded to lower case: tells a misplaced key from an unknown one. */
export const SETTING_KEYS: ReadonlySet<string> = new Set(
	[...SETTING_NAMES.switches, ...SETTING_NAMES.others].map((key) => key.toLowerCase()),
);

/** Reads `config.settings`; an absent or unusable value keeps its default (framework-contract 4). */
export function readSettings(raw: unknown, problems: ProblemList, readUi: UiReader): FrameworkSettings {
	const settings = defaultFrameworkSettings();
	if (raw === undefined || raw === null) return settings;
	if (!isRecord(raw)) {
		problems.error("settings.not.object", PATH, "Make settings an object; the defaults are used.");
		return settings;
	}
	readSwitches(raw, settings, problems);
	const country = readSetting(raw, "defaultOutboundSMSCountryCode", problems);
	if (country !== undefined) settings.defaultOutboundSMSCountryCode = readCountry(country, problems);
	settings.searchTargets = readNames(raw, "searchTargets", SEARCH_TARGETS, settings.searchTargets, problems);
	settings.callControls = readNames(raw, "callControls", CALL_CONTROLS, settings.callControls, problems);
	settings.webMessagesAs = readName(raw, "webMessagesAs", WEB_MESSAGES_AS, problems);
	settings.writtenInHandAs = readName(raw, "writtenInHandAs", IN_HAND_AS, problems);
	settings.secureSessionAs = readName(raw, "secureSessionAs", SECURE_SESSION_AS, problems);
	settings.theme = readTheme(safeGet(raw, "theme"), `${PATH}.theme`, problems);
	const sso = readSso(safeGet(raw, "sso"), problems);
	if (sso !== undefined) settings.sso = sso;
	settings.display = { interactionDetails: readDetails(safeGet(raw, "display"), problems) };
	settings.ui = readUi(safeGet(raw, "ui"), `${PATH}.ui`, problems);
	return settings;
}

/** Keys are matched without regard to case: `…CallerID` and `…CallerId` are both in circulation. */
function readSwitches(raw: Record<string, unknown>, settings: FrameworkSettings, problems: ProblemList): void {
	const written = new Map(safeEntries(raw).map(([key, value]) => [key.trim().toLowerCase(), value]));
	for (const name of SWITCHES) {
		const value = name in raw ? safeGet(raw, name) : written.get(name.toLowerCase());
		if (value === undefined || value === null) continue;
		const read = readBoolean(value);
		if (read !== undefined) settings[name] = read;
		if (typeof value === "boolean") continue;
		const taken = read === undefined ? "the default is used" : `it is taken for ${read}`;
		problems.warn("setting.not.boolean", `${PATH}.${name}`, `Use true or false, without quotes; ${taken}.`);
	}
}

/** One of these names; the first where none is given. */
function readName<Name extends string>(
	raw: Record<string, unknown>,
	key: string,
	known: readonly [Name, ...Name[]],
	problems: ProblemList,
): Name {
	const given = safeGet(raw, key);
	const read = matchName(known, given);
	if (read === undefined && isGiven(given))
		problems.warn("setting.name.unknown", `${PATH}.${key}`, `Use one of: ${known.join(", ")}.`);
	return read ?? known[0];
}

/** A text; what is none is reported. */
function readSetting(raw: Record<string, unknown>, key: string, problems: ProblemList): string | undefined {
	const value = safeGet(raw, key);
	const text = readText(value);
	if (text === undefined && isGiven(value))
		problems.warn("setting.not.text", `${PATH}.${key}`, "Write it as text; it is ignored.");
	return text;
}

function readCountry(country: string, problems: ProblemList): string | undefined {
	if (/^\+\d{1,4}$/.test(country)) return country;
	if (/^[a-z]{2}$/i.test(country)) return country.toUpperCase();
	problems.warn(
		"setting.country.invalid",
		`${PATH}.defaultOutboundSMSCountryCode`,
		"Use a dialling code such as +1 or a two-letter country code; it is ignored.",
	);
	return undefined;
}

function readNames<Name extends string>(
	raw: Record<string, unknown>,
	key: string,
	known: readonly Name[],
	fallback: Name[],
	problems: ProblemList,
): Name[] {
	const value = safeGet(raw, key);
	if (value === undefined || value === null) return fallback;
	if (!Array.isArray(value)) {
		problems.warn("setting.not.list", `${PATH}.${key}`, "Use a list of names; the default is used.");
		return fallback;
	}
	const names = value.map((given, index) => {
		const name = matchName(known, given);
		if (name === undefined)
			problems.warn("setting.name.unknown", `${PATH}.${key}[${index}]`, `Use one of: ${known.join(", ")}.`);
		return name;
	});
	return [...new Set(names.filter((name): name is Name => name !== undefined))];
}

/** Empty texts, or `false` for the whole key, mean none (framework-contract 4, `sso`). */
function readSso(raw: unknown, problems: ProblemList): FrameworkSettings["sso"] {
	reportNoObject(raw, `${PATH}.sso`, problems);
	const provider = readText(safeGet(raw, "provider"));
	const orgName = readText(safeGet(raw, "orgName"));
	// One alone leads nowhere (platform-api 1.2): people would be left to wonder why they see the sign-in page.
	if (!provider !== !orgName)
		problems.warn("setting.sso.half", `${PATH}.sso`, "Give provider and orgName together; it is ignored.");
	return provider ? { provider, orgName: orgName ?? "" } : undefined;
}

/** Unknown identifiers stay: whoever draws the card skips what it does not know. */
function readDetails(display: unknown, problems: ProblemList): Record<string, string[]> {
	const details: Record<string, string[]> = {};
	reportNoObject(display, `${PATH}.display`, problems);
	reportNoObject(safeGet(display, "interactionDetails"), `${PATH}.display.interactionDetails`, problems);
	for (const [medium, lines] of safeEntries(safeGet(display, "interactionDetails"))) {
		const path = `${PATH}.display.interactionDetails.${medium}`;
		if (Array.isArray(lines)) {
			details[medium.trim().toLowerCase()] = readTexts(lines, path, problems);
		} else if (isGiven(lines)) {
			problems.warn("setting.not.list", path, "Use a list of identifiers; the built-in lines are shown.");
		}
	}
	return details;
}
