import { needs } from "../../session/needs.ts";
import type { Need } from "../../session/rights.ts";
import type { KindName } from "./kind-names.ts";
import type { OutboundKey } from "./strings.ts";

/** A thing as the server has it: its fields are its kind's. */
export interface OutboundThing {
	id: string;
	version: number;
	name: string;
	[field: string]: unknown;
}

/** Everything as text, as it is typed; ticked boxes are `true`. */
export type ThingForm = Record<string, string>;

export type Field =
	| {
			key: string;
			type: "text" | "number" | "lines" | "check";
			label: OutboundKey;
			hint?: OutboundKey;
			needed?: boolean;
	  }
	| { key: string; type: "choice"; label: OutboundKey; options: readonly OutboundKey[] }
	/** One of another kind, or of the queues. */
	| { key: string; type: "one"; label: OutboundKey; of: KindName | "queues"; needed?: boolean }
	| { key: string; type: "several"; label: OutboundKey; of: KindName };

export interface Kind {
	path: string;
	view: Need;
	add: Need;
	edit: Need;
	remove: Need;
	title: OutboundKey;
	fresh: OutboundKey;
	fields: readonly Field[];
	formOf(thing: OutboundThing): ThingForm;
	/** @param base what it was; undefined for a new one. What the form does not have stays. */
	bodyOf(form: ThingForm, base: OutboundThing | undefined): object;
}

type Reference = { id: string } | undefined;

const text = (value: unknown) => (value === undefined || value === null ? "" : String(value));
const idOf = (value: unknown) => (value as Reference)?.id ?? "";
const reference = (id: string | undefined) => (id ? { id } : undefined);
const list = (value: string | undefined) =>
	(value ?? "")
		.split(",")
		.map((one) => one.trim())
		.filter((one) => one !== "");

const name: Field = { key: "name", type: "text", label: "name", needed: true };

const campaigns: Kind = {
	path: "/api/v2/outbound/campaigns",
	view: needs.viewCampaigns,
	add: needs.addCampaign,
	edit: needs.editCampaign,
	remove: needs.deleteCampaign,
	title: "campaigns",
	fresh: "newCampaign",
	fields: [
		name,
		{ key: "contactList", type: "one", label: "contactList", of: "contactlists", needed: true },
		{ key: "queue", type: "one", label: "queue", of: "queues", needed: true },
		{ key: "dialingMode", type: "choice", label: "dialingMode", options: ["preview", "progressive", "power"] },
		{ key: "phoneColumns", type: "text", label: "phoneColumns", hint: "commas", needed: true },
		{ key: "callableTimeSet", type: "one", label: "callableTimeSet", of: "callabletimesets" },
		{ key: "dncLists", type: "several", label: "dncLists", of: "dnclists" },
		{ key: "callerName", type: "text", label: "callerName", needed: true },
		{ key: "callerAddress", type: "text", label: "callerAddress", needed: true },
		{ key: "previewTimeOutSeconds", type: "number", label: "previewSeconds", hint: "previewSecondsHint" },
		{ key: "skippable", type: "check", label: "skippable" },
		{ key: "callbackAutoAnswer", type: "check", label: "autoAnswer" },
		{ key: "abandonRate", type: "number", label: "abandonRate" },
		{ key: "maxCallsPerAgent", type: "number", label: "maxCalls" },
		{ key: "shownColumns", type: "text", label: "shownColumns", hint: "commas" },
	],
	formOf: (thing) => ({
		name: thing.name,
		contactList: idOf(thing.contactList),
		queue: idOf(thing.queue),
		dialingMode: text(thing.dialingMode ?? "preview"),
		phoneColumns: ((thing.phoneColumns ?? []) as Array<{ columnName: string }>).map((one) => one.columnName).join(", "),
		callableTimeSet: idOf(thing.callableTimeSet),
		dncLists: ((thing.dncLists ?? []) as Array<{ id: string }>).map((one) => one.id).join(","),
		callerName: text(thing.callerName),
		callerAddress: text(thing.callerAddress),
		previewTimeOutSeconds: text(thing.previewTimeOutSeconds ?? 20),
		skippable: text(thing.skipPreviewDisabled !== true),
		callbackAutoAnswer: text(thing.callbackAutoAnswer ?? true),
		abandonRate: text(thing.abandonRate ?? 3),
		maxCallsPerAgent: text(thing.maxCallsPerAgent ?? 2),
		shownColumns: (((thing.inlay as { shownColumns?: string[] })?.shownColumns ?? []) as string[]).join(", "),
	}),
	bodyOf: (form, base) => ({
		...kept(base, ["outboundLineCount", "alwaysRunning", "noAnswerTimeout", "division"]),
		name: form.name,
		contactList: reference(form.contactList),
		queue: reference(form.queue),
		dialingMode: form.dialingMode,
		phoneColumns: list(form.phoneColumns).map((columnName) => ({ columnName })),
		callableTimeSet: reference(form.callableTimeSet),
		dncLists: list(form.dncLists).map((id) => ({ id })),
		callerName: form.callerName,
		callerAddress: form.callerAddress,
		previewTimeOutSeconds: Number(form.previewTimeOutSeconds),
		skipPreviewDisabled: form.skippable !== "true",
		callbackAutoAnswer: form.callbackAutoAnswer === "true",
		abandonRate: Number(form.abandonRate),
		maxCallsPerAgent: Number(form.maxCallsPerAgent),
		inlay: { ...(base?.inlay as object), shownColumns: list(form.shownColumns) },
	}),
};

interface PhoneColumn {
	columnName: string;
	type: string;
	callableTimeColumn?: string;
}

