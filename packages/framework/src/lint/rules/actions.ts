/** What scripts ask of `window.PureCloud` (framework-contract 6). */
import {
	AUDIO_MEDIA,
	INTERACTION_CATEGORIES,
	INTERACTION_EXTENSIONS,
	matchName,
	NOTICE_TYPES,
	NOTIFICATION_CATEGORIES,
	STATE_ACTIONS,
	SUBSCRIPTION_TYPES,
	UNCONFIRMED_CATEGORIES,
	USER_ACTION_CATEGORIES,
	VIEW_NAMES,
} from "@inlay/contract";
import { nearestName } from "@inlay/contract/nearest";
import type { Rule, RuleHit } from "../rule.ts";
import { namedIn } from "../source/asked-names.ts";
import { memberName } from "../source/node-names.ts";
import type { ActionCall, Script } from "../source/script.ts";
import type { ObjectValue, Value } from "../source/value.ts";
import type { SourceNode } from "../source/walk.ts";

/** Actions, with the keys that their argument may have. */
const actions: Readonly<Record<string, readonly string[] | undefined>> = {
	clickToDial: ["number", "address", "type", "autoPlace", "queueId", "attributes"],
	addAssociation: ["type", "id", "text", "select", "interactionId"],
	addTransferContext: ["name", "attributes"],
	addCustomAttributes: ["interactionId", "attributes"],
	subscribe: undefined,
	"Interaction.addCustomAttributes": ["interactionId", "attributes"],
	"Interaction.updateState": ["action", "id", "participantContext"],
	"Interaction.Chat.getTranscript": undefined,
	"User.getAuthToken": undefined,
	"Inlay.request": undefined,
	"User.updateStatus": ["id"],
	"User.setView": ["type", "view"],
	"User.Notification.notifyUser": ["message", "type", "timeout", "theme"],
	"User.Notification.setAudioConfiguration": AUDIO_MEDIA,
};
/** Keys without which an action cannot be done. */
const needed: Readonly<Record<string, readonly (readonly string[])[]>> = {
	clickToDial: [["number", "address"]],
	addAssociation: [["type"], ["id"], ["text"]],
	addTransferContext: [["name"]],
	addCustomAttributes: [["attributes"]],
	"Interaction.addCustomAttributes": [["attributes"]],
	"Interaction.updateState": [["action"], ["id"]],
	"User.updateStatus": [["id"]],
	"User.setView": [["view"]],
	"User.Notification.notifyUser": [["message"]],
};
/** Called in the field, and nothing of the contract: the panel takes and ignores them. */
const noActions = ["addAttribute", "Interaction.getCurrentInteraction"];
const namespaces = ["Interaction", "Interaction.Chat", "User", "User.Notification", "Inlay"];

export const unknownAction: Rule = {
	code: "action.unknown",
	severity: "error",
	check: ({ script }) =>
		script.actionCalls().flatMap(({ action, name, call }): RuleHit[] => {
			if (isKnown(action) || asksFirst(script, action, call)) return [];
			const meant = nearestAction(action);
			const message = `PureCloud has no ${action}: calling it throws.${meant ? ` Write ${meant}.` : ""}`;
			const [home, last] = [action.split(".").slice(0, -1).join("."), meant?.split(".") ?? []];
			const isSameHome = meant !== undefined && last.slice(0, -1).join(".") === home && name.type === "Identifier";
			return [
				{
					at: name,
					message,
					...(isSameHome ? { fix: { start: name.start, end: name.end, text: last.at(-1) ?? "" } } : {}),
				},
			];
		}),
};

/** What is asked for first, itself or the space of names that it would stand in, is not called where it is not there. */
function asksFirst(script: Script, action: string, { callee }: ActionCall["call"]): boolean {
	const parts = action.split(".");
	const strange = parts.map((_, at) => parts.slice(0, at + 1).join(".")).filter((each) => !namespaces.includes(each));
	return strange.some((each) => namedIn(script, `PureCloud.${each}`, callee));
}

export const idleAction: Rule = {
	code: "action.without.effect",
	severity: "warning",
	check: ({ script }) =>
		script.actionCalls().flatMap(({ action, name }): RuleHit[] => {
			if (!noActions.includes(action)) return [];
			const instead =
				action === "addAttribute" ? " Call addCustomAttributes." : " Keep what interactionSelection tells.";
			return [{ at: name, message: `${action} is no action of the framework; nothing happens.${instead}` }];
		}),
};

/** Keys that are missing, misspelt, or hold what the action does not know. */
export const wrongArgument: Rule = {
	code: "action.argument.invalid",
	severity: "warning",
	check: ({ script }) => script.actionCalls().flatMap((each) => wrongIn(script, each)),
};

