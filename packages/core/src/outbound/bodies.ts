import { isZone } from "@inlay/contract/wall-time";
import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { numberOf } from "./csv-rows.ts";
import {
	type AttemptLimitsValue,
	type CallableTimeSetValue,
	type CampaignValue,
	type ContactListValue,
	dialingModes,
	type MappingFlag,
	mappingFlags,
	recallResults,
	type Thing,
} from "./model.ts";
import type { Sent } from "./things.ts";

const Opt = Type.Optional;
const id = Type.String({ minLength: 1, maxLength: 200 });
const column = Type.String({ minLength: 1, maxLength: 100 });
const reference = Type.Object({ id });
const version = Opt(Type.Union([Type.Integer(), Type.Null()]));
const named = { name: Type.String({ minLength: 1, maxLength: 200 }), version };
const divisioned = { ...named, division: Opt(reference) };

/** @throws ApiError 400 where there is nothing */
function requireSome(list: readonly unknown[], field: string): void {
	if (list.length === 0) throw badField(field, `${field} must name at least one.`);
}

/** `ContactList`. */
export const contactListBody = Type.Object({
	...divisioned,
	columnNames: Type.Array(column, { maxItems: 50, uniqueItems: true }),
	phoneColumns: Type.Array(Type.Object({ columnName: column, type: column, callableTimeColumn: Opt(column) }), {
		maxItems: 10,
	}),
	attemptLimits: Opt(reference),
	/** Of ours: the column by which an upload tells contacts apart. */
	inlay: Opt(Type.Object({ keyColumn: Opt(column) })),
});

/** @param before what stays, such as the state of the last upload */
export function contactListOf(
	body: Static<typeof contactListBody>,
	before?: Thing<ContactListValue>,
): Sent<ContactListValue> {
	const { columnNames, phoneColumns, attemptLimits, inlay } = body;
	requireSome(columnNames, "columnNames");
	// What no body may hold, no contact could be given.
	if (columnNames.includes("__proto__")) throw badField("columnNames", "No column can be called __proto__.");
	requireSome(phoneColumns, "phoneColumns");
	const requireColumn = (name: string | undefined, field: string) => {
		if (name === undefined || columnNames.includes(name)) return;
		throw badField(field, `${field} names ${name}, which is none of the list's columnNames.`);
	};
	for (const [index, one] of phoneColumns.entries()) {
		requireColumn(one.columnName, `phoneColumns[${index}].columnName`);
		requireColumn(one.callableTimeColumn, `phoneColumns[${index}].callableTimeColumn`);
	}
	requireColumn(inlay?.keyColumn, "inlay.keyColumn");
	const gone = before?.value.columnNames.find((name) => !columnNames.includes(name));
	if (gone !== undefined)
		throw badField("columnNames", `columnNames must keep ${gone}: contacts of the list have it. Columns may be added.`);
	return {
		name: body.name,
		divisionId: body.division?.id,
		value: {
			columnNames,
			phoneColumns,
			keyColumn: inlay?.keyColumn,
			attemptLimitsId: attemptLimits?.id,
		},
	};
}

/** `DncListCreate`, `DncList`. */
export const dncListBody = Type.Object({
	...divisioned,
	dncSourceType: Type.Literal("rds"),
	contactMethod: Opt(Type.Literal("Phone")),
});

const time = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d(:00)?$|^24:00(:00)?$" });

/** `CallableTimeSet`. */
export const timeSetBody = Type.Object({
	...named,
	callableTimes: Type.Array(
		Type.Object({
			timeZoneId: Type.String({ minLength: 1, maxLength: 60 }),
			timeSlots: Type.Array(
				Type.Object({ startTime: time, stopTime: time, day: Type.Integer({ minimum: 1, maximum: 7 }) }),
				{ maxItems: 50 },
			),
		}),
		{ maxItems: 100 },
	),
});

export function timeSetOf({ name, callableTimes }: Static<typeof timeSetBody>): Sent<CallableTimeSetValue> {
	requireSome(callableTimes, "callableTimes");
	for (const [index, { timeZoneId, timeSlots }] of callableTimes.entries()) {
		const field = `callableTimes[${index}]`;
		requireSome(timeSlots, `${field}.timeSlots`);
		if (!isZone(timeZoneId)) throw badField(`${field}.timeZoneId`, `${field}.timeZoneId must be an IANA time zone.`);
		const wrong = timeSlots.findIndex((slot) => slot.startTime.slice(0, 5) >= slot.stopTime.slice(0, 5));
		if (wrong >= 0)
			throw badField(
				`${field}.timeSlots[${wrong}]`,
				`${field}.timeSlots[${wrong}] must stop after it starts; a window over midnight is two of them.`,
			);
	}
	return { name, value: { callableTimes } };
}

