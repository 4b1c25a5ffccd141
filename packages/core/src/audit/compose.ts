import type { NewEvent } from "../kernel/events/event-log.ts";
import type { EntityChange, PropertyChange, Subject } from "./model.ts";
import { bounded, boundedValues, propertyChanges, type Reading, textOf } from "./property-changes.ts";
import { omitted, outboundTypes, type PartTable, parts, type ThingTable, things } from "./tables.ts";

/** A changed row of an audited table, as PostgreSQL has noted it. */
export interface NotedRow {
	place: string;
	was: Record<string, unknown> | null;
	now: Record<string, unknown> | null;
}

/** What a request was, as far as its entry depends on it. */
export interface Asked {
	method: string;
	path: string;
	/** Of the path, in its order. */
	params: Readonly<Record<string, string>>;
}

/** A thing that was changed, and how. */
export interface ChangedThing {
	subject: Subject;
	/** Table of the thing itself. */
	place: string;
	isMade: boolean;
	isGone: boolean;
	changes: PropertyChange[];
}

/** An entry but for who made it, and when. */
export interface Composed {
	main: ChangedThing;
	action: string;
	others: ChangedThing[];
}

/** Other things that one entry tells of. */
const mostOthers = 1_000;

/** The things that rows belong to, each once, in the order in which they were first touched, with what has changed of them. */
export function changedThings(rows: readonly NotedRow[]): ChangedThing[] {
	const placed = rows.filter((row) => placeOf(row) !== undefined);
	const groups = Map.groupBy(placed, (row) => JSON.stringify(placeOf(row)));
	return [...groups].map(([key, own]) => thingOf(JSON.parse(key), own));
}

interface Place {
	table: string;
	id: string;
}

function placeOf({ place, was, now }: NotedRow): Place | undefined {
	const row = now ?? was ?? {};
	const thing = things[place];
	if (thing) return { table: place, id: idOf(thing, row) };
	const part = parts[place];
	const table = part && (typeof part.of === "string" ? part.of : part.of.tables[String(row[part.of.column])]);
	return part && table ? { table, id: String(row[part.id]) } : undefined;
}

function idOf({ id = "id", only }: ThingTable, row: Record<string, unknown>): string {
	const found = row[id];
	return only && (found === null || typeof found === "number") ? only : String(found);
}

function thingOf({ table, id }: Place, rows: readonly NotedRow[]): ChangedThing {
	const own = netOf(rows.filter(({ place }) => place === table));
	const definition = things[table] as ThingTable;
	const row = own?.now ?? own?.was ?? {};
	const partTables = [...new Set(rows.map(({ place }) => place))].filter((place) => place !== table);
	return {
		place: table,
		subject: { ...subjectOf(table, id), ...(own ? whatIsKnown(definition, row) : {}), ...kindOf(table, row) },
		isMade: own !== undefined && !own.was,
		isGone: own !== undefined && !own.now,
		changes: bounded([
			...(own ? propertyChanges(own.was ?? undefined, own.now ?? undefined, readingOf(definition, table)) : []),
			...partTables.flatMap((place) => partChanges(place, rows)),
		]),
	};
}

/** What became of one row that a change has touched several times. */
function netOf(rows: readonly NotedRow[]): NotedRow | undefined {
	const [first, last] = [rows[0], rows.at(-1)];
	return first && last ? { place: first.place, was: first.was, now: last.now } : undefined;
}

/** A thing of which only the id is known. */
export function subjectOf(table: string, id: string): Subject {
	const { service, entityType } = things[table] as ThingTable;
	return { service, entityType, id };
}

/** Of things that share a table: which of them this one is. */
export function kindOf(table: string, { kind }: { kind?: unknown }): Partial<Subject> {
	const entityType = table === "outbound_things" ? outboundTypes[String(kind)] : undefined;
	return entityType ? { entityType } : {};
}

