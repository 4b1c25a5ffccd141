import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { isUniqueViolation } from "../routing/unique.ts";
import type { EndingUsers } from "../users/endings.ts";
import type { User, UserLocation } from "../users/model.ts";
import { locationChanged } from "./events.ts";
import type { Location, LocationWish } from "./model.ts";
import { locationStore } from "./store.ts";

export interface LocationDeps {
	users: Pick<EndingUsers, "whichActive" | "onEnded"> & {
		find(userIds: readonly string[], trx?: Trx): Promise<ReadonlyArray<Pick<User, "id" | "state" | "locations">>>;
		/** Nobody works any more at a place that is being deleted. @returns what is to be done after the commit */
		leaveLocation(trx: Trx, locationId: string, actor: Actor): Promise<() => void>;
	};
}

/** Places of the organization and the places in them (`LocationsApi` of the platform). */
export function createLocations({ database, events }: Kernel, { users }: LocationDeps) {
	const store = locationStore(database.db);

	async function keep(trx: Trx, location: Location, before: Location | undefined, actor: Actor): Promise<Location> {
		const { id, name, contactUserId, path } = location;
		const taken = (twin: string) => alreadyExists("location", "name", twin);
		await store.names.refuseTwin(trx, { id, name, before: before?.name }, taken);
		const isNamed = contactUserId !== undefined && contactUserId !== before?.contactUserId;
		if (isNamed && !(await users.whichActive(trx, [contactUserId])).has(contactUserId))
			throw badField("contactUser", `No user with id ${contactUserId}.`);
		await requirePath(trx, id, path);
		await store.save(trx, location);
		await events.append(trx, [locationChanged(location, before ? "updated" : "created", actor)]);
		return location;
	}

	/** The path of the place that it is in, and that place: what is inside of something is inside of what that is inside of. */
	async function requirePath(trx: Trx, id: string, path: readonly string[]): Promise<void> {
		const parentId = path.at(-1);
		if (parentId === undefined) return;
		if (path.includes(id)) throw badField("path", "A location is not inside of itself.");
		const parent = await store.find(parentId, trx);
		if (!parent) throw badField("path", `No location with id ${parentId}.`);
		if (path.slice(0, -1).join() !== parent.path.join())
			throw badField("path", "path must be the path of the location that it is in, and that location's id.");
	}

	async function lock(trx: Trx, id: string, seen?: number): Promise<Location> {
		const found = await store.lock(trx, id);
		if (!found) throw notFound("location", id);
		if (seen !== undefined && seen !== found.version) throw versionConflict("location", id, seen, found.version);
		return found;
	}

	function saving<T>(name: string | undefined, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database.change(work).catch((error: unknown) => {
			throw isUniqueViolation(error, "locations_name") ? alreadyExists("location", "name", name ?? "") : error;
		});
	}

	/** What is inside goes along. */
	async function moveInside(trx: Trx, { id, path }: Location, before: Location, actor: Actor): Promise<void> {
		if (path.join() === before.path.join()) return;
		for (const one of await store.all(trx)) {
			const at = one.path.indexOf(id);
			if (at < 0) continue;
			const moved = { ...one, path: [...path, ...one.path.slice(at)], version: one.version + 1 };
			await store.save(trx, moved);
			await events.append(trx, [locationChanged(moved, "updated", actor)]);
		}
	}

	/** Nobody is asked about a place who has gone; who is deactivated may come back. */
	users.onEnded(async (trx, userId, actor) => {
		const [user] = await users.find([userId], trx);
		if (user?.state !== "deleted") return () => {};
		for (const { contactUserId: _gone, ...location } of await store.lockOfContact(trx, userId)) {
			const kept = { ...location, version: location.version + 1 };
			await store.save(trx, kept);
			await events.append(trx, [locationChanged(kept, "updated", actor)]);
		}
		return () => {};
	});

	return {
		all: () => store.all(),
		async require(id: string): Promise<Location> {
			const found = await store.find(id);
			if (!found) throw notFound("location", id);
			return found;
		},
		create: (wish: LocationWish, actor: Actor) =>
			saving(wish.name, async (trx) => {
				const id = randomUUID();
				await store.lock(trx, id);
				return keep(trx, { ...wish, id, version: 1 }, undefined, actor);
			}),
		/** @param wish what is left away stays */
		change: (id: string, wish: Partial<LocationWish>, seen: number, actor: Actor) =>
			saving(wish.name, async (trx) => {
				const before = await lock(trx, id, seen);
				const path = wish.path ?? before.path;
				for (const above of path)
					if ((await store.find(above, trx))?.path.includes(id))
						throw badField("path", "A location is not inside of itself.");
				const kept = await keep(trx, { ...before, ...wish, version: before.version + 1 }, before, actor);
				await moveInside(trx, kept, before, actor);
				return kept;
			}),
		/** Where people work, with what the places are; by the people's ids. */
		async ofUsers(userIds: readonly string[]): Promise<Map<string, Array<UserLocation & { location: Location }>>> {
			const [people, all] = await Promise.all([users.find(userIds), store.all()]);
			const known = new Map(all.map((one) => [one.id, one]));
			const placed = (one: UserLocation) => {
				const location = known.get(one.id);
				return location ? [{ ...one, location }] : [];
			};
			return new Map(people.map(({ id, locations }) => [id, locations.flatMap(placed)]));
		},
		async remove(id: string, actor: Actor): Promise<void> {
			const forget = await database.change(async (trx) => {
				const found = await lock(trx, id);
				if (await store.hasInside(trx, id))
					throw new ApiError(
						409,
						"location.not.empty",
						"There are locations inside of it: delete or move these first.",
					);
				const left = await users.leaveLocation(trx, id, actor);
				await store.delete(trx, id);
				await events.append(trx, [locationChanged(found, "deleted", actor)]);
				return left;
			});
			forget();
		},
	};
}

export type Locations = ReturnType<typeof createLocations>;