const recall = Type.Object({
	nbrAttempts: Type.Integer({ minimum: 1, maximum: 100 }),
	minutesBetweenAttempts: Type.Integer({ minimum: 1, maximum: 10_080 }),
});
const count = Opt(Type.Integer({ minimum: 1, maximum: 100 }));

/** `AttemptLimits`. */
export const attemptLimitsBody = Type.Object({
	...named,
	maxAttemptsPerContact: count,
	maxAttemptsPerNumber: count,
	resetPeriod: Opt(Type.Union([Type.Literal("NEVER"), Type.Literal("TODAY")])),
	timeZoneId: Opt(Type.String({ minLength: 1, maxLength: 60 })),
	recallEntries: Opt(
		Type.Object(
			{ busy: Opt(recall), noAnswer: Opt(recall), answeringMachine: Opt(recall) },
			{ additionalProperties: false },
		),
	),
});

export function attemptLimitsOf(body: Static<typeof attemptLimitsBody>): Sent<AttemptLimitsValue> {
	const { name, maxAttemptsPerContact, maxAttemptsPerNumber, resetPeriod, timeZoneId, recallEntries = {} } = body;
	const entries = recallResults.flatMap((result) => {
		const entry = recallEntries[result];
		return entry ? [[result, entry] as const] : [];
	});
	if (timeZoneId !== undefined && !isZone(timeZoneId))
		throw badField("timeZoneId", "timeZoneId must be an IANA time zone.");
	const most = { maxAttemptsPerContact, maxAttemptsPerNumber };
	return { name, value: { ...most, resetPeriod, timeZoneId, recallEntries: Object.fromEntries(entries) } };
}

/** `Campaign.campaignStatus`: `on` and `off` switch it; the others are told by the server, and come back with it. */
const campaignStates = ["on", "off", "stopping", "complete", "invalid", "forced_off", "forced_stopping"] as const;

/** `Campaign`. */
export const campaignBody = Type.Object({
	...divisioned,
	contactList: reference,
	queue: Opt(reference),
	script: Opt(reference),
	dialingMode: Type.String({ maxLength: 40 }),
	campaignStatus: Opt(Type.Union(campaignStates.map((one) => Type.Literal(one)))),
	phoneColumns: Type.Array(Type.Object({ columnName: column, type: Opt(column) }), { maxItems: 10 }),
	dncLists: Opt(Type.Array(reference, { maxItems: 20 })),
	callableTimeSet: Opt(reference),
	ruleSets: Opt(Type.Array(reference, { maxItems: 10 })),
	callerName: Type.String({ minLength: 1, maxLength: 100 }),
	callerAddress: Type.String({ minLength: 1, maxLength: 60 }),
	abandonRate: Opt(Type.Number({ minimum: 0.1, maximum: 100 })),
	outboundLineCount: Opt(Type.Integer({ minimum: 1, maximum: 1_000 })),
	maxCallsPerAgent: Opt(Type.Number({ minimum: 1, maximum: 15 })),
	skipPreviewDisabled: Opt(Type.Boolean()),
	previewTimeOutSeconds: Opt(Type.Integer({ minimum: 0, maximum: 3_600 })),
	callbackAutoAnswer: Opt(Type.Boolean()),
	alwaysRunning: Opt(Type.Boolean()),
	noAnswerTimeout: Opt(Type.Integer({ minimum: 5, maximum: 120 })),
	priority: Opt(Type.Integer({ minimum: 1, maximum: 5 })),
	/** Of ours: what the agent's card shows, and whether scripts find the columns. */
	inlay: Opt(
		Type.Object({
			shownColumns: Opt(Type.Array(column, { maxItems: 50, uniqueItems: true })),
			columnsAsAttributes: Opt(Type.Boolean()),
			abandonMessage: Opt(Type.String({ maxLength: 300 })),
			ownerColumn: Opt(column),
			skipReasons: Opt(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 20, uniqueItems: true })),
		}),
	),
});
type CampaignBody = Static<typeof campaignBody>;

