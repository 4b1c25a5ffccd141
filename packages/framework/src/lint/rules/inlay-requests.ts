/** What scripts ask by `PureCloud.Inlay.request`, read as the panel reads it (docs/framework-scripts.md). */
import { INLAY_REQUEST_FIELDS, readInlayField, readInlayOptions } from "@inlay/contract/inlay-request";
import { nearestName } from "@inlay/contract/nearest";
import type { CallExpression } from "acorn";
import type { Rule, RuleHit } from "../rule.ts";
import { likelyUi } from "../source/likely-ui.ts";
import { nodeAtPath, toPlainValue } from "../source/plain-value.ts";
import type { Script } from "../source/script.ts";
import type { Entry, ObjectValue, Value } from "../source/value.ts";
import type { SourceNode } from "../source/walk.ts";
import { isGivenWhole } from "./actions.ts";

type Fields = (typeof INLAY_REQUEST_FIELDS)[keyof typeof INLAY_REQUEST_FIELDS];
type Kind = Parameters<typeof readInlayField>[1];

interface Request {
	/** Undefined where only running would tell. */
	name: string | undefined;
	call: CallExpression;
	/** Where the name stands. */
	at: SourceNode;
}

export const unknownRequest: Rule = {
	code: "inlay.request.unknown",
	severity: "error",
	check: ({ script }) =>
		requests(script).flatMap(({ name, at }): RuleHit[] => {
			if (name === undefined || fieldsOf(name)) return [];
			const meant = nearestName(name, Object.keys(INLAY_REQUEST_FIELDS));
			const message = `There is no request ${name}.`;
			if (meant === undefined) return [{ at, message }];
			const quote = script.source[at.start];
			const fix = { start: at.start, end: at.end, text: `${quote}${meant}${quote}` };
			return [{ at, message: `${message} Write ${meant}.`, ...(at.type === "Literal" ? { fix } : {}) }];
		}),
};

/** Fields and options that the panel refuses: nothing is done then. */
export const wrongRequest: Rule = {
	code: "inlay.request.invalid",
	severity: "error",
	check: ({ script }) =>
		requests(script).flatMap(({ name, call }): RuleHit[] => {
			if (call.arguments.some(({ type }) => type === "SpreadElement")) return [];
			const [, data, options] = call.arguments as SourceNode[];
			const fields = fieldsOf(name);
			return [
				...(name !== undefined && fields ? wrongData(script, name, fields, data, call) : []),
				...(options ? wrongOptions(script, options) : []),
			];
		}),
};

function requests(script: Script): Request[] {
	return script.actionCalls().flatMap(({ action, call }) => {
		const [at] = call.arguments;
		return action === "Inlay.request" && at ? [{ name: script.values.text(at), call, at }] : [];
	});
}

function fieldsOf(name: string | undefined): Fields | undefined {
	const isKnown = name !== undefined && Object.hasOwn(INLAY_REQUEST_FIELDS, name);
	return isKnown ? INLAY_REQUEST_FIELDS[name as keyof typeof INLAY_REQUEST_FIELDS] : undefined;
}

function wrongData(script: Script, name: string, fields: Fields, data: SourceNode | undefined, call: SourceNode) {
	const given = data ? script.values.of(data) : undefined;
	if (given && given.kind !== "object") {
		const isNone = given.kind === "plain" && (given.value === undefined || given.value === null);
		if (given.kind === "unknown") return [];
		if (!isNone) return [{ at: given.node, message: "Make data an object." }];
	}
	const object = given?.kind === "object" ? given : undefined;
	if (object && data && !isGivenWhole(script, data)) return [];
	const at = data ?? call;
	return [...strangeKeys(object, Object.keys(fields), name, at), ...wrongFields(name, fields, object, at)];
}