function whatIsKnown(
	{ name = "name", nameIn, division = "division_id" }: ThingTable,
	row: Record<string, unknown>,
): Partial<Subject> {
	const within = nameIn ? (row[nameIn] as Record<string, unknown> | null) : row;
	const [called, where] = [within?.[name], row[division]];
	return {
		...(called === null || called === undefined ? {} : { name: nameOf(called) }),
		...(typeof where === "string" ? { divisionId: where } : {}),
	};
}

/** Presences have a name for each language. */
function nameOf(called: unknown): string {
	const labels = called as Record<string, unknown>;
	return typeof called === "object"
		? String(labels.en_US ?? labels.en ?? Object.values(labels)[0] ?? "")
		: textOf(called);
}

function readingOf(
	{ flat = [], secret = [], omit = [] }: Pick<ThingTable, "flat" | "secret" | "omit">,
	table: string,
): Reading {
	const thing = things[table];
	const name = thing ? (thing.id ?? "id") : undefined;
	return { flat, secret, isOmitted: (column) => column === name || omitted.has(column) || omit.includes(column) };
}

function partChanges(place: string, rows: readonly NotedRow[]): PropertyChange[] {
	const part = parts[place] as PartTable;
	const own = rows.filter((row) => row.place === place);
	const known = new Set([part.id, ...(part.item ?? []), ...(typeof part.of === "string" ? [] : [part.of.column])]);
	const reading: Reading = {
		...{ flat: part.flat ?? [], secret: part.secret ?? [] },
		isOmitted: (column) => known.has(column) || omitted.has(column) || (part.omit ?? []).includes(column),
	};
	const { item } = part;
	if (!item) return nested(part.as, netOf(own), reading);
	return itemChanges(part.as, own, { item, reading });
}

/** Rows that were deleted and written again as they were have not changed. */
function itemChanges(
	as: string,
	rows: readonly NotedRow[],
	{ item, reading }: { item: readonly string[]; reading: Reading },
): PropertyChange[] {
	const byItem = Map.groupBy(rows, ({ was, now }) => item.map((column) => textOf((now ?? was)?.[column])).join(" "));
	const [oldValues, newValues, within]: [string[], string[], PropertyChange[]] = [[], [], []];
	for (const [key, own] of byItem) {
		const net = netOf(own);
		if (!net) continue;
		if (net.was && net.now) within.push(...nested(`${as}.${key}`, net, reading));
		else if (net.was) oldValues.push(key);
		else if (net.now) {
			newValues.push(key);
			within.push(...nested(`${as}.${key}`, net, reading));
		}
	}
	const list = { property: as, oldValues: boundedValues(oldValues), newValues: boundedValues(newValues) };
	return oldValues.length + newValues.length > 0 ? [list, ...within] : within;
}

function nested(as: string, net: NotedRow | undefined, reading: Reading): PropertyChange[] {
	return propertyChanges(net?.was ?? undefined, net?.now ?? undefined, reading).map((one) => ({
		...one,
		property: `${as}.${one.property}`,
	}));
}

/**
 * Which of the changed things an entry is about: the one that the path names, else the first that was made, or changed; the
 * others it tells of beside. Of what was saved as it was, it is told that somebody saved it.
 */
export function compose(touched: readonly ChangedThing[], asked: Asked): Composed | undefined {
	const changed = touched.filter(({ changes, isMade, isGone }) => changes.length > 0 || isMade || isGone);
	const all = changed.length > 0 ? changed : touched;
	const main = named(all, asked) ?? all.find(({ isMade }) => isMade) ?? all[0];
	if (!main) return undefined;
	const others = all.filter((one) => one !== main).slice(0, mostOthers);
	return { main, action: actionOf(main, asked), others };
}

function named(all: readonly ChangedThing[], { params }: Asked): ChangedThing | undefined {
	for (const id of Object.values(params)) {
		const found = all.find(({ subject }) => subject.id.toLowerCase() === id.toLowerCase());
		if (found) return found;
	}
	return undefined;
}