/** Modes that the platform has and Inlay does not, and why (agent-features 18). */
const otherModes = ["agentless", "predictive", "external"];

/** @param country of numbers without a country code */
export function campaignOf(body: CampaignBody, country: string): Sent<CampaignValue> {
	const dialingMode = dialingModes.find((mode) => mode === body.dialingMode);
	if (!dialingMode) throw noSuchMode(body.dialingMode);
	const callerAddress = numberOf(body.callerAddress, country);
	if (!callerAddress) throw badField("callerAddress", "callerAddress must be a phone number, such as +3173123456.");
	const { inlay = {}, dncLists = [], ruleSets = [] } = body;
	requireSome(body.phoneColumns, "phoneColumns");
	return {
		name: body.name,
		divisionId: body.division?.id,
		value: {
			contactListId: body.contactList.id,
			queueId: body.queue?.id,
			scriptId: body.script?.id,
			dialingMode,
			phoneColumns: body.phoneColumns.map(({ columnName }) => ({ columnName })),
			dncListIds: [...new Set(dncLists.map((one) => one.id))],
			callableTimeSetId: body.callableTimeSet?.id,
			ruleSetIds: [...new Set(ruleSets.map((one) => one.id))],
			callerName: body.callerName,
			callerAddress,
			abandonRate: body.abandonRate ?? 3,
			outboundLineCount: body.outboundLineCount,
			maxCallsPerAgent: body.maxCallsPerAgent ?? 2,
			skipPreviewDisabled: body.skipPreviewDisabled ?? false,
			previewTimeOutSeconds: body.previewTimeOutSeconds ?? 0,
			callbackAutoAnswer: body.callbackAutoAnswer ?? false,
			alwaysRunning: body.alwaysRunning ?? false,
			noAnswerTimeout: body.noAnswerTimeout ?? 30,
			priority: body.priority ?? 5,
			shownColumns: inlay.shownColumns ?? [],
			columnsAsAttributes: inlay.columnsAsAttributes ?? false,
			abandonMessage: inlay.abandonMessage?.trim(),
			ownerColumn: inlay.ownerColumn,
			skipReasons: inlay.skipReasons ?? [],
		},
	};
}

function noSuchMode(mode: string) {
	const text = otherModes.includes(mode)
		? `dialingMode ${mode} is not built: Inlay calls nobody without an agent who has chosen to work. Use preview, progressive or power.`
		: "dialingMode must be preview, progressive or power.";
	return badField("dialingMode", text, "outbound.mode");
}

const flag = Type.Union(mappingFlags.map((one) => Type.Literal(one)));

/** `WrapUpCodeMapping`. */
export const mappingBody = Type.Object({
	version,
	defaultSet: Type.Array(flag, { maxItems: 4, uniqueItems: true }),
	mapping: Type.Record(id, Type.Array(flag, { maxItems: 4, uniqueItems: true })),
});

export const mappingOf = ({ defaultSet, mapping }: Static<typeof mappingBody>) => ({
	defaultSet: defaultSet as MappingFlag[],
	mapping: mapping as Record<string, MappingFlag[]>,
});

/** `OutboundSettings`. */
export const settingsBody = Type.Object({
	version,
	maxCallsPerAgent: Opt(Type.Integer({ minimum: 1, maximum: 15 })),
	abandonSeconds: Opt(Type.Number({ minimum: 0.5, maximum: 15 })),
	timeZone: Opt(Type.String({ minLength: 1, maxLength: 60 })),
	inlay: Opt(Type.Object({ sameNumberMinutes: Opt(Type.Integer({ minimum: 0, maximum: 10_080 })) })),
});

export function settingsOf({ version: _seen, inlay, ...changes }: Static<typeof settingsBody>) {
	if (changes.timeZone !== undefined && !isZone(changes.timeZone))
		throw badField("timeZone", "timeZone must be an IANA time zone, such as Europe/Berlin.");
	const { sameNumberMinutes } = inlay ?? {};
	return { ...changes, ...(sameNumberMinutes === undefined ? {} : { sameNumberMinutes }) };
}

/** `WritableDialerContact`. */
export const contactBody = Type.Object({
	id: Opt(id),
	contactListId: id,
	data: Type.Record(column, Type.String({ maxLength: 1_000 })),
	callable: Opt(Type.Boolean()),
	phoneNumberStatus: Opt(Type.Record(column, Type.Object({ callable: Type.Boolean() }))),
});
export type ContactBody = Static<typeof contactBody>;
