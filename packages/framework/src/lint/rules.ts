/** What a script is checked for beyond its configuration (framework-contract 2, 3, 5 and 11). */
import type { ProblemList } from "@inlay/contract";
import { matchName, SEARCH_TARGETS } from "@inlay/contract";
import type { Literal, Property } from "./literals.ts";
import { isMark } from "./literals.ts";
import type { Token } from "./tokens.ts";

type ObjectLiteral = Literal & { kind: "object" };

/** Regions whose client ids a reviewed, public deployment must bring (framework-contract 1.3). */
const REVIEWED_REGIONS = [
	"cac1.pure.cloud",
	"mypurecloud.com",
	"usw2.pure.cloud",
	"aps1.pure.cloud",
	"apne2.pure.cloud",
	"mypurecloud.com.au",
	"mypurecloud.jp",
	"mypurecloud.ie",
	"mypurecloud.de",
	"euw2.pure.cloud",
] as const;

const REQUIRED_KEYS = ["name", "settings", "clientIds", "customInteractionAttributes"];
const CALLBACKS = ["initialSetup", "screenPop", "processCallLog", "openCallLog", "contactSearch"];

export function checkCallbacks(framework: ObjectLiteral, problems: ProblemList): void {
	for (const name of CALLBACKS) {
		const property = framework.entries.get(name);
		if (property !== undefined && (property.value.kind === "plain" || property.value.kind === "object"))
			problems.error("callback.not.function", name, "Make it a function; the panel cannot call it.", property.line);
	}
	const settings = objectAt(framework, "config", "settings");
	checkCallLog(framework, settings, problems);
	checkContactSearch(framework, settings, problems);
}

/** `const Framework` and `let Framework` make no property of the window, so the panel never sees them. */
export function checkDeclaration(tokens: readonly Token[], problems: ProblemList): void {
	const declared = tokens.find(
		(token, index) => token.text === "Framework" && ["const", "let"].includes(tokens[index - 1]?.text ?? ""),
	);
	const assigned = tokens.some(
		(token, index) => token.text === "Framework" && [".", "["].includes(tokens[index - 1]?.text ?? ""),
	);
	if (declared !== undefined && !assigned)
		problems.error(
			"framework.lexical",
			"Framework",
			"Write window.Framework = … instead of const or let.",
			declared.line,
		);
}

/** Keys that the reference linter wants; without them the panel runs on defaults. */
export function checkRequiredKeys(config: ObjectLiteral, problems: ProblemList): void {
	if (config.open) return;
	for (const key of REQUIRED_KEYS.filter((each) => !config.entries.has(each)))
		problems.warn("config.key.missing", `config.${key}`, `Add ${key} to config.`, config.line);
}

/** Rules of a public deployment's review. */
export function checkReview(config: ObjectLiteral, problems: ProblemList): void {
	const names = config.entries.get("customInteractionAttributes")?.value;
	if (names?.kind === "array" && names.items.length === 0)
		problems.error(
			"review.attributes.empty",
			"config.customInteractionAttributes",
			"Name at least one attribute.",
			names.line,
		);
	const ids = config.entries.get("clientIds")?.value;
	if (ids?.kind !== "object" || ids.open) return;
	const present = new Set([...ids.entries.keys()].map((key) => key.trim().toLowerCase()));
	const missing = REVIEWED_REGIONS.filter((region) => !present.has(region));
	if (missing.length > 0)
		problems.error("review.regions.missing", "config.clientIds", `Add client ids for ${missing.join(", ")}.`, ids.line);
}