/** Subscriptions to what is never told. */
export const wrongSubscription: Rule = {
	code: "subscription.invalid",
	severity: "warning",
	check: ({ script }) =>
		script
			.actionCalls()
			.filter(({ action }) => action === "subscribe")
			.flatMap(({ call }) => subscriptionsOf(script, call.arguments[0] as SourceNode).flatMap(wrongInSubscription)),
};

function isKnown(action: string): boolean {
	// `PureCloud.subscribe.call(…)` and reading a namespace are somebody's way to get there.
	return (
		Object.hasOwn(actions, action) ||
		// `hasOwnProperty` and the like, which every object has.
		(action.split(".").at(-1) ?? "") in Object.prototype ||
		noActions.includes(action) ||
		namespaces.includes(action) ||
		/\.(?:call|apply|bind)$/.test(action)
	);
}

function nearestAction(action: string): string | undefined {
	const names = Object.keys(actions);
	const last = (name: string) => name.split(".").at(-1) ?? name;
	const sameLast = names.find((name) => last(name).toLowerCase() === last(action).toLowerCase());
	if (sameLast) return sameLast;
	const near = nearestName(last(action), names.map(last));
	return near && names.filter((name) => last(name) === near).sort((a, b) => shared(b, action) - shared(a, action))[0];
}

function shared(a: string, b: string): number {
	return a.split(".").filter((part) => b.split(".").includes(part)).length;
}

function wrongIn(script: Script, { action, call }: ActionCall): RuleHit[] {
	const [first, second] = call.arguments as SourceNode[];
	if (action === "User.getAuthToken" && !first)
		return [{ at: call, message: "Give getAuthToken a function; it returns nothing." }];
	if (action === "Interaction.Chat.getTranscript") return wrongTranscript(script, call, first, second);
	const keys = Object.hasOwn(actions, action) ? actions[action] : undefined;
	if (keys === undefined) return [];
	if (!first) return [{ at: call, message: `${action} needs an object with ${keys.join(", ")}.` }];
	const given = script.values.of(first);
	if (given.kind === "plain") return [{ at: first, message: `Give ${action} an object with ${keys.join(", ")}.` }];
	if (given.kind !== "object" || !isGivenWhole(script, first)) return [];
	return [...wrongKeys(action, given, keys, first), ...wrongValues(action, given)];
}

/** Written where it is given, or under a name that nothing else is done with. */
export function isGivenWhole(script: Script, first: SourceNode): boolean {
	return first.type === "ObjectExpression" || script.scopes.variableOf(first)?.references.length === 1;
}

function wrongTranscript(
	script: Script,
	call: SourceNode,
	first: SourceNode | undefined,
	second: SourceNode | undefined,
): RuleHit[] {
	const given = first && script.values.of(first);
	if (second || !first || (given?.kind === "object" && (given.open || given.entries.has("callback")))) return [];
	const isId = given?.kind === "plain" || (first.type === "MemberExpression" && memberName(first) === "id");
	if (given?.kind !== "object" && !isId) return [];
	return [{ at: call, message: "Give getTranscript a callback: it returns nothing." }];
}

function wrongKeys(action: string, given: ObjectValue, keys: readonly string[], at: SourceNode): RuleHit[] {
	const misspelt = [...given.entries.values()].flatMap((entry): RuleHit[] => {
		const near = { category: "categories", id: "interactionId" }[entry.name] ?? nearestName(entry.name, keys);
		const meant = keys.includes(entry.name) || !keys.includes(near ?? "") ? undefined : near;
		if (meant === undefined || given.entries.has(meant)) return [];
		const isWithin = entry.key.start >= at.start && entry.key.end <= at.end;
		const isShorthand = entry.key.start === entry.value.node.start || entry.key.type !== "Identifier" || !isWithin;
		const fix = isShorthand ? {} : { fix: { start: entry.key.start, end: entry.key.end, text: meant } };
		return [{ at: entry.key, message: `Write ${meant}: ${action} does not know ${entry.name}.`, ...fix }];
	});
	if (misspelt.length > 0 || given.open) return misspelt;
	const missing = (needed[action] ?? []).filter((names) => !names.some((name) => given.entries.has(name)));
	return missing.map((names) => ({
		at,
		message: `${action} needs ${names.join(" or ")}; without it nothing is done.`,
	}));
}

/** Words that an action takes, by the path where they stand. */
const words: readonly [action: string, path: string, known: readonly string[], adviceOnly?: boolean][] = [
	["Interaction.updateState", "action", STATE_ACTIONS],
	["User.setView", "view.name", VIEW_NAMES],
	["User.setView", "type", ["main"]],
	["User.Notification.notifyUser", "type", NOTICE_TYPES],
	["clickToDial", "type", ["call", "sms", "email"]],
	["addAssociation", "type", ["contact", "relation"]],
	["Interaction.updateState", "participantContext.transferTargetType", ["address", "queueId", "userId"]],
];

