/** What the organization has and allows, where its facts are given. */
import { holdsPermissions, matchName, STATE_ACTIONS, scopesAllow } from "@inlay/contract";
import { templateWordsIn } from "@inlay/contract/template-words";
import type { LintOrganization } from "../finding.ts";
import type { Rule, RuleHit } from "../rule.ts";
import { memberName } from "../source/node-names.ts";
import type { Script } from "../source/script.ts";
import type { SourceNode } from "../source/walk.ts";

/** None of the ids is known: samples are copied with their ids (framework-contract 18). */
export const unknownClient: Rule = {
	code: "client.unknown",
	severity: "warning",
	check: ({ config, options }) => {
		const known = options.organization?.clientIds;
		const ids = config?.entries.get("clientIds")?.value;
		if (!known || ids?.kind !== "object" || ids.open) return [];
		const values = [...ids.entries.values()].map(({ value }) => value);
		// Samples name every region, and leave most of them empty.
		const written = values.flatMap((value) => (value.kind === "plain" && isText(value.value) ? [value] : []));
		const isUnknown = written.length > 0 && values.every(({ kind }) => kind === "plain");
		if (!isUnknown || written.some(({ value }) => known.includes(String(value).trim()))) return [];
		// What was to be filled in is told by `template.unfilled`.
		if (written.some(({ value }) => templateWordsIn(String(value)).length > 0)) return [];
		const message = "Write the id of one of the organization's OAuth clients: it has none of these.";
		return [{ at: written[0]?.node ?? ids.node, message, path: "config.clientIds" }];
	},
};

function isText(value: unknown): value is string {
	return typeof value === "string" && value.trim() !== "";
}

/** A template that went to the organization as it was: nobody has filled it in. */
export const unfilledTemplate: Rule = {
	code: "template.unfilled",
	severity: "error",
	check: ({ script, options }) => {
		if (!options.organization) return [];
		const texts: SourceNode[] = [...script.all("Literal"), ...script.all("TemplateElement")];
		return texts.flatMap((at): RuleHit[] => {
			const [found] = templateWordsIn(textOf(at));
			if (!found) return [];
			const what = found.word === "clientId" ? "the id of an OAuth client" : "the name of your app";
			return [{ at, message: `Write ${what} in place of ${found.written}: only inlay apply fills it in.` }];
		});
	},
};

function textOf(node: SourceNode): string {
	if (node.type === "TemplateElement") return node.value.raw;
	return node.type === "Literal" && typeof node.value === "string" ? node.value : "";
}

/** Permissions of what an action does, as its agent would need them to do it by hand (agent-permissions). */
const actionPermissions: Readonly<Record<string, readonly string[]>> = {
	clickToDial: ["conversation:call:add", "conversation:message:create", "conversation:email:create"],
	"Interaction.updateState blindTransfer": [
		"conversation:communication:blindTransfer",
		"conversation:communication:blindTransferAgent",
		"conversation:communication:blindTransferQueue",
		"conversation:communication:blindTransferExternal",
	],
	"Interaction.updateState consultTransfer": [
		"conversation:communication:consultTransfer",
		"conversation:communication:consultTransferAgent",
		"conversation:communication:consultTransferQueue",
		"conversation:communication:consultTransferExternal",
	],
};

export const forbiddenAction: Rule = {
	code: "action.not.permitted",
	severity: "warning",
	check: ({ script, options }) => {
		const held = options.organization?.permissions;
		if (!held) return [];
		return script.actionCalls().flatMap(({ action, call, name }): RuleHit[] => {
			const wanted = actionPermissions[withState(script, action, call.arguments[0] as SourceNode)];
			if (!wanted || holdsPermissions(held, wanted, "ANY")) return [];
			return [{ at: name, message: `Agents of this deployment may not do this: it asks for ${wanted.join(" or ")}.` }];
		});
	},
};

export const forbiddenRequest: Rule = {
	code: "request.not.permitted",
	severity: "warning",
	check: ({ script, options: { organization = {} } }) =>
		requests(script).flatMap(({ at, method, path }): RuleHit[] => {
			const operations =
				organization.operations?.filter((each) => each.method === method && matchesPath(each.path, path)) ?? [];
			const exact = operations.find((each) => !each.path.includes("{")) ?? operations[0];
			const missing = exact && missingFor(exact, organization);
			return missing ? [{ at, message: `${method} ${exact.path} is refused: it asks for ${missing}.` }] : [];
		}),
};

type Operation = NonNullable<LintOrganization["operations"]>[number];

