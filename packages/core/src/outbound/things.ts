import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import { ApiError, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { type Asker, type Use, usesParams } from "../kernel/sight.ts";
import type { DivisionDirectory } from "../routing/ports.ts";
import { isUniqueViolation } from "../routing/unique.ts";
import { thingChanged } from "./events.ts";
import type { Thing, ThingKind } from "./model.ts";
import { type ThingFilter, type ThingStore, thingStore } from "./thing-store.ts";

/** A thing as it is sent. */
export interface Sent<V> {
	name: string;
	divisionId?: string | undefined;
	value: V;
}

/** What one kind has of its own. */
export interface KindRules<V> {
	kind: ThingKind;
	/** In sentences. */
	word: string;
	/**
	 * Holds what the value names, in the change that keeps it, and refuses what does not fit what was before.
	 * @throws ApiError 400 naming the field
	 */
	hold?(trx: Trx, value: V, before?: Thing<V>): Promise<void>;
	/** Keeps what nobody sends, as it stands when the change is made. */
	keeps?(sent: V, before: V): V;
	/** What refers to it: as long as there is something, it stays. */
	referrers?(trx: Trx, id: string): Promise<Use[]>;
	/** What is told beside `outbound.…changed`. */
	saved?(trx: Trx, thing: Thing<V>, before?: Thing<V>): Promise<void>;
	view(thing: Thing<V>): object;
}

/** Contact lists, DNC lists, callable times, attempt limits and campaigns: made, changed and deleted in the same way. */
export interface Things<V> {
	word: string;
	store: ThingStore<V>;
	/** @throws ApiError 404 `not.found` */
	require(id: string): Promise<Thing<V>>;
	list(filter: ThingFilter, slice: { limit: number; offset: number }): Promise<{ found: Thing<V>[]; total: number }>;
	/** @throws ApiError 409 `general.conflict` when the name is taken */
	create(sent: Sent<V>, actor: Actor): Promise<Thing<V>>;
	/** @param seen the version that the caller has seen @throws ApiError 409 `version.conflict` */
	change(id: string, sent: Sent<V>, actor: Actor, seen?: number): Promise<Thing<V>>;
	/** @param asker reads of what he may see @throws ApiError 409 `general.conflict` while something refers to it */
	remove(id: string, actor: Actor, asker: Asker, seen?: number): Promise<void>;
}

/** @param directory only where things of the kind are in divisions */
export function createThings<V>(
	{ database, events, clock }: Pick<Kernel, "database" | "events" | "clock">,
	rules: KindRules<V>,
	directory?: DivisionDirectory,
): Things<V> {
	const { kind, word } = rules;
	const store = thingStore<V>(database.db, kind);
	const told = (thing: Thing<V>, change: string, actor: Actor): NewEvent =>
		thingChanged(kind, thing, change, rules.view(thing), actor);

	async function locked(trx: Trx, id: string, seen?: number): Promise<Thing<V>> {
		const found = await store.lock(trx, id);
		if (!found) throw notFound(word, id);
		if (seen !== undefined && seen !== found.version) throw versionConflict(word, id, seen, found.version);
		return found;
	}

	const refusal = (twin: string) => nameTaken(word, twin);

	function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database.change(work).catch((error: unknown) => {
			throw isUniqueViolation(error, "outbound_things_name") ? nameTaken(word, name) : error;
		});
	}

	async function standing(trx: Trx, divisionId: string | undefined): Promise<void> {
		if (directory && divisionId) await directory.divisions.requireStanding(trx, divisionId, "division.id");
	}

	return {
		word,
		store,
		async require(id) {
			const found = await store.find(database.db, id);
			if (!found) throw notFound(word, id);
			return found;
		},
		list: store.list,

		async create(sent, actor) {
			const now = clock.now();
			const thing: Thing<V> = {
				id: randomUUID(),
				name: readName(sent.name),
				divisionId: directory ? (sent.divisionId ?? (await directory.homeDivisionId())) : undefined,
				version: 1,
				dateCreated: now,
				dateModified: now,
				value: sent.value,
			};
			return saving(thing.name, async (trx) => {
				await store.names.refuseTwin(trx, thing, refusal);
				await standing(trx, thing.divisionId);
				await rules.hold?.(trx, thing.value);
				await store.insert(trx, thing);
				await rules.saved?.(trx, thing);
				await events.append(trx, [told(thing, "created", actor)]);
				return thing;
			});
		},

		change(id, sent, actor, seen) {
			return saving(sent.name, async (trx) => {
				const before = await locked(trx, id, seen);
				const after: Thing<V> = {
					...before,
					name: readName(sent.name, { before: before.name }),
					divisionId: sent.divisionId ?? before.divisionId,
					dateModified: clock.now(),
					version: before.version + 1,
					value: rules.keeps?.(sent.value, before.value) ?? sent.value,
				};
				await store.names.refuseTwin(trx, { ...after, before: before.name }, refusal);
				if (after.divisionId !== before.divisionId) await standing(trx, after.divisionId);
				await rules.hold?.(trx, after.value, before);
				await store.update(trx, after);
				await rules.saved?.(trx, after, before);
				await events.append(trx, [told(after, "updated", actor)]);
				return after;
			});
		},

		async remove(id, actor, asker, seen) {
			await database.change(async (trx) => {
				const found = await locked(trx, id, seen);
				const uses = (await rules.referrers?.(trx, id)) ?? [];
				if (uses.length > 0) throw inUse(word, found, usesParams(uses, asker));
				await store.delete(trx, id);
				await events.append(trx, [told(found, "deleted", actor)]);
			});
		},
	};
}

function nameTaken(word: string, twin: string): ApiError {
	return new ApiError(409, "general.conflict", `A ${word} with the name {name} exists already; choose another name.`, {
		params: { name: twin },
		details: [{ errorCode: "general.conflict", fieldName: "name", entityName: word }],
		entityName: word,
	});
}

function inUse(word: string, { id, name }: { id: string; name: string }, by: ReturnType<typeof usesParams>): ApiError {
	return new ApiError(409, "general.conflict", `The ${word} {name} is used by {by}; change that first.`, {
		params: { name, ...by },
		entityId: id,
		entityName: word,
	});
}
