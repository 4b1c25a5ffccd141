/** Which of a conversation's attributes a script reads, and by which names they come (framework-contract 7). */
import type { LintFix } from "../finding.ts";
import type { LintContext, Rule, RuleHit } from "../rule.ts";
import { keyName, memberName } from "../source/node-names.ts";
import { isFunction, type Variable } from "../source/scopes.ts";
import type { Script } from "../source/script.ts";
import type { SourceNode } from "../source/walk.ts";
import { callbacksOf, dataOf, subscribersOf } from "./told-interactions.ts";

/** Keys of `attributes` come in lower case, unless the deployment keeps them. */
export const attributeCase: Rule = {
	code: "attribute.case",
	severity: "warning",
	check: (context) => {
		const { script, config, options } = context;
		const listed = listedNames(config?.entries.get("customInteractionAttributes")?.value);
		if (options.organization?.preserveAttributeCase || listed.size === 0) return [];
		const reads = attributeReads(context);
		return reads.flatMap(({ at, name, isShorthand }): RuleHit[] => {
			const lower = name.toLowerCase();
			if (name === lower || !listed.has(lower) || isWritten(script, name)) return [];
			// Whoever reads both, one instead of the other, knows.
			const others = reads.filter((each) => each.name === lower);
			if (others.some((each) => isEither(script, at, each.at))) return [];
			const message = `Read it as ${lower}: keys of attributes come in lower case.`;
			const quoted = at.type === "Literal" ? JSON.stringify(lower) : lower;
			const text: LintFix["text"] = isShorthand ? `${lower}: ${name}` : quoted;
			return [{ at, message, fix: { start: at.start, end: at.end, text } }];
		});
	},
};

/** Only the names of `customInteractionAttributes` are handed to the script. */
export const attributeNotListed: Rule = {
	code: "attribute.not.listed",
	severity: "warning",
	check: (context) => {
		const { config } = context;
		if (!config || config.open) return [];
		const value = config.entries.get("customInteractionAttributes")?.value;
		if (value && (value.kind !== "array" || value.items.some(({ kind }) => kind !== "plain"))) return [];
		const listed = listedNames(value);
		return attributeReads(context).flatMap(({ at, name }): RuleHit[] => {
			if (listed.has(name.toLowerCase())) return [];
			return [
				{
					at,
					message: `Add ${name} to config.customInteractionAttributes: no other attributes are handed to the script.`,
				},
			];
		});
	},
};

interface AttributeRead {
	/** The name's place. */
	at: SourceNode;
	name: string;
	/** `{ caseId }`, which names a variable as well. */
	isShorthand: boolean;
}

/** Names that are read of an interaction's `attributes`: of what a callback is handed, not of a script's own objects. */
function attributeReads(context: LintContext): AttributeRead[] {
	const { script } = context;
	const told = toldOf(context);
	const members = script.all("MemberExpression").flatMap((node): AttributeRead[] => {
		const name = memberName(node);
		if (name === undefined || name in {} || !isAttributes(script, told, node.object)) return [];
		const parent = script.parents.get(node);
		if (parent?.type === "AssignmentExpression" && parent.left === node) return [];
		if (parent?.type === "CallExpression" && parent.callee === node) return [];
		return [{ at: node.property as SourceNode, name, isShorthand: false }];
	});
	const patterns = script.all("VariableDeclarator").flatMap(({ id, init }): AttributeRead[] => {
		if (id.type !== "ObjectPattern" || !init || !isAttributes(script, told, init)) return [];
		return namesOf(id);
	});
	return [...members, ...patterns, ...takenByParameters(told)].sort((a, b) => a.at.start - b.at.start);
}

/** What stands for an interaction that the panel hands over: a parameter, or the pattern in its place. */
type Told = ReadonlySet<Variable | SourceNode>;

function toldOf(context: LintContext): Told {
	const functions = [...callbacksOf(context), ...subscribersOf(context, true)];
	return new Set(
		functions.flatMap((fn) => {
			const told = dataOf(context.script, fn) ?? patternOf(fn.params[1]);
			return told ? [told] : [];
		}),
	);
}

/** `screenPop(searchString, { attributes: { caseId } = {} })` */
function takenByParameters(told: Told): AttributeRead[] {
	return [...told].flatMap((interaction): AttributeRead[] => {
		if (!("type" in interaction) || interaction.type !== "ObjectPattern") return [];
		return interaction.properties.flatMap((each): AttributeRead[] => {
			if (each.type !== "Property" || keyName(each.key) !== "attributes") return [];
			const attributes = patternOf(each.value);
			return attributes ? namesOf(attributes) : [];
		});
	});
}

function patternOf(given: SourceNode | undefined): (SourceNode & { type: "ObjectPattern" }) | undefined {
	const pattern = given?.type === "AssignmentPattern" ? given.left : given;
	return pattern?.type === "ObjectPattern" ? pattern : undefined;
}