function wrongValues(action: string, given: ObjectValue): RuleHit[] {
	const wrong = words.flatMap(([name, path, known]): RuleHit[] => {
		if (name !== action) return [];
		const value = path
			.split(".")
			.reduce<Value | undefined>((at, key) => (at?.kind === "object" ? at.entries.get(key)?.value : undefined), given);
		if (value?.kind !== "plain" || typeof value.value !== "string" || matchName(known, value.value)) return [];
		const meant = nearestName(value.value, known);
		return [{ at: value.node, message: `${meant ? `Write ${meant}. ` : ""}${path} is one of: ${known.join(", ")}.` }];
	});
	return [...wrong, ...wrongTransfer(action, given)];
}

function wrongTransfer(action: string, given: ObjectValue): RuleHit[] {
	const wanted = given.entries.get("action")?.value;
	const isTransfer =
		action === "Interaction.updateState" &&
		wanted?.kind === "plain" &&
		/^(?:blind|consult)transfer$/i.test(String(wanted.value));
	if (!isTransfer || given.open || given.entries.has("participantContext")) return [];
	return [
		{ at: given.node, message: `Say whom to transfer to: participantContext: { transferTarget, transferTargetType }.` },
	];
}

export interface Subscription {
	object: ObjectValue;
	type: string | undefined;
}

/** The entries that `subscribe` is given, as far as they can be seen. */
export function subscriptionsOf(script: Script, given: SourceNode | undefined): Subscription[] {
	if (!given) return [];
	const value = script.values.of(given);
	const list = value.kind === "array" ? value.items : [value];
	return list.flatMap((item) => {
		if (item.kind !== "object") return [];
		const type = item.entries.get("type")?.value;
		return [{ object: item, type: type?.kind === "plain" ? matchName(SUBSCRIPTION_TYPES, type.value) : undefined }];
	});
}

const categories: Readonly<Record<string, readonly string[]>> = {
	Interaction: [...INTERACTION_CATEGORIES, ...INTERACTION_EXTENSIONS, ...UNCONFIRMED_CATEGORIES],
	UserAction: USER_ACTION_CATEGORIES,
	Notification: NOTIFICATION_CATEGORIES,
};

function wrongInSubscription({ object, type }: Subscription): RuleHit[] {
	if (object.open) return [];
	const hits: RuleHit[] = [];
	const given = object.entries.get("type");
	if (!given)
		hits.push({ at: object.node, message: `Give the subscription a type: ${SUBSCRIPTION_TYPES.join(", ")}.` });
	else if (given.value.kind === "plain" && type === undefined)
		hits.push({
			at: given.value.node,
			message: `Use one of the types: ${SUBSCRIPTION_TYPES.join(", ")}. This one is never told.`,
		});
	const callback = object.entries.get("callback");
	if (!callback || callback.value.kind === "plain")
		hits.push({
			at: callback?.key ?? object.node,
			message: "Give the subscription a callback: function (category, data) { … }.",
		});
	hits.push(...wrongKeys("subscribe", object, ["type", "categories", "callback"], object.node));
	const named = object.entries.get("categories")?.value;
	if (named?.kind === "plain" && typeof named.value === "string")
		hits.push({ at: named.node, message: "Make categories a list: of a text, every category is told." });
	if (named?.kind !== "array" || type === undefined) return hits;
	return [...hits, ...named.items.flatMap((item) => wrongCategory(item, type))];
}

function wrongCategory(item: Value, type: string): RuleHit[] {
	const known = categories[type] ?? [];
	if (
		item.kind !== "plain" ||
		typeof item.value !== "string" ||
		item.value.startsWith("inlay:") ||
		matchName(known, item.value)
	)
		return [];
	const elsewhere = Object.entries(categories).find(([, names]) => matchName(names, item.value))?.[0];
	const meant = nearestName(item.value, known);
	const advice = elsewhere
		? `It is told as ${elsewhere}.`
		: meant
			? `Write ${meant}.`
			: `There are: ${known.join(", ")}.`;
	const quote = item.node.type === "Literal" && item.node.raw?.startsWith("'") ? "'" : '"';
	const fix =
		!elsewhere && meant
			? { fix: { start: item.node.start, end: item.node.end, text: `${quote}${meant}${quote}` } }
			: {};
	return [
		{
			at: item.node,
			message: `${type} tells no ${item.value}. ${advice}`,
			...(item.node.type === "Literal" ? fix : {}),
		},
	];
}
