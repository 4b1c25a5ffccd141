import { randomUUID } from "node:crypto";
import type { Db, Trx } from "../kernel/database/database.ts";
import { Remembered } from "../kernel/database/remembered.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import type { Principal } from "../kernel/principal.ts";
import { createMovers } from "./division-objects.ts";
import { divisionChanged, divisionDeleted } from "./events.ts";
import { actorOfGiver, type Giver, type Opening } from "./judge.ts";
import { type Division, everyDivision } from "./model.ts";
import { type AuthorizationStore, divisionNames, referredDivisions } from "./store.ts";

/** Counts a domain's objects in each of some divisions; what is left out has none. */
export type CountInDivisions = (divisionIds: readonly string[], db: Db) => Promise<ReadonlyMap<string, number>>;

interface DivisionRequest {
	name: string;
	description: string;
}

/** Who changes a division, and the version of it that they have seen. */
interface Seen {
	actor?: Actor | undefined;
	/** @throws ApiError 409 `version.conflict` where another one stands */
	version?: number | undefined;
}

interface Wanted {
	division: Division;
	/** Its name until now; undefined for a new one. */
	before: string | undefined;
}

/** Rules of divisions: one home division, unique names, nothing left behind in a deleted one. */
export function createDivisions(
	kernel: Kernel,
	store: AuthorizationStore,
	{ judge: judgeOf, changeRights }: Opening,
	changed: () => void,
) {
	const { database, events } = kernel;
	const counters = new Map<string, CountInDivisions>();
	const movers = createMovers();
	// Almost every answer names a division.
	const remembered = new Remembered(() => store.divisions(database.db), kernel.feed, [
		"division.changed",
		"division.deleted",
	]);
	let homeId: Promise<string> | undefined;

	async function get(id: string): Promise<Division> {
		const division = await store.division(database.db, id);
		if (!division) throw notFound("division", id);
		return division;
	}

	async function home(): Promise<Division> {
		const found = (await store.divisions(database.db)).find((division) => division.home);
		if (!found) throw new Error("The home division is missing from the database.");
		return found;
	}

	/** The home division never changes its id: read once. */
	function homeDivisionId(): Promise<string> {
		homeId ??= home().then(
			(division) => division.id,
			(error: unknown) => {
				homeId = undefined;
				throw error;
			},
		);
		return homeId;
	}

	/** @param wanted the division to keep, made of what stands in the moment of the change */
	async function save(wanted: (trx: Trx) => Promise<Wanted>, actor?: Actor): Promise<Division> {
		const saved = await changeRights("server", async (trx) => {
			// Of two who take a name at once, the second one meets the first.
			await store.lockRights(trx);
			const { division, before } = await wanted(trx);
			const namesake = await store.divisionNamed(trx, division.name);
			if (namesake && namesake.id !== division.id) throw alreadyExists("division", "name", division.name);
			const refusal = (twin: string) => alreadyExists("division", "name", twin);
			await divisionNames.refuseTwin(trx, { ...division, before }, refusal);
			await store.saveDivision(trx, division);
			await events.append(trx, [divisionChanged(division, actor)]);
			return division;
		});
		remembered.forget();
		return saved;
	}

	function create(request: DivisionRequest, actor?: Actor): Promise<Division> {
		const division = { id: randomUUID(), home: false, version: 1, ...readRequest(request) };
		return save(async () => ({ division, before: undefined }), actor);
	}

	/** Of two who have read the same, the second one is told; see {@link Seen}. */
	function update(id: string, request: DivisionRequest, { actor, version }: Seen = {}): Promise<Division> {
		return save(async (trx) => {
			const before = await locked(trx, id, version);
			const division = { ...before, ...readRequest(request, before.name), version: before.version + 1 };
			return { division, before: before.name };
		}, actor);
	}

	async function locked(trx: Trx, id: string, version: number | undefined): Promise<Division> {
		const division = await store.lockDivision(trx, id);
		if (!division) throw notFound("division", id);
		if (version !== undefined && version !== division.version)
			throw versionConflict("division", id, version, division.version);
		return division;
	}

	/** How many objects of each type are in each of the divisions. */
	async function objectCounts(
		ids: readonly string[],
		db: Db = database.db,
	): Promise<Map<string, Record<string, number>>> {
		const counted = await Promise.all(
			[...counters].map(async ([type, count]) => [type, await count(ids, db)] as const),
		);
		const of = (id: string) => Object.fromEntries(counted.map(([type, found]) => [type, found.get(id) ?? 0]));
		return new Map(ids.map((id) => [id, of(id)]));
	}

	/** Counted with the division held: what came into it at the same moment is there. */
	async function requireEmpty(trx: Trx, id: string): Promise<void> {
		const counts = (await objectCounts([id], trx)).get(id) ?? {};
		const held = Object.entries(counts).filter(([, count]) => count > 0);
		if (held.length === 0) return;
		const what = held.map(([type, count]) => `${count} ${type}`).join(", ");
		throw refused(`The division still holds ${what}. Move them to another division first.`, id, "division.not.empty");
	}

	/**
	 * To be asked in the change that puts something into the division, which stands until that commits.
	 * @throws ApiError 400 `invalid.value` naming the field
	 */
	async function requireStanding(trx: Trx, sent: string | readonly string[], fieldName: string): Promise<void> {
		const ids = [sent].flat().filter((id) => id !== everyDivision);
		const standing = await referredDivisions.hold(trx, ids);
		const unknown = ids.find((id) => !standing.has(id));
		if (unknown !== undefined) throw badField(fieldName, `No division has the id ${unknown}.`);
	}

	/** The grants in it go with it. @param version the one that the caller has seen */
	async function remove(by: Giver, id: string, version?: number): Promise<void> {
		const division = await get(id);
		if (division.home) throw refused("The home division cannot be deleted.", id);
		await changeRights(by, async (trx) => {
			const judge = await judgeOf(trx, by);
			judge.holdsIn(["authorization:division:delete"], [id]);
			await judge.mayTakeRoles(["authorization:division:delete"], await store.grantsIn(trx, id));
			await locked(trx, id, version);
			await requireEmpty(trx, id);
			await store.deleteDivision(trx, id);
			await events.append(trx, [divisionDeleted(division, actorOfGiver(by))]);
		});
		remembered.forget();
		changed();
	}

	/** @throws ApiError 404 for an unknown division, and whatever the objects' own domain refuses */
	async function move(by: Principal, objectType: string, ids: readonly string[], divisionId: string): Promise<void> {
		const moveObjects = movers.of(objectType);
		await get(divisionId);
		await moveObjects(by, [...new Set(ids)].sort(), divisionId);
	}

	return {
		get,
		home,
		homeDivisionId,
		create,
		update,
		remove,
		objectCounts,
		requireStanding,
		list: () => remembered.get(),
		move,
		/** Domains whose objects can be moved register how; see {@link MoveObjects}. */
		addMover: movers.add,
		/** Domains whose objects carry a division register here, so that no division with objects is deleted. */
		addCounter: (objectType: string, count: CountInDivisions) => void counters.set(objectType, count),
	};
}

export type Divisions = ReturnType<typeof createDivisions>;

function readRequest({ name, description }: DivisionRequest, before?: string) {
	return { name: readName(name, { before }), description };
}

function refused(text: string, entityId: string, code = "bad.request"): ApiError {
	return new ApiError(400, code, text, { entityId, entityName: "division" });
}