function namesOf({ properties }: SourceNode & { type: "ObjectPattern" }): AttributeRead[] {
	return properties.flatMap((each): AttributeRead[] => {
		const name = each.type === "Property" && !each.computed ? keyName(each.key) : undefined;
		if (name === undefined || each.type !== "Property") return [];
		return [{ at: each.key, name, isShorthand: each.shorthand }];
	});
}

/** `interaction.attributes`, or a name that has it: `const given = interaction.attributes || {}`, `const { attributes } = interaction`. */
function isAttributes(script: Script, told: Told, node: SourceNode, depth = 0): boolean {
	if (depth > 4) return false;
	if (node.type === "ChainExpression") return isAttributes(script, told, node.expression, depth + 1);
	if (node.type === "LogicalExpression" && node.operator !== "&&")
		return isAttributes(script, told, node.left, depth + 1);
	if (node.type === "MemberExpression")
		return memberName(node) === "attributes" && isInteraction(script, told, node.object);
	const variable = node.type === "Identifier" ? script.scopes.variableOf(node) : undefined;
	if (!variable) return false;
	if (variable.kind === "param") return isTakenByParameter(script, told, variable);
	const only = script.values.only(variable);
	return only ? isAttributes(script, told, only, depth + 1) : isTakenOfInteraction(script, told, variable);
}

/** `const { attributes } = interaction` */
function isTakenOfInteraction(script: Script, told: Told, { declaredAt, values }: Variable): boolean {
	const property = script.parents.get(declaredAt);
	if (values.length !== 1 || property?.type !== "Property" || keyName(property.key) !== "attributes") return false;
	const pattern = script.parents.get(property);
	const declarator = pattern && script.parents.get(pattern);
	if (declarator?.type !== "VariableDeclarator" || declarator.id !== pattern || !declarator.init) return false;
	return isInteraction(script, told, declarator.init);
}

/** `screenPop(searchString, { attributes })` */
function isTakenByParameter(script: Script, told: Told, { declaredAt }: Variable): boolean {
	let property = script.parents.get(declaredAt);
	if (property?.type === "AssignmentPattern") property = script.parents.get(property);
	if (property?.type !== "Property" || keyName(property.key) !== "attributes") return false;
	const pattern = script.parents.get(property);
	return pattern !== undefined && told.has(pattern);
}

/** What the panel hands over, the new one of a `change`, and a parameter that says that it is one. */
function isInteraction(script: Script, told: Told, node: SourceNode, depth = 0): boolean {
	if (depth > 4) return false;
	if (node.type === "ChainExpression") return isInteraction(script, told, node.expression, depth + 1);
	// `data.new || data`
	if (node.type === "LogicalExpression" && node.operator !== "&&")
		return (
			isInteraction(script, told, node.left, depth + 1) ||
			isInteraction(script, told, node.right as SourceNode, depth + 1)
		);
	if (node.type === "MemberExpression")
		return /^(?:new|old)$/.test(memberName(node) ?? "") && isInteraction(script, told, node.object, depth + 1);
	const variable = node.type === "Identifier" ? script.scopes.variableOf(node) : undefined;
	if (!variable) return false;
	const only = variable.kind === "param" ? undefined : script.values.only(variable);
	if (only) return isInteraction(script, told, only, depth + 1);
	return told.has(variable) || (variable.kind === "param" && /^interaction$/i.test(variable.name));
}

/** Whether two reads stand in one choice: `a.caseId || a.caseid`, `first(a.caseId, a.caseid)`, `if (!a.caseid) use(a.caseId)`. */
function isEither({ parents }: Script, one: SourceNode, other: SourceNode): boolean {
	for (let at = parents.get(one); at && !isFunction(at); at = parents.get(at)) {
		const isChoice = ["LogicalExpression", "ConditionalExpression", "CallExpression", "ArrayExpression"].includes(
			at.type,
		);
		if (isChoice && isIn(other, at)) return true;
		if (at.type === "IfStatement" && isIn(other, at.test)) return true;
		if (at.type === "IfStatement" && isIn(one, at.test) && isIn(other, at)) return true;
	}
	return false;
}

function isIn({ start, end }: SourceNode, home: SourceNode): boolean {
	return home.start <= start && end <= home.end;
}

/** `interaction.attributes.caseId = …`: the script has put it there itself. */
function isWritten(script: Script, name: string): boolean {
	return script.all("AssignmentExpression").some(({ left }) => {
		if (left.type !== "MemberExpression" || memberName(left) !== name) return false;
		return left.object.type === "MemberExpression" && memberName(left.object) === "attributes";
	});
}

function listedNames(value: { kind: string; items?: { kind: string; value?: unknown }[] } | undefined): Set<string> {
	const names = (value?.items ?? []).flatMap(({ value: name }) => (typeof name === "string" ? [name] : []));
	return new Set(names.map((name) => name.trim().toLowerCase()));
}
