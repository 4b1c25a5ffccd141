import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { abilitiesChanged, abilityChanged } from "./events.ts";
import type { Slice } from "./queue-store.ts";
import type { Ability, AbilityKind, OwnAbility } from "./skill-model.ts";
import { type AbilityFilter, abilityStore } from "./skill-store.ts";
import { isUniqueViolation } from "./unique.ts";

/** Skills, or languages, and who has which (agent-features section 1). */
export interface Abilities {
	kind: AbilityKind;
	/** @throws ApiError 404 `not.found` */
	require(id: string): Promise<Ability>;
	list(filter: AbilityFilter, slice: Slice): Promise<{ found: Ability[]; total: number }>;
	/** @throws ApiError 409 `general.conflict` when the name is taken */
	create(name: string, actor: Actor): Promise<Ability>;
	/** @param version the one that the caller has seen @throws ApiError 409 `version.conflict` */
	rename(id: string, name: string, actor: Actor, version?: number): Promise<Ability>;
	/** As with wrap-up codes, it is taken from all who have it; who waits and asks for it asks for it no longer. */
	remove(id: string, actor: Actor, version?: number): Promise<void>;
	/** Those of the ids that are nobody's. */
	unknown(ids: readonly string[]): Promise<string[]>;
	/** By name, for each of the users. */
	ofUsers(userIds: readonly string[]): Promise<ReadonlyMap<string, OwnAbility[]>>;
	/**
	 * Gives them to the user, or changes how well they have them.
	 * @param all the user has no others after it
	 * @throws ApiError 400 `invalid.value` for an unknown one: then none is given
	 */
	give(userId: string, entries: readonly Given[], actor: Actor, options?: { all?: boolean }): Promise<OwnAbility[]>;
	/** @throws ApiError 404 `not.found` for one that the user does not have */
	take(userId: string, id: string, actor: Actor): Promise<void>;
	/** Registers what else goes with one, in the transaction that deletes it. */
	onRemove(user: AbilityUser): void;
	/** Those of the ids that stand, held so until the transaction ends: for what keeps them. */
	hold(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface AbilityUser {
	/** Holds whatever uses it, before it is held itself: whoever changes a queue holds that first, and then what it names. */
	hold(trx: Trx, id: string): Promise<void>;
	end(trx: Trx, id: string, actor: Actor): Promise<void>;
}

export interface Given {
	id: string;
	/** 0 to 5 */
	proficiency: number;
}

export function createAbilities(kernel: Kernel, kind: AbilityKind): Abilities {
	const { database, events, clock } = kernel;
	const store = abilityStore(database.db, kind);
	const others: AbilityUser[] = [];
	const index = kind === "skill" ? "routing_skills_name" : "routing_languages_name";

	async function locked(trx: Trx, id: string, version?: number): Promise<Ability> {
		const found = await store.lock(trx, id);
		if (!found) throw notFound(kind, id);
		if (version !== undefined && version !== found.version) throw versionConflict(kind, id, version, found.version);
		return found;
	}

	const refusal = (twin: string) => nameTaken(kind, twin);

	function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database.change(work).catch((error: unknown) => {
			throw isUniqueViolation(error, index) ? nameTaken(kind, name) : error;
		});
	}

	async function give(
		userId: string,
		entries: readonly Given[],
		actor: Actor,
		{ all = false }: { all?: boolean } = {},
	): Promise<OwnAbility[]> {
		const last = new Map(entries.map((one) => [one.id, one]));
		return database.change(async (trx) => {
			const standing = await store.referred.hold(trx, [...last.keys()]);
			const missing = [...last.keys()].find((id) => !standing.has(id));
			if (missing !== undefined) throw badField("id", `There is no ${kind} with the id ${missing}.`);
			if (all) await store.take(trx, userId);
			if (last.size > 0) await store.give(trx, userId, [...last.values()]);
			const now = (await store.ofUsers(trx, [userId])).get(userId) ?? [];
			await events.append(trx, [abilitiesChanged(kind, userId, actor)]);
			return now;
		});
	}

	return {
		kind,
		async require(id) {
			const [found] = await store.find(database.db, [id]);
			if (!found) throw notFound(kind, id);
			return found;
		},
		list: store.list,
		async unknown(ids) {
			if (ids.length === 0) return [];
			const standing = new Set((await store.find(database.db, ids)).map((one) => one.id));
			return ids.filter((id) => !standing.has(id));
		},

		create(name, actor) {
			const made = { id: randomUUID(), name: readName(name), dateModified: clock.now(), version: 1 };
			return saving(made.name, async (trx) => {
				await store.names.refuseTwin(trx, made, refusal);
				await store.insert(trx, made);
				await events.append(trx, [abilityChanged(kind, made, "created", actor)]);
				return made;
			});
		},

		rename(id, name, actor, version) {
			return saving(name, async (trx) => {
				const before = await locked(trx, id, version);
				const after: Ability = {
					...before,
					name: readName(name, { before: before.name }),
					dateModified: clock.now(),
					version: before.version + 1,
				};
				await store.names.refuseTwin(trx, { ...after, before: before.name }, refusal);
				await store.update(trx, after);
				await events.append(trx, [abilityChanged(kind, after, "updated", actor)]);
				return after;
			});
		},

		async remove(id, actor, version) {
			await database.change(async (trx) => {
				for (const { hold } of others) await hold(trx, id);
				const found = await locked(trx, id, version);
				const having = await store.delete(trx, id);
				for (const { end } of others) await end(trx, id, actor);
				await events.append(trx, [
					abilityChanged(kind, found, "deleted", actor),
					...having.map((userId) => abilitiesChanged(kind, userId, actor)),
				]);
			});
		},

		ofUsers: (userIds) => store.ofUsers(database.db, userIds),
		give,

		async take(userId, id, actor) {
			await database.change(async (trx) => {
				if (!(await store.take(trx, userId, [id]))) throw notFound(kind, id);
				await events.append(trx, [abilitiesChanged(kind, userId, actor)]);
			});
		},

		onRemove: (user) => void others.push(user),
		hold: store.referred.hold,
	};
}

function nameTaken(kind: AbilityKind, name: string): ApiError {
	return new ApiError(409, "general.conflict", `A ${kind} with the name {name} exists already; choose another name.`, {
		params: { name },
		details: [{ errorCode: "general.conflict", fieldName: "name", entityName: kind }],
		entityName: kind,
	});
}