const contactlists: Kind = {
	path: "/api/v2/outbound/contactlists",
	view: needs.viewContactLists,
	add: needs.addContactList,
	edit: needs.editContactList,
	remove: needs.deleteContactList,
	title: "contactLists",
	fresh: "newContactList",
	fields: [
		name,
		{ key: "columnNames", type: "text", label: "columnNames", hint: "commas", needed: true },
		{ key: "phoneColumns", type: "text", label: "phoneColumns", hint: "phoneColumnsHint", needed: true },
		{ key: "keyColumn", type: "text", label: "keyColumn", hint: "keyColumnHint" },
	],
	formOf: (thing) => ({
		name: thing.name,
		columnNames: ((thing.columnNames ?? []) as string[]).join(", "),
		phoneColumns: ((thing.phoneColumns ?? []) as PhoneColumn[])
			.map(({ columnName, callableTimeColumn }) =>
				callableTimeColumn ? `${columnName} @ ${callableTimeColumn}` : columnName,
			)
			.join(", "),
		keyColumn: text((thing.inlay as { keyColumn?: string })?.keyColumn),
	}),
	bodyOf: (form, base) => ({
		...kept(base, ["attemptLimits", "division"]),
		name: form.name,
		columnNames: list(form.columnNames),
		phoneColumns: list(form.phoneColumns).map((one): PhoneColumn => {
			const [columnName = "", callableTimeColumn] = one.split("@").map((part) => part.trim());
			const known = ((base?.phoneColumns ?? []) as PhoneColumn[]).find((each) => each.columnName === columnName);
			return { columnName, type: known?.type ?? columnName, ...(callableTimeColumn ? { callableTimeColumn } : {}) };
		}),
		...(form.keyColumn ? { inlay: { keyColumn: form.keyColumn } } : {}),
	}),
};

const dnclists: Kind = {
	path: "/api/v2/outbound/dnclists",
	view: needs.viewDncLists,
	add: needs.addDncList,
	edit: needs.editDncList,
	remove: needs.deleteDncList,
	title: "dncLists",
	fresh: "newDncList",
	fields: [name],
	formOf: (thing) => ({ name: thing.name }),
	bodyOf: (form, base) => ({ ...kept(base, ["division"]), name: form.name, dncSourceType: "rds" }),
};

interface CallableTime {
	timeZoneId: string;
	timeSlots: Array<{ day: number; startTime: string; stopTime: string }>;
}

const callabletimesets: Kind = {
	path: "/api/v2/outbound/callabletimesets",
	view: needs.viewTimeSets,
	add: needs.addTimeSet,
	edit: needs.editTimeSet,
	remove: needs.deleteTimeSet,
	title: "timeSets",
	fresh: "newTimeSet",
	fields: [name, { key: "times", type: "lines", label: "times", hint: "timesHint", needed: true }],
	formOf: (thing) => ({ name: thing.name, times: linesOf((thing.callableTimes ?? []) as CallableTime[]) }),
	bodyOf: (form) => ({ name: form.name, callableTimes: timesOf(form.times ?? "") ?? [] }),
};

/** One window a line: `Europe/Berlin 1-5 09:00-20:00`; days of the week, Monday is 1. */
export function linesOf(times: readonly CallableTime[]): string {
	return times
		.flatMap(({ timeZoneId, timeSlots }) => {
			const windows = new Map<string, number[]>();
			for (const { day, startTime, stopTime } of timeSlots) {
				const hours = `${startTime.slice(0, 5)}-${stopTime.slice(0, 5)}`;
				windows.set(hours, [...(windows.get(hours) ?? []), day]);
			}
			return [...windows].map(([hours, days]) => `${timeZoneId} ${rangeOf(days.toSorted())} ${hours}`);
		})
		.join("\n");
}

function rangeOf(days: readonly number[]): string {
	const [first = 1, last = 1] = [days[0], days.at(-1)];
	return days.length > 2 && last - first + 1 === days.length ? `${first}-${last}` : days.join(",");
}

/** @returns undefined where a line is none */
export function timesOf(lines: string): CallableTime[] | undefined {
	const byZone = new Map<string, CallableTime>();
	for (const line of lines.split("\n").filter((one) => one.trim() !== "")) {
		const parts = /^(\S+)\s+([1-7](?:[-,][1-7])*)\s+(\d\d:\d\d)-(\d\d:\d\d)$/.exec(line.trim());
		if (!parts) return undefined;
		const [, zone = "", days = "", startTime = "", stopTime = ""] = parts;
		const known = byZone.get(zone) ?? { timeZoneId: zone, timeSlots: [] };
		for (const day of daysOf(days)) known.timeSlots.push({ day, startTime, stopTime });
		byZone.set(zone, known);
	}
	return byZone.size > 0 ? [...byZone.values()] : undefined;
}

function daysOf(said: string): number[] {
	return said.split(",").flatMap((one) => {
		const [first = 1, last = first] = one.split("-").map(Number);
		return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
	});
}

/** What stands with the thing and in no field of the form. */
function kept(base: OutboundThing | undefined, fields: readonly string[]): object {
	return Object.fromEntries(fields.flatMap((field) => (base?.[field] === undefined ? [] : [[field, base[field]]])));
}

export const kinds: Readonly<Record<KindName, Kind>> = { campaigns, contactlists, dnclists, callabletimesets };

/** Fields that cannot be sent as they are. */
export function problemsOf(kind: Kind, form: ThingForm): Set<string> {
	const problems = new Set<string>();
	for (const field of kind.fields) {
		const value = (form[field.key] ?? "").trim();
		if ("needed" in field && field.needed && value === "") problems.add(field.key);
		if (field.type === "number" && !/^\d{1,5}(\.\d+)?$/.test(value)) problems.add(field.key);
		if (field.type === "lines" && !timesOf(value)) problems.add(field.key);
	}
	return problems;
}