function missingFor(operation: Operation, { scopes, permissions }: LintOrganization): string | undefined {
	if (scopes && !scopesAllow(scopes, operation.scopes)) return `the scope ${operation.scopes.join(" or ")}`;
	if (!permissions || holdsPermissions(permissions, operation.permissions, operation.permissionMode)) return undefined;
	return `the permission ${operation.permissions.join(operation.permissionMode === "ALL" ? " and " : " or ")}`;
}

function withState(script: Script, action: string, given: SourceNode | undefined): string {
	if (action !== "Interaction.updateState" || !given) return action;
	const value = script.values.of(given);
	const state = value.kind === "object" ? value.entries.get("action")?.value : undefined;
	return `${action} ${state?.kind === "plain" ? (matchName(STATE_ACTIONS, state.value) ?? "") : ""}`;
}

interface Request {
	at: SourceNode;
	method: string;
	/** Segments; `undefined` for those that only running would tell. */
	path: (string | undefined)[];
}

/** Addresses of the API that are handed to `fetch`, `$.ajax` and `open`, with the method where it can be seen. */
function requests(script: Script): Request[] {
	return [...script.all("CallExpression"), ...script.all("NewExpression")].flatMap((call): Request[] => {
		const given = call.arguments as SourceNode[];
		const at = given.findIndex((each) => pathIn(script, each) !== undefined);
		const direct = given[at];
		if (direct) {
			const method = methodOf(script, call, given, at);
			return method ? [{ at: direct, method, path: pathIn(script, direct) ?? [] }] : [];
		}
		const options = given[0] && script.values.of(given[0]);
		const url = options?.kind === "object" ? options.entries.get("url")?.value.node : undefined;
		const path = url && pathIn(script, url);
		const method = options?.kind === "object" ? methodIn(options.entries) : undefined;
		return url && path && method ? [{ at: url, method, path }] : [];
	});
}

function methodOf(
	script: Script,
	call: SourceNode & { callee: SourceNode },
	given: SourceNode[],
	at: number,
): string | undefined {
	const name =
		call.callee.type === "MemberExpression"
			? memberName(call.callee)
			: call.callee.type === "Identifier"
				? call.callee.name
				: "";
	if (name === "open" && at === 1) return script.values.text(given[0])?.toUpperCase();
	const byName = /^(get|post|put|patch|delete)$/i.exec(name ?? "")?.[1];
	if (byName) return byName.toUpperCase();
	if (at !== 0 || !/^(?:fetch|ajax|Request)$/.test(name ?? "")) return undefined;
	const options = given[1] && script.values.of(given[1]);
	if (options === undefined) return "GET";
	return options.kind === "object" && !options.open ? methodIn(options.entries) : undefined;
}

function methodIn(entries: ReadonlyMap<string, { value: { kind: string; value?: unknown } }>): string | undefined {
	const given = entries.get("method") ?? entries.get("type");
	if (!given) return "GET";
	return given.value.kind === "plain" ? String(given.value.value).toUpperCase() : undefined;
}

/** `/api/v2/…` of a text with gaps: templates and sums. */
function pathIn(script: Script, node: SourceNode, depth = 0): (string | undefined)[] | undefined {
	const text = gappedText(script, node, depth);
	const found = /\/api\/v2\/[^?#]*/.exec(text ?? "")?.[0];
	return found
		?.split("/")
		.slice(1)
		.map((part) => (part.includes(GAP) ? undefined : part));
}

const GAP = "\u0000";

function gappedText(script: Script, node: SourceNode, depth: number): string | undefined {
	if (depth > 20) return GAP;
	const whole = script.values.text(node);
	if (whole !== undefined) return whole;
	if (node.type === "TemplateLiteral")
		return node.quasis
			.map(
				({ value }, at) =>
					value.cooked +
					(node.expressions[at] ? (gappedText(script, node.expressions[at] as SourceNode, depth + 1) ?? GAP) : ""),
			)
			.join("");
	if (node.type === "BinaryExpression" && node.operator === "+" && node.left.type !== "PrivateIdentifier")
		return (gappedText(script, node.left, depth + 1) ?? GAP) + (gappedText(script, node.right, depth + 1) ?? GAP);
	const variable = script.scopes.variableOf(node);
	const only = variable && script.values.only(variable);
	return only && /^(?:TemplateLiteral|BinaryExpression)$/.test(only.type)
		? gappedText(script, only, depth + 1)
		: undefined;
}

function matchesPath(template: string, path: readonly (string | undefined)[]): boolean {
	const parts = template.split("/").slice(1);
	if (parts.length !== path.length) return false;
	return parts.every((part, at) => part.startsWith("{") || path[at] === part);
}
