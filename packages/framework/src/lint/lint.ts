/** Checks a `framework.js` without running it (framework-contract 3 to 6 and 11). Works in a browser and on a server. */
import type { LintFinding, LintOptions } from "./finding.ts";
import type { LintContext, Rule, RuleHit } from "./rule.ts";
import { loadsScripts } from "./rules/script-loading.ts";
import { rules, syntaxCodes } from "./rules.ts";
import { findFramework, valueAt } from "./source/find-framework.ts";
import { librariesIn } from "./source/libraries.ts";
import { type ParseFailure, parseScript } from "./source/parse.ts";
import { Places } from "./source/places.ts";
import { Script } from "./source/script.ts";
import type { ObjectValue } from "./source/value.ts";

/**
 * All findings, in the order of the text. An empty list means nothing was found, not that the script is right. Never throws,
 * whatever it is given.
 */
export function lintFrameworkScript(source: string, options: LintOptions = {}): LintFinding[] {
	const places = new Places(source);
	const parsed = parseScript(source);
	if ("failure" in parsed) return [failureFinding(parsed.failure, source, places)];
	const context = contextOf(new Script(source, parsed.program), options);
	const libraries = librariesIn(source, parsed.program);
	const libraryAt = (start: number) => libraries.find((each) => each.start <= start && start < each.end)?.name;
	const found = rules
		.filter((rule) => rule.review !== "only" || options.review === true)
		.flatMap((rule) =>
			[...rule.check(context)].map((hit) => {
				const library = libraryAt(hit.at.start);
				return { ...finding(rule, hit, places, options.review === true), ...(library ? { library } : {}) };
			}),
		);
	return found.sort((a, b) => a.line - b.line || a.column - b.column || a.code.localeCompare(b.code));
}

function contextOf(script: Script, options: LintOptions): LintContext {
	const framework = findFramework(script);
	const config = objectAt(framework?.object, "config");
	const settings = objectAt(framework?.object, "config", "settings");
	return { script, options, framework, config, settings, loadsMore: loadsScripts(script) };
}

function objectAt(from: ObjectValue | undefined, ...path: string[]): ObjectValue | undefined {
	const value = valueAt(from, ...path);
	return value?.kind === "object" ? value : undefined;
}

function finding(rule: Rule, { at, message, path, fix }: RuleHit, places: Places, isReview: boolean): LintFinding {
	return {
		code: rule.code,
		severity: isReview && rule.review === "error" ? "error" : rule.severity,
		message,
		...places.range(at.start, at.end),
		...(path === undefined ? {} : { path }),
		...(fix === undefined ? {} : { fix }),
	};
}

function failureFinding({ message, at, isModule }: ParseFailure, source: string, places: Places): LintFinding {
	const code = isModule ? syntaxCodes.module : syntaxCodes.syntax;
	const text = isModule
		? "Build a classic script: import and export do not run in the panel."
		: `This is not JavaScript: ${message}.`;
	const end = Math.min(source.length, at + 1);
	return { code, severity: "error", message: text, ...places.range(Math.min(at, end), end) };
}