function wrongFields(name: string, fields: Fields, object: ObjectValue | undefined, at: SourceNode): RuleHit[] {
	return Object.entries(fields).flatMap(([key, kind]): RuleHit[] => {
		const entry = object?.entries.get(key);
		const isOptional = kind.endsWith("?");
		if (entry === undefined) {
			if (isOptional || object?.open || hasNear(object, key, fields)) return [];
			return [{ at, message: `${name} needs ${key}: without it nothing is done.` }];
		}
		if (kind === "ui" && object && entry.value.kind === "object") return wrongUi(key, entry.value, object, at);
		const wrong = refusal(() => readInlayField(key, kind.replace("?", "") as Kind, likely(entry.value, key)));
		const isLeftOut = isOptional && entry.value.kind === "plain" && (entry.value.value ?? undefined) === undefined;
		return wrong === undefined || isLeftOut || entry.value.kind === "unknown"
			? []
			: [{ at: placeOf(entry, at), message: wrong }];
	});
}

/** Told where it stands in the rules. */
function wrongUi(key: string, value: ObjectValue, data: ObjectValue, at: SourceNode): RuleHit[] {
	const message = refusal(() => readInlayField(key, "ui", likelyUi(value)));
	if (message === undefined) return [];
	const { node } = nodeAtPath(data, /^ui[^\s:]*/.exec(message)?.[0] ?? key);
	return [{ at: node.start >= at.start && node.end <= at.end ? node : at, message }];
}

/** What stands for a field, with something fitting where only running would tell. */
function likely(value: Value, key: string): unknown {
	if (value.kind !== "object") return toPlainValue(value);
	const fitting = { kind: "address", value: key };
	const known = [...value.entries.values()].map(({ name, value: inner }) => [
		name,
		inner.kind === "unknown" ? fitting[name as keyof typeof fitting] : toPlainValue(inner),
	]);
	return { ...(value.open ? fitting : {}), ...Object.fromEntries(known) };
}

/** The missing field is there, by a misspelt name that is told by itself. */
function hasNear(object: ObjectValue | undefined, key: string, fields: Fields): boolean {
	const names = [...(object?.entries.keys() ?? [])].filter((each) => !Object.hasOwn(fields, each));
	return names.some((each) => meantBy(each, Object.keys(fields)) === key);
}

function wrongOptions(script: Script, node: SourceNode): RuleHit[] {
	const given = script.values.of(node);
	if (given.kind !== "object") {
		const wrong = given.kind === "unknown" ? undefined : refusal(() => readInlayOptions(toPlainValue(given)));
		return wrong === undefined ? [] : [{ at: node, message: wrong }];
	}
	if (!isGivenWhole(script, node)) return [];
	const known = ["id", "timeoutMs"];
	const wrong = known.flatMap((key): RuleHit[] => {
		const entry = given.entries.get(key);
		if (!entry || entry.value.kind === "unknown") return [];
		const message = refusal(() => readInlayOptions({ [key]: toPlainValue(entry.value) }));
		return message === undefined ? [] : [{ at: placeOf(entry, node), message }];
	});
	return [...strangeKeys(given, known, "Inlay.request", node), ...wrong];
}

function strangeKeys(object: ObjectValue | undefined, known: readonly string[], what: string, at: SourceNode) {
	return [...(object?.entries.values() ?? [])].flatMap((entry): RuleHit[] => {
		if (known.includes(entry.name)) return [];
		const meant = meantBy(entry.name, known);
		const isFree = meant !== undefined && !object?.entries.has(meant);
		const message = `${what} knows no ${entry.name}: it is refused.${isFree ? ` Write ${meant}.` : ""}`;
		const isOwnKey = entry.key.type === "Identifier" && entry.key.start !== entry.value.node.start;
		const isWithin = entry.key.start >= at.start && entry.key.end <= at.end;
		const fix = isFree && isOwnKey && isWithin && { start: entry.key.start, end: entry.key.end, text: meant };
		return [{ at: isWithin ? entry.key : at, message, ...(fix ? { fix } : {}) }];
	});
}

function meantBy(name: string, known: readonly string[]): string | undefined {
	const usual = { id: "interactionId", interaction: "interactionId", notes: "note" }[name];
	return usual !== undefined && known.includes(usual) ? usual : nearestName(name, known);
}

/** Where it is written, else where it is given. */
function placeOf({ value }: Entry, at: SourceNode): SourceNode {
	return value.node.start >= at.start && value.node.end <= at.end ? value.node : at;
}

/** What the panel would say; undefined where it takes it. */
function refusal(read: () => unknown): string | undefined {
	try {
		read();
		return undefined;
	} catch (thrown) {
		return (thrown as Error).message;
	}
}
