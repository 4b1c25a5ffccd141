import { needs } from "../../session/needs.ts";
import { idOf, type Kind, kept, list, listed, name, type OutboundThing, reference, text } from "./kind.ts";

const preview = ["preview"];
/** Where the server dials before an agent has looked. */
const ahead = ["progressive", "power"];

export const campaigns: Kind = {
	path: "/api/v2/outbound/campaigns",
	view: needs.viewCampaigns,
	add: needs.addCampaign,
	edit: needs.editCampaign,
	remove: needs.deleteCampaign,
	title: "campaigns",
	fresh: "newCampaign",
	fields: [
		name,
		{ key: "contactList", type: "one", label: "contactList", of: "contactlists", needed: true, needs: "needList" },
		{ key: "queue", type: "one", label: "queue", of: "queues", needed: true, needs: "needQueue" },
		{ key: "script", type: "one", label: "script", of: "scripts" },
		{ key: "dialingMode", type: "choice", label: "dialingMode", options: ["preview", "progressive", "power"] },
		{
			...{ key: "phoneColumns", type: "columns", label: "phoneColumns", from: "phone" },
			...{ hint: "commas", needed: true, needs: "needColumns" },
		},
		{ key: "callableTimeSet", type: "one", label: "callableTimeSet", of: "callabletimesets" },
		{ key: "dncLists", type: "several", label: "dncLists", of: "dnclists" },
		{ key: "ruleSets", type: "several", label: "ruleSets", of: "rulesets" },
		{ key: "callerName", type: "text", label: "callerName", needed: true, needs: "needCallerName" },
		{ key: "callerAddress", type: "text", label: "callerAddress", needed: true, needs: "needPhone" },
		{
			key: "previewTimeOutSeconds",
			type: "number",
			label: "previewSeconds",
			hint: "previewSecondsHint",
			modes: preview,
		},
		{ key: "skippable", type: "check", label: "skippable", modes: preview },
		{ key: "callbackAutoAnswer", type: "check", label: "autoAnswer" },
		{ key: "noAnswerTimeout", type: "number", label: "noAnswerTimeout", least: 5, most: 120 },
		{ key: "priority", type: "number", label: "priority", hint: "priorityHint", least: 1, most: 5 },
		{ key: "alwaysRunning", type: "check", label: "alwaysRunning" },
		{
			...{ key: "abandonRate", type: "number", label: "abandonRate" },
			...{ fraction: true, least: 0.1, most: 100, modes: ["power"] },
		},
		{
			...{ key: "maxCallsPerAgent", type: "number", label: "maxCalls" },
			...{ fraction: true, least: 1, most: 15, modes: ["power"] },
		},
		{ key: "apologizes", type: "check", label: "apologizes", modes: ahead },
		{ key: "abandonMessage", type: "text", label: "abandonMessage", hint: "abandonMessageHint", modes: ahead },
		{ key: "shownColumns", type: "columns", label: "shownColumns", from: "all", hint: "commas" },
		{ key: "ownerColumn", type: "column", label: "ownerColumn", from: "all", hint: "ownerColumnHint", modes: preview },
		{ key: "skipReasons", type: "text", label: "skipReasons", hint: "skipReasonsHint", modes: preview },
	],
	formOf: (thing) => ({
		name: thing.name,
		apologizes: text(ours(thing).abandonMessage !== ""),
		abandonMessage: text(ours(thing).abandonMessage),
		ownerColumn: text(ours(thing).ownerColumn),
		skipReasons: listed(ours(thing).skipReasons ?? []),
		contactList: idOf(thing.contactList),
		queue: idOf(thing.queue),
		script: idOf(thing.script),
		dialingMode: text(thing.dialingMode ?? "preview"),
		phoneColumns: listed(((thing.phoneColumns ?? []) as Array<{ columnName: string }>).map((one) => one.columnName)),
		callableTimeSet: idOf(thing.callableTimeSet),
		dncLists: ((thing.dncLists ?? []) as Array<{ id: string }>).map((one) => one.id).join(","),
		ruleSets: ((thing.ruleSets ?? []) as Array<{ id: string }>).map((one) => one.id).join(","),
		callerName: text(thing.callerName),
		callerAddress: text(thing.callerAddress),
		previewTimeOutSeconds: text(thing.previewTimeOutSeconds ?? 20),
		skippable: text(thing.skipPreviewDisabled !== true),
		callbackAutoAnswer: text(thing.callbackAutoAnswer ?? true),
		noAnswerTimeout: text(thing.noAnswerTimeout ?? 30),
		priority: text(thing.priority ?? 5),
		alwaysRunning: text(thing.alwaysRunning === true),
		abandonRate: text(thing.abandonRate ?? 3),
		maxCallsPerAgent: text(thing.maxCallsPerAgent ?? 2),
		shownColumns: listed(ours(thing).shownColumns ?? []),
	}),
	bodyOf: (form, base) => ({
		...kept(base, ["outboundLineCount", "division"]),
		name: form.name,
		contactList: reference(form.contactList),
		queue: reference(form.queue),
		script: reference(form.script),
		dialingMode: form.dialingMode,
		phoneColumns: list(form.phoneColumns).map((columnName) => ({ columnName })),
		callableTimeSet: reference(form.callableTimeSet),
		dncLists: list(form.dncLists).map((id) => ({ id })),
		ruleSets: list(form.ruleSets).map((id) => ({ id })),
		callerName: form.callerName,
		callerAddress: form.callerAddress,
		previewTimeOutSeconds: Number(form.previewTimeOutSeconds),
		skipPreviewDisabled: form.skippable !== "true",
		callbackAutoAnswer: form.callbackAutoAnswer === "true",
		noAnswerTimeout: Number(form.noAnswerTimeout),
		priority: Number(form.priority),
		alwaysRunning: form.alwaysRunning === "true",
		abandonRate: Number(form.abandonRate),
		maxCallsPerAgent: Number(form.maxCallsPerAgent),
		inlay: {
			...(base?.inlay as object),
			shownColumns: list(form.shownColumns),
			abandonMessage: form.apologizes === "true" ? form.abandonMessage?.trim() || undefined : "",
			ownerColumn: form.ownerColumn?.trim() || undefined,
			skipReasons: list(form.skipReasons),
		},
	}),
};

interface Ours {
	shownColumns?: string[];
	abandonMessage?: string;
	ownerColumn?: string;
	skipReasons?: string[];
}

const ours = (thing: OutboundThing) => (thing.inlay ?? {}) as Ours;