/** Messages to anybody, tokens to the parent, foreign scripts, module syntax. */
export function checkCalls(tokens: readonly Token[], review: boolean, problems: ProblemList): void {
	const report = review ? problems.error.bind(problems) : problems.warn.bind(problems);
	tokens.forEach((token, index) => {
		if (token.kind !== "name") return;
		if (token.text === "postMessage" && sendsToAnybody(tokens, index))
			report("message.target.any", "", 'Name the page\'s origin instead of "*": any page could read this.', token.line);
		if (token.text === "createElement" && tokens[index + 2]?.text.toLowerCase() === "script")
			report(
				"script.loads.script",
				"",
				"Bring the code in this file: a script loaded from elsewhere runs with the agent's rights.",
				token.line,
			);
		if ((token.text === "import" || token.text === "export") && startsModule(tokens, index))
			problems.error(
				"script.is.module",
				"",
				"Build a classic script: import and export do not run in the panel.",
				token.line,
			);
	});
	if (listensUnchecked(tokens))
		report("message.origin.unchecked", "", "Compare event.origin with your page's origin before acting on a message.");
}

function checkCallLog(framework: ObjectLiteral, settings: ObjectLiteral | undefined, problems: ProblemList): void {
	const enabled = settings?.entries.get("enableCallLogs");
	if (enabled?.value.kind !== "plain" || enabled.value.value !== true) return;
	if (isStub(framework, framework.entries.get("processCallLog")))
		problems.warn(
			"calllog.not.implemented",
			"processCallLog",
			"enableCallLogs is true: save the log here.",
			enabled.line,
		);
}

function checkContactSearch(
	framework: ObjectLiteral,
	settings: ObjectLiteral | undefined,
	problems: ProblemList,
): void {
	const targets = settings?.entries.get("searchTargets");
	if (targets?.value.kind !== "array") return;
	const wants = targets.value.items.some(
		(item) => item.kind === "plain" && matchName(SEARCH_TARGETS, item.value) === "frameworkContacts",
	);
	if (!wants) return;
	const search = framework.entries.get("contactSearch");
	if (isStub(framework, search)) {
		const text = "frameworkContacts is a search target: answer the search here.";
		problems.error("contacts.not.implemented", "contactSearch", text, targets.line);
	}
}

/** Missing, or a function that does nothing; an object that cannot be seen whole gets the benefit of the doubt. */
function isStub(framework: ObjectLiteral, property: Property | undefined): boolean {
	if (property === undefined) return !framework.open;
	return property.value.kind === "function" && !property.value.body.some((token) => token.kind === "name");
}

function objectAt(from: ObjectLiteral, ...path: string[]): ObjectLiteral | undefined {
	let current: Literal | undefined = from;
	for (const key of path) current = current?.kind === "object" ? current.entries.get(key)?.value : undefined;
	return current?.kind === "object" ? current : undefined;
}

function sendsToAnybody(tokens: readonly Token[], at: number): boolean {
	let depth = 0;
	for (let index = at + 1; index < tokens.length; index += 1) {
		const token = tokens[index];
		if (token === undefined) return false;
		if (isMark(token, "(")) depth += 1;
		if (isMark(token, ")")) depth -= 1;
		if (depth <= 0) return false;
		if (token.kind === "string" && token.text === "*" && isWholeArgument(tokens, index)) return true;
	}
	return false;
}

/** `"*"` by itself behind the message, or as `targetOrigin: "*"`; not the message, nor part of a longer expression. */
function isWholeArgument(tokens: readonly Token[], index: number): boolean {
	const [before, after] = [tokens[index - 1]?.text ?? "", tokens[index + 1]?.text ?? ""];
	return [",", ":"].includes(before) && [",", ")", "}"].includes(after);
}

/** `import x`, `import {`, `export …` at the start of a statement, not `import(` and not a property. */
function startsModule(tokens: readonly Token[], index: number): boolean {
	const before = tokens[index - 1];
	const after = tokens[index + 1];
	if (before !== undefined && !(isMark(before, ";") || isMark(before, "}"))) return false;
	return after !== undefined && !["(", ".", ":", "=", ","].includes(after.text);
}

function listensUnchecked(tokens: readonly Token[]): boolean {
	const listens = tokens.some(
		(token, index) =>
			(token.text === "addEventListener" && tokens[index + 2]?.text === "message") || token.text === "onmessage",
	);
	return listens && !tokens.some((token) => token.kind === "name" && token.text === "origin");
}
