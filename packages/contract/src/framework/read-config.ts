import type { FrameworkConfig, LanguageAsker } from "./config.ts";
import { defaultFrameworkConfig } from "./config.ts";
import { foldName } from "./names.ts";
import type { FrameworkProblem } from "./problems.ts";
import { ProblemList, readTexts, reportNoObject } from "./problems.ts";
import { readSettings, SETTING_KEYS } from "./read-settings.ts";
import type { UiReader } from "./read-ui-policy.ts";
import { isGiven, isRecord, readText, safeEntries, safeGet } from "./values.ts";

const CONFIG_KEYS: ReadonlySet<string> = new Set([
	"name",
	"clientids",
	"custominteractionattributes",
	"settings",
	"helplinks",
	"getuserlanguage",
]);

export interface ReadConfig {
	config: FrameworkConfig;
	problems: FrameworkProblem[];
}

/**
 * Reads what a script has put into `window.Framework.config`, tolerantly: whatever it is given, a complete configuration
 * comes back, with the findings beside it. Unknown keys are ignored; keys in the wrong place are reported
 * (framework-contract 3 and 4).
 *
 * @param readUi reads `settings.ui`
 */
export function readConfigWith(raw: unknown, readUi: UiReader): ReadConfig {
	const problems = new ProblemList();
	if (!isRecord(raw)) {
		problems.error("config.missing", "config", "Give window.Framework a config object; the defaults are used.");
		return { config: defaultFrameworkConfig(), problems: problems.all() };
	}
	reportMisplaced(raw, problems);
	const getUserLanguage = readLanguageAsker(raw, problems);
	const config: FrameworkConfig = {
		name: readName(safeGet(raw, "name"), problems),
		clientIds: readClientIds(safeGet(raw, "clientIds"), problems),
		customInteractionAttributes: readAttributeNames(safeGet(raw, "customInteractionAttributes"), problems),
		settings: readSettings(safeGet(raw, "settings"), problems, readUi),
		helpLinks: readHelpLinks(safeGet(raw, "helpLinks"), problems),
		...(getUserLanguage === undefined ? {} : { getUserLanguage }),
	};
	return { config, problems: problems.all() };
}

/** Keys beside `config` in `window.Framework` that belong inside it, e.g. `display` (framework-contract 3). */
export function readMisplacedBesideConfig(framework: unknown): FrameworkProblem[] {
	const problems = new ProblemList();
	for (const [key] of safeEntries(framework)) {
		const folded = key.toLowerCase();
		if (SETTING_KEYS.has(folded)) reportMove(problems, key, "config.settings");
		else if (CONFIG_KEYS.has(folded)) reportMove(problems, key, "config");
	}
	return problems.all();
}

function reportMisplaced(raw: Record<string, unknown>, problems: ProblemList): void {
	for (const [key] of safeEntries(raw)) {
		if (SETTING_KEYS.has(key.toLowerCase())) reportMove(problems, `config.${key}`, "config.settings");
	}
	for (const [key] of safeEntries(safeGet(raw, "settings"))) {
		const folded = key.toLowerCase();
		if (CONFIG_KEYS.has(folded)) reportMove(problems, `config.settings.${key}`, "config");
	}
}

function reportMove(problems: ProblemList, path: string, home: string): void {
	problems.warn("config.misplaced", path, `Move it into ${home}; where it stands it has no effect.`);
}

function readName(raw: unknown, problems: ProblemList): string {
	const name = readText(raw);
	if (name === undefined) problems.warn("config.name.missing", "config.name", "Give the integration a name.");
	return name ?? "";
}

/** Trims keys and values: a real file has the key `"euw2.pure.cloud "` (framework-contract 1.3). */
function readClientIds(raw: unknown, problems: ProblemList): Record<string, string> {
	if (raw !== undefined && raw !== null && !isRecord(raw)) {
		problems.error("config.clientIds.invalid", "config.clientIds", "Make it an object of region and client id.");
	}
	const ids: Record<string, string> = Object.create(null) as Record<string, string>;
	for (const [key, value] of safeEntries(raw)) {
		const id = readText(value);
		const region = key.trim().toLowerCase();
		if (id !== undefined && ids[region] === undefined) ids[region] = id;
		else if (value !== "" && id === undefined && value !== undefined && value !== null) {
			problems.warn("config.clientId.invalid", `config.clientIds.${key}`, "Write the client id as text.");
		}
	}
	return { ...ids };
}

function readAttributeNames(raw: unknown, problems: ProblemList): string[] {
	if (raw === undefined || raw === null) return [];
	if (!Array.isArray(raw)) {
		const path = "config.customInteractionAttributes";
		problems.warn("config.attributes.invalid", path, "Make it a list of attribute names; none is shown.");
		return [];
	}
	const path = "config.customInteractionAttributes";
	return [...new Set(readTexts(raw, path, problems))];
}

/** Only web addresses: the panel opens them on a click. */
function readHelpLinks(raw: unknown, problems: ProblemList): Record<string, string> {
	const links: Record<string, string> = {};
	reportNoObject(raw, "config.helpLinks", problems);
	for (const [view, value] of safeEntries(raw)) {
		if (!isGiven(value)) continue;
		const address = readText(value) ?? "";
		if (/^https?:\/\//i.test(address)) links[foldName(view)] = address;
		else problems.warn("config.helpLink.invalid", `config.helpLinks.${view}`, "Use an http or https address.");
	}
	return links;
}

/** Called as a method of the script's own config, so that its `this` is what its author expects. */
function readLanguageAsker(config: Record<string, unknown>, problems: ProblemList): LanguageAsker | undefined {
	const asker = safeGet(config, "getUserLanguage");
	if (typeof asker === "function") return (callback) => Reflect.apply(asker, config, [callback]) as unknown;
	if (asker !== undefined && asker !== null) {
		const text = "Make it a function that calls its callback with a locale; the browser's language is used.";
		problems.warn("config.language.invalid", "config.getUserLanguage", text);
	}
	return undefined;
}
