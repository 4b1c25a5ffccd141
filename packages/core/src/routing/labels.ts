import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Referrer } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { type Asker, type Use, usesParams } from "../kernel/sight.ts";
import { labelChanged } from "./events.ts";
import { longestLabelName, mostLabels, notInLabelNames, type UtilizationLabel } from "./label-model.ts";
import { type LabelFilter, labelStore } from "./label-store.ts";
import type { Slice } from "./queue-store.ts";
import { isUniqueViolation } from "./unique.ts";
import type { UtilizationService } from "./utilization.ts";
import { type LabelInput, labelRule } from "./utilization-rules.ts";

/** The labels by which utilization tells interactions of one medium apart (agent-features section 1). */
export interface UtilizationLabels {
	/** @throws ApiError 404 `not.found` */
	require(id: string): Promise<UtilizationLabel>;
	list(filter: LabelFilter, slice: Slice): Promise<{ found: UtilizationLabel[]; total: number }>;
	/** Their names, by id. */
	namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
	/**
	 * @param rule what holds of it for everybody; absent: it limits nothing until something is said of it
	 * @throws ApiError 409 `general.conflict` when the name is taken, or there are as many as there may be
	 */
	create(name: string, rule: LabelInput | undefined, actor: Actor): Promise<UtilizationLabel>;
	/** @param version the one that the caller has seen @throws ApiError 409 `version.conflict` */
	rename(id: string, name: string, actor: Actor, version?: number): Promise<UtilizationLabel>;
	/**
	 * Ends it, with all that is said of it. Conversations that carry it are counted by their media alone.
	 * @throws ApiError 409 `general.conflict` naming what uses it, unless forced
	 */
	remove(id: string, actor: Actor, asker: Asker, options?: { force?: boolean; version?: number }): Promise<void>;
	/** Whose own rules say something of it. */
	usersNaming(id: string): Promise<string[]>;
	/** Those of the ids that stand, held so until the transaction ends: for what keeps them. */
	hold(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
	/** Registers what else uses labels, and is without one when it ends. */
	onRemove(user: LabelUser): void;
}

/** What keeps labels' ids elsewhere. Asked in the transaction that ends one, in which it is held. */
export interface LabelUser {
	/** Holds whatever uses it, before it is held itself: whoever changes a queue holds that first, and then what it names. */
	hold(trx: Trx, labelId: string): Promise<void>;
	/** What uses it. */
	using: Referrer;
	end(trx: Trx, labelId: string, actor: Actor): Promise<void>;
}

export function createUtilizationLabels(kernel: Kernel, utilization: UtilizationService): UtilizationLabels {
	const { database, events, clock } = kernel;
	const store = labelStore;
	const others: LabelUser[] = [];

	async function locked(trx: Trx, id: string, version?: number): Promise<UtilizationLabel> {
		const found = await store.lock(trx, id);
		if (!found) throw notFound("utilizationLabel", id);
		if (version !== undefined && version !== found.version)
			throw versionConflict("utilizationLabel", id, version, found.version);
		return found;
	}

	function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database
			.change(work)
			.catch((error: unknown) => {
				throw isUniqueViolation(error, "utilization_labels_name") ? nameTaken(name) : error;
			})
			.finally(utilization.forget);
	}

	async function usesOf(trx: Trx, id: string): Promise<Use[]> {
		const [people, underWay] = [await utilization.usersNaming(id, trx), await store.underWay(trx, id)];
		const uses: Use[] = [
			...(people.length > 0 ? [{ what: `the rules of ${people.length} people` }] : []),
			...(underWay > 0 ? [{ what: `${underWay} conversations under way` }] : []),
		];
		for (const { using } of others) uses.push(...(await using(trx, id)));
		return uses;
	}

	return {
		async require(id) {
			const [found] = await store.find(database.db, [id]);
			if (!found) throw notFound("utilizationLabel", id);
			return found;
		},
		list: (filter, slice) => store.list(database.db, filter, slice),
		async namesOf(ids) {
			if (ids.length === 0) return new Map();
			return new Map((await store.find(database.db, ids)).map((one) => [one.id, one.name]));
		},

		create(name, rule, actor) {
			const made = { id: randomUUID(), name: labelName(name), dateModified: clock.now(), version: 1 };
			const said = rule && labelRule(made.id, rule);
			return saving(made.name, async (trx) => {
				await store.names.refuseTwin(trx, made, nameTaken);
				if ((await store.count(trx)) >= mostLabels) throw tooMany();
				await store.insert(trx, made);
				if (said) await utilization.beginLabel(trx, made.id, said, actor);
				await events.append(trx, [labelChanged(made, "created", actor)]);
				return made;
			});
		},

		rename(id, name, actor, version) {
			return saving(name, async (trx) => {
				const before = await locked(trx, id, version);
				const after: UtilizationLabel = {
					...before,
					name: labelName(name, before.name),
					dateModified: clock.now(),
					version: before.version + 1,
				};
				await store.names.refuseTwin(trx, { ...after, before: before.name }, nameTaken);
				await store.update(trx, after);
				await events.append(trx, [labelChanged(after, "updated", actor)]);
				return after;
			});
		},

		async remove(id, actor, asker, { force = false, version } = {}) {
			await database.change(async (trx) => {
				// As whoever changes a rule does, before the labels that it names: in another order both would wait for each other.
				await utilization.lock(trx);
				for (const { hold } of others) await hold(trx, id);
				const found = await locked(trx, id, version);
				const uses = force ? [] : await usesOf(trx, id);
				if (uses.length > 0) throw inUse(found, usesParams(uses, asker).by);
				await utilization.endLabel(trx, id, actor);
				for (const { end } of others) await end(trx, id, actor);
				await store.delete(trx, id);
				await events.append(trx, [labelChanged(found, "deleted", actor)]);
			});
			utilization.forget();
		},

		usersNaming: (id) => utilization.usersNaming(id),
		hold: store.referred.hold,
		onRemove: (user) => void others.push(user),
	};
}

function labelName(sent: string, before?: string): string {
	const name = readName(sent, { longest: longestLabelName, before });
	if (notInLabelNames.test(name)) throw badField("name", "A label's name has none of the characters [ ] : *");
	return name;
}

function nameTaken(name: string): ApiError {
	return new ApiError(409, "general.conflict", "A label with the name {name} exists already; choose another name.", {
		params: { name },
		details: [{ errorCode: "general.conflict", fieldName: "name", entityName: "utilizationLabel" }],
		entityName: "utilizationLabel",
	});
}

function tooMany(): ApiError {
	return new ApiError(409, "general.conflict", "There are {count} labels, and no more can be made; delete one first.", {
		params: { count: String(mostLabels) },
		entityName: "utilizationLabel",
	});
}

function inUse({ name }: UtilizationLabel, uses: string): ApiError {
	const message = "The label {name} is used by {uses}; with forceDelete=true it is taken from all of them.";
	return new ApiError(409, "general.conflict", message, {
		params: { name, uses },
		entityName: "utilizationLabel",
	});
}
