import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { readInterval } from "../kernel/time/times.ts";
import { type AuditStatus, statuses } from "./model.ts";
import type { EntrySearch } from "./store.ts";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

const asked = {
	interval: Type.String({ maxLength: 200 }),
	serviceName: Type.Optional(text(100)),
	filters: Type.Optional(Type.Array(Type.Object({ property: text(100), value: text(500) }), { maxItems: 20 })),
	sort: Type.Optional(Type.Array(Type.Object({ name: text(100), sortOrder: text(20) }), { maxItems: 1 })),
};

/** `AuditQueryRequest`. */
export const queryBody = Type.Object(asked);

/** `AuditRealtimeQueryRequest`. */
export const realtimeBody = Type.Object({
	...asked,
	pageNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});

export type AuditQuery = Static<typeof queryBody>;

const dayMs = 86_400_000;
/** How far a query goes that is asked again for its results, and one that answers at once. */
export const longestQueryMs = 31 * dayMs;
export const longestRealtimeMs = 14 * dayMs;

/** The platform's names of what can be filtered by. */
const properties: Readonly<Record<string, keyof EntrySearch>> = {
	UserId: "userId",
	ClientId: "clientId",
	ServiceName: "service",
	EntityType: "entityType",
	EntityId: "entityId",
	Action: "action",
	Status: "status",
};

/**
 * What a query asks for, but for what its reader may see.
 * @throws ApiError 400 naming the field
 */
export function readQuery(
	{ interval, serviceName, filters = [], sort = [] }: AuditQuery,
	longestMs: number,
): Omit<EntrySearch, "divisions"> {
	const search: Omit<EntrySearch, "divisions"> = { ...readStretch(interval, longestMs) };
	const ask = (key: keyof EntrySearch, value: string, field: string) => {
		if (key === "status") readStatus(value, field);
		if (search[key as keyof typeof search] !== undefined)
			throw badField(field, `${field} names one property twice. Ask for one value of each.`);
		Object.assign(search, { [key]: value });
	};
	if (serviceName !== undefined) ask("service", serviceName, "serviceName");
	for (const { property, value } of filters) {
		const key = Object.hasOwn(properties, property) ? properties[property] : undefined;
		if (!key)
			throw badField(
				"filters",
				`filters cannot ask for ${property}; they can for ${Object.keys(properties).join(", ")}.`,
			);
		ask(key, value, "filters");
	}
	return { ...search, isAscending: readSort(sort[0]) };
}

/** @throws ApiError 400 naming the field */
export function readStatus(value: string, field: string): AuditStatus {
	const found = statuses.find((one) => one === value);
	if (found) return found;
	throw badField(field, `${field} knows the statuses ${statuses.join(" and ")}.`);
}

function readSort(sort: { name: string; sortOrder: string } | undefined): boolean {
	if (!sort) return false;
	if (!/^(timestamp|eventDate)$/i.test(sort.name))
		throw badField("sort", "sort can be by Timestamp only: entries stand in the order in which they were written.");
	if (/^asc(ending)?$/i.test(sort.sortOrder)) return true;
	if (/^desc(ending)?$/i.test(sort.sortOrder)) return false;
	throw badField("sort", "sort needs the sortOrder ascending or descending.");
}

function readStretch(interval: string, longestMs: number): { from: Date; to: Date } {
	const { from, to } = readInterval(interval);
	const lasts = to.getTime() - from.getTime();
	if (lasts === 0) throw badField("interval", "interval is empty: its end comes after its beginning.");
	// The clocks may be put back in a month of days.
	if (lasts <= longestMs + 3_600_000) return { from, to };
	throw badField(
		"interval",
		`interval may span ${longestMs / dayMs} days at most. Ask for parts of it one after the other.`,
	);
}
