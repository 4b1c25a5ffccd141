/** What the panel itself finds when it reads `config`, said before it is uploaded (framework-contract 3 and 4). */
import type { FrameworkProblem, FrameworkSeverity } from "@inlay/contract";
import {
	CALL_CONTROLS,
	IN_HAND_AS,
	MENU_NAMES,
	readBoolean,
	readMisplacedBesideConfig,
	SEARCH_TARGETS,
	SECURE_SESSION_AS,
	WEB_MESSAGES_AS,
} from "@inlay/contract";
import { readFrameworkConfig } from "@inlay/contract/framework-config";
import { nearestName } from "@inlay/contract/nearest";
import type { LintFix } from "../finding.ts";
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { keyName } from "../source/node-names.ts";
import { nodeAtPath, toPlainValue } from "../source/plain-value.ts";
import type { Script } from "../source/script.ts";
import type { Value } from "../source/value.ts";
import type { SourceNode } from "../source/walk.ts";

const codes: Readonly<Record<string, FrameworkSeverity>> = {
	"config.missing": "error",
	"config.misplaced": "warning",
	"config.clientIds.invalid": "error",
	"config.clientId.invalid": "warning",
	"config.attributes.invalid": "warning",
	"config.helpLink.invalid": "warning",
	"config.language.invalid": "warning",
	"settings.not.object": "error",
	"setting.not.boolean": "warning",
	"setting.not.text": "warning",
	"setting.not.list": "warning",
	"setting.not.object": "warning",
	"setting.country.invalid": "warning",
	"setting.name.unknown": "warning",
	"setting.sso.half": "warning",
	"theme.colour.invalid": "warning",
	"ui.not.object": "warning",
	"ui.not.list": "warning",
	"ui.action.unknown": "warning",
	"ui.part.unknown": "warning",
	"ui.name.unknown": "warning",
	"ui.name.invalid": "warning",
	"ui.text.invalid": "warning",
	"ui.needed": "warning",
	"ui.groups.invalid": "warning",
	"ui.groups.missing": "warning",
	"ui.add.invalid": "warning",
	"ui.add.many": "warning",
	"ui.add.id": "warning",
	"ui.add.text": "warning",
	"ui.add.url": "warning",
	"ui.add.status": "warning",
};

/** One rule for each code of the reading; it is read once. */
export const configReadingRules: readonly Rule[] = Object.entries(codes).map(([code, severity]) => ({
	code,
	severity,
	check: (context) => problemsOf(context).flatMap((problem) => (problem.code === code ? hit(context, problem) : [])),
}));

const read = new WeakMap<LintContext, FrameworkProblem[]>();

function problemsOf(context: LintContext): FrameworkProblem[] {
	const known = read.get(context) ?? configProblems(context);
	read.set(context, known);
	return known;
}

function configProblems({ framework }: LintContext): FrameworkProblem[] {
	if (!framework?.object) return [];
	const plain = toPlainValue(framework.object) as Record<string, unknown>;
	const config = framework.object.entries.get("config")?.value;
	// A configuration that comes with something spread into the object cannot be seen, so it is not missed.
	const isSeen = config === undefined ? !framework.object.open : config.kind !== "unknown";
	return [...(isSeen ? readFrameworkConfig(plain.config).problems : []), ...readMisplacedBesideConfig(plain)];
}

function hit({ framework, script }: LintContext, { code, path, text }: FrameworkProblem): RuleHit[] {
	if (!framework?.object) return [];
	const { node, value } = nodeAtPath(framework.object, path);
	const { message, fix } = mended(code, path, text, value, script.source.slice(node.start, node.end));
	const isFixed = fix !== undefined && isItsOwn(script, node, path);
	return [{ at: node, message, path, ...(isFixed ? { fix: { start: node.start, end: node.end, text: fix } } : {}) }];
}

/** A value that stands at its key or in its list; one that has another name is read elsewhere too. */
function isItsOwn({ parents }: Script, node: SourceNode, path: string): boolean {
	const home = parents.get(node);
	if (home?.type === "AssignmentExpression") return home.left.type === "MemberExpression";
	if (home?.type === "ArrayExpression") return true;
	return home?.type === "Property" && path.toLowerCase().endsWith(keyName(home.key)?.toLowerCase() ?? "?");
}

/** What was meant, where that is sure: the panel takes `"true"` for true already, and a name that is off by a letter for none. */
function mended(code: string, path: string, text: string, value: Value | undefined, written: string) {
	if (value?.kind !== "plain" || !/^["'`\d!]/.test(written)) return { message: text };
	const taken = code === "setting.not.boolean" ? readBoolean(value.value) : undefined;
	if (taken !== undefined) return { message: text, fix: String(taken) satisfies LintFix["text"] };
	if (!code.endsWith(".name.unknown") || typeof value.value !== "string") return { message: text };
	const meant = nearestName(value.value, knownAt(path));
	return meant === undefined ? { message: text } : { message: `Write ${meant}. ${text}`, fix: quoted(meant, written) };
}

function knownAt(path: string): readonly string[] {
	if (path.includes("searchTargets")) return SEARCH_TARGETS;
	if (path.includes("webMessagesAs")) return WEB_MESSAGES_AS;
	if (path.includes("writtenInHandAs")) return IN_HAND_AS;
	if (path.includes("secureSessionAs")) return SECURE_SESSION_AS;
	return path.includes("menu") ? MENU_NAMES : CALL_CONTROLS;
}

function quoted(text: string, written: string): string {
	return written.startsWith("'") ? `'${text}'` : `"${text}"`;
}