/** People and groups are kept when they are deleted: by their state. */
function actionOf({ isMade, isGone, subject, changes }: ChangedThing, { method, path, params }: Asked): string {
	if (isMade) return "Create";
	const last = /:(\w+)$/.exec(path)?.[1];
	const isItself = method === "DELETE" && last !== undefined && params[last] === subject.id;
	const isKept = changes.some(
		({ property, newValues }) => /^(state|deleted)$/.test(property) && /^(deleted|true)$/.test(newValues[0] ?? ""),
	);
	return isGone || isItself || isKept ? "Delete" : "Update";
}

/** A thing that an entry tells of beside the one that it is about. */
export function besides({ subject, isGone, changes }: ChangedThing): EntityChange {
	const told = changes.filter((one) => !isGone || one.property !== "…");
	return {
		entityType: subject.entityType,
		entityId: subject.id,
		...(subject.name === undefined ? {} : { entityName: subject.name }),
		...(subject.divisionId === undefined ? {} : { divisionId: subject.divisionId }),
		oldValues: told.flatMap(({ property, oldValues }) => oldValues.map((value) => `${property}: ${value}`)),
		newValues: told.flatMap(({ property, newValues }) => newValues.map((value) => `${property}: ${value}`)),
	};
}

/** Tokens have no name that anybody knows: it is told whose they were. */
function signOut({ userId, clientId, reason }: Record<string, unknown>): Composed {
	const subject: Subject =
		userId === undefined
			? { ...subjectOf("oauth_clients", String(clientId)), service: "Login" }
			: { ...subjectOf("users", String(userId)), service: "Login" };
	const changes = propertyChanges(undefined, { reason }, { isOmitted: () => false });
	const place = userId === undefined ? "oauth_clients" : "users";
	return { main: { subject, place, isMade: false, isGone: false, changes }, action: "SignOut", others: [] };
}

/** What the log was told of a change whose rows are not noted, as the contacts of a list. */
export function fromEvent({ type, entityType, entityId, data }: NewEvent): Composed {
	const known = (data ?? {}) as Record<string, unknown>;
	if (type === "token.revoked") return signOut(known);
	const called = outboundTypes[entityType] ?? entityType.charAt(0).toUpperCase() + entityType.slice(1);
	const table = Object.values(things).find((thing) => thing.entityType === called);
	const subject: Subject = {
		service: servicesOfEvents[type.split(".")[0] ?? ""] ?? table?.service ?? "Inlay",
		entityType: called,
		id: entityId,
		...(typeof known.name === "string" ? { name: known.name } : {}),
		...(typeof known.divisionId === "string" ? { divisionId: known.divisionId } : {}),
	};
	const isOfPart = eventsOfParts.has(type);
	const changes = propertyChanges(undefined, known, {
		isOmitted: (name) => unsaid.has(name) && !(isOfPart && name === "change"),
	});
	const word = isOfPart ? type : `${type} ${String(known.change ?? known.what ?? "")}`;
	const action = /creat|added/.test(word) ? "Create" : /delet|removed|revoked/.test(word) ? "Delete" : "Update";
	return { main: { subject, place: "", isMade: false, isGone: false, changes }, action, others: [] };
}

/** What was added there, or removed, is in the thing: the thing itself is changed. */
const eventsOfParts: ReadonlySet<string> = new Set(["outbound.dnc.changed"]);

const unsaid: ReadonlySet<string> = new Set(["id", "name", "divisionId", "change", "what", "tokenHash"]);

/** By the first word of an event's type. */
const servicesOfEvents: Readonly<Record<string, string>> = {
	outbound: "Outbound",
	token: "OAuth",
	oauth: "OAuth",
	voicemail: "Voicemail",
	recording: "Quality",
	station: "Telephony",
	user: "Directory",
	queue: "Routing",
	calls: "Telephony",
};
