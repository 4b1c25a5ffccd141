import {
	type Completion,
	type CompletionContext,
	type CompletionResult,
	snippetCompletion,
} from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import events from "@inlay/framework/types/events.ts?raw";
import script from "@inlay/framework/types/framework-script.ts?raw";
import pureCloud from "@inlay/framework/types/pure-cloud.ts?raw";
import { membersOf, type TypeMember } from "./type-members.ts";

const types = { actions: "InteractionEvents", user: "UserActionEvents", notification: "NotificationEvents" };
const callbacks = membersOf(script, "FrameworkScript");
const config = membersOf(script, "FrameworkScriptConfig");
const settings = membersOf(script, "FrameworkScriptSettings");
const actions = membersOf(pureCloud, "PureCloudActions");
const categories = Object.values(types).flatMap((name) => membersOf(events, name));
const kinds: readonly TypeMember[] = ["Interaction", "UserAction", "Notification"].map((name) => ({
	...{ name, doc: "What to hear of.", detail: "type" },
}));
const subscription: readonly TypeMember[] = [
	{ name: "type", doc: "What to hear of: Interaction, UserAction or Notification.", detail: "string" },
	{ name: "categories", doc: "Absent: every ordinary category.", detail: "string[]" },
	{ name: "callback", doc: "Is told the category and its data.", detail: "function", parameters: ["category", "data"] },
];

/** What may stand where the cursor is in a framework.js, with what the types of `@inlay/framework` say of it. */
export function completeFramework(context: CompletionContext): CompletionResult | null {
	return afterDot(context) ?? inText(context) ?? keyOfObject(context);
}

/** `PureCloud.`, `window.PureCloud.Interaction.` */
function afterDot(context: CompletionContext): CompletionResult | null {
	const typed = context.matchBefore(/(?:\bwindow\.)?\b(?:PureCloud|Framework)(?:\.\w+)*\.\w*/);
	if (!typed) return null;
	const path = typed.text.replace(/^window\./, "").split(".");
	const word = path.pop() ?? "";
	const [root, ...steps] = path;
	const at = steps.reduce<readonly TypeMember[]>(
		(members, step) => members.find(({ name }) => name === step)?.members ?? [],
		root === "PureCloud" ? actions : callbacks,
	);
	return resultOf(at, context.pos - word.length, asMember);
}

/** Within the quotes of a subscription's `type` and `categories`. */
function inText(context: CompletionContext): CompletionResult | null {
	const typed = context.matchBefore(/["'][\w:]*/);
	if (!typed) return null;
	const before = context.state.sliceDoc(Math.max(0, typed.from - 200), typed.from);
	const [members] = [
		/\btype:\s*$/.test(before) ? kinds : [],
		/\bcategories:\s*\[[^\]]*$/.test(before) ? categories : [],
	].filter(({ length }) => length > 0);
	return members ? resultOf(members, typed.from + 1, asMember) : null;
}

function keyOfObject(context: CompletionContext): CompletionResult | null {
	const word = context.matchBefore(/\w*/);
	if (!word || (word.from === word.to && !context.explicit)) return null;
	// A key begins behind a brace or a comma; what follows a colon is a value.
	const before = context.state.sliceDoc(Math.max(0, word.from - 400), word.from);
	if (!/[{,]\s*(?:\/\/[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*$/.test(before)) return null;
	const path = pathOfObject(context.state, word.from);
	const members = path && membersAt(path);
	return members ? resultOf(members, word.from, asKey) : null;
}

function membersAt(path: string): readonly TypeMember[] | undefined {
	if (path === "Framework") return callbacks;
	if (path === "Framework.config") return config;
	if (path === "Framework.config.settings") return settings;
	if (path.endsWith("subscribe()")) return subscription;
	return undefined;
}

/** Where the object around a place stands: `Framework.config.settings`, or `…subscribe()`; undefined in none. */
function pathOfObject(state: EditorState, at: number): string | undefined {
	const steps: string[] = [];
	let isInObject = false;
	for (let node = syntaxTree(state).resolveInner(at, -1); node.parent; node = node.parent) {
		if (node.name === "ObjectExpression") isInObject = true;
		if (!isInObject) continue;
		if (node.name === "Property") {
			const key = node.getChild("PropertyDefinition");
			if (key) steps.unshift(state.sliceDoc(key.from, key.to));
		} else if (node.name === "AssignmentExpression") {
			const target = node.firstChild && state.sliceDoc(node.firstChild.from, node.firstChild.to);
			return [(target ?? "").replace(/^window\./, ""), ...steps].join(".");
		} else if (node.name === "CallExpression") {
			const called = node.firstChild && state.sliceDoc(node.firstChild.from, node.firstChild.to);
			return `${called ?? ""}()`;
		} else if (/Function|Block/.test(node.name)) return undefined;
	}
	return undefined;
}

function resultOf(
	members: readonly TypeMember[],
	from: number,
	option: (member: TypeMember) => Completion,
): CompletionResult | null {
	return members.length > 0 ? { from, options: members.map(option), validFor: /^[\w:]*$/ } : null;
}

function asMember(member: TypeMember): Completion {
	return { label: member.name, type: member.parameters ? "method" : "property", ...saidOf(member) };
}

/** A key comes with what follows it. */
function asKey(member: TypeMember): Completion {
	const { name, parameters, detail } = member;
	const about = { label: name, type: parameters ? "method" : "property", ...saidOf(member) };
	if (parameters) return snippetCompletion(`${name}: function (${parameters.join(", ")}) {\n\t#{}\n},`, about);
	if (detail === "boolean") return snippetCompletion(`${name}: #{true},`, about);
	return snippetCompletion(`${name}: #{},`, about);
}

function saidOf({ doc, detail }: TypeMember): Pick<Completion, "detail" | "info"> {
	return { detail: detail.length > 40 ? `${detail.slice(0, 39)}…` : detail, ...(doc === "" ? {} : { info: doc }) };
}
