/** Keys that stand where they have no effect (framework-contract 3 and 4). */
import { SETTING_NAMES } from "@inlay/contract";
import { nearestName } from "@inlay/contract/nearest";
import type { Rule, RuleHit } from "../rule.ts";
import type { Script } from "../source/script.ts";
import type { Entry, ObjectValue } from "../source/value.ts";
import { CALLBACK_NAMES, nearlyThere } from "./callbacks.ts";

const configKeys = ["name", "clientIds", "customInteractionAttributes", "settings", "helpLinks", "getUserLanguage"];
const { switches, others } = SETTING_NAMES;
const settingKeys = [...switches, ...others];
/** What others put there, and the platform's own tools read. */
const foreign = ["enableConfigurableCallerId", "displayObject"];

/** A name that is nearly one that the panel knows. */
export const misspeltKeys: Rule = {
	code: "key.misspelt",
	severity: "warning",
	check: ({ script, framework, config, settings }) =>
		[
			...misspelt(framework?.object, [...CALLBACK_NAMES, "config"], ""),
			...misspelt(config, configKeys, "config."),
			...misspelt(settings, settingKeys, "config.settings.", switches),
			...besideRight(script, settings, settingKeys, switches),
			...misspelt(inner(settings, "theme"), ["primary", "text", "notification"], "config.settings.theme."),
			...misspelt(inner(settings, "sso"), ["provider", "orgName"], "config.settings.sso."),
			...misspelt(inner(settings, "display"), ["interactionDetails"], "config.settings.display."),
		].map((hit) => withoutFixOfUsed(script, hit)),
};

/** A key of `settings` that no setting has, and that the script does not read itself. */
export const unknownSettings: Rule = {
	code: "setting.unknown",
	severity: "warning",
	check: ({ script, settings }) =>
		[...(settings?.entries.values() ?? [])]
			.filter((entry) => !isKnown(entry) && !script.isNamedBeside(entry.name, entry.key))
			.map(({ name, key }) => ({
				at: key,
				message: `${whereto(name)}: there is no setting ${name}, and it has no effect.`,
				path: `config.settings.${name}`,
			})),
};

/** Or another rule says what to do with it. */
function isKnown(entry: Entry): boolean {
	const { name, value } = entry;
	const isMisplaced = configKeys.includes(name) || (CALLBACK_NAMES.includes(name) && value.kind !== "plain");
	return isMisplaced || isFine(name, settingKeys, switches) || meantBy(entry, settingKeys, switches) !== undefined;
}

function whereto(name: string): string {
	const callback = nearestName(name, CALLBACK_NAMES);
	return callback ? `Write ${callback} beside config, as a function` : `Remove ${name}, or write what you meant`;
}

/** A callback inside `config` or `settings`, where nobody calls it. */
export const misplacedCallbacks: Rule = {
	code: "callback.misplaced",
	severity: "error",
	check: ({ config, settings }) =>
		[config, settings].flatMap((where, depth) =>
			[...(where?.entries.values() ?? [])]
				.filter(({ name, value }) => CALLBACK_NAMES.includes(name) && value.kind !== "plain")
				.map(({ name, key }) => ({
					at: key,
					message: `Move ${name} out of ${depth === 0 ? "config" : "settings"}, to stand beside config: nobody calls it here.`,
					path: `config.${depth === 0 ? "" : "settings."}${name}`,
				})),
		),
};

/** The same key twice: the earlier one is lost. */
export const duplicateKeys: Rule = {
	code: "key.duplicate",
	severity: "warning",
	check: ({ framework, config, settings }) =>
		[framework?.object, config, settings].flatMap((object) =>
			(object?.overwritten ?? []).map(({ key, name }) => ({
				at: key,
				message: `Remove this ${name}: another one below it takes its place.`,
			})),
		),
};

/** Keys that the reference linter wants of every script. */
export const requiredKeys: Rule = {
	code: "config.key.missing",
	severity: "warning",
	check: ({ config, options }) => {
		if (!config || config.open) return [];
		const wanted = options.review ? configKeys.slice(0, 4) : configKeys.slice(0, 2);
		return wanted
			.filter((key) => !config.entries.has(key) && !nearlyThere(config, key))
			.map((key) => ({ at: config.node, message: `Add ${key} to config.`, path: `config.${key}` }));
	},
};

function inner(object: ObjectValue | undefined, name: string): ObjectValue | undefined {
	const value = object?.entries.get(name)?.value;
	return value?.kind === "object" ? value : undefined;
}

function misspelt(
	object: ObjectValue | undefined,
	known: readonly string[],
	path: string,
	anyCase: readonly string[] = [],
): RuleHit[] {
	if (!object) return [];
	return [...object.entries.values()].flatMap((entry) => {
		const meant = meantBy(entry, known, anyCase);
		if (meant === undefined || object.entries.has(meant)) return [];
		const message = `Write ${meant}: the panel does not know ${entry.name}, and it has no effect.`;
		return [{ at: entry.key, message, path: `${path}${entry.name}`, ...renaming(entry, meant) }];
	});
}

/** One that stands beside the right one and that the script does not read itself: what it says may be what was meant. */
function besideRight(
	script: Script,
	settings: ObjectValue | undefined,
	known: readonly string[],
	anyCase: readonly string[],
): RuleHit[] {
	return [...(settings?.entries.values() ?? [])].flatMap((entry) => {
		const meant = meantBy(entry, known, anyCase);
		if (meant === undefined || !settings?.entries.has(meant) || script.isNamedBeside(entry.name, entry.key)) return [];
		const message = `Remove ${entry.name}: the panel does not know it, and takes ${meant}, which stands beside it.`;
		return [{ at: entry.key, message, path: `config.settings.${entry.name}` }];
	});
}

/** The name that is nearly this one; undefined for one that is known. */
function meantBy({ name }: Entry, known: readonly string[], anyCase: readonly string[]): string | undefined {
	return isFine(name, known, anyCase) ? undefined : nearestName(name, known);
}

function isFine(name: string, known: readonly string[], anyCase: readonly string[]): boolean {
	const lower = anyCase.map((each) => each.toLowerCase());
	return known.includes(name) || foreign.includes(name) || lower.includes(name.trim().toLowerCase());
}

/** What the script reads by that name itself would be lost with it. */
function withoutFixOfUsed(script: Script, { fix, ...hit }: RuleHit): RuleHit {
	const isElsewhere = fix && script.isNamedBeside(script.source.slice(fix.start, fix.end), hit.at);
	return fix && !isElsewhere ? { ...hit, fix } : hit;
}

/** A shorthand would lose what it names. */
function renaming({ key, value, name }: Entry, meant: string) {
	const isShorthand = key.start === value.node.start;
	if (isShorthand || key.end - key.start < name.length) return {};
	const isQuoted = key.type === "Literal";
	return { fix: { start: key.start + (isQuoted ? 1 : 0), end: key.end - (isQuoted ? 1 : 0), text: meant } };
}
