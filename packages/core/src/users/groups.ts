import { randomUUID } from "node:crypto";
import type { Authorization } from "../authorization/authorization.ts";
import { alreadyExists, badField, notFound, versionConflict } from "../kernel/api-error.ts";
import type { Trx } from "../kernel/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import type { PageRequest } from "../kernel/paging.ts";
import { groupChanged, groupDeleted, groupMembersChanged } from "./events.ts";
import { type Group, type GroupFilter, postgresGroupStore } from "./group-store.ts";

/** What a group is created from. */
export type NewGroup = Pick<Group, "name" | "type" | "visibility" | "rulesVisible"> &
	Partial<Omit<Group, "id" | "version" | "dateModified" | "state">> & { memberIds?: string[] };

/** Rules of groups: unique names, members that exist, changes on the version that was seen. */
export function createGroups(kernel: Kernel, deps: { authorization: Authorization }) {
	const { database, events, clock } = kernel;
	const store = postgresGroupStore;

	async function get(id: string): Promise<Group> {
		const group = await store.get(database.db, id);
		if (!group) throw notFound("group", id);
		return group;
	}

	async function create(wanted: NewGroup, actor?: Actor): Promise<Group> {
		const { memberIds = [], ...rest } = wanted;
		const group: Group = readGroup({
			description: null,
			rolesEnabled: false,
			includeOwners: false,
			callsEnabled: false,
			email: null,
			addresses: [],
			images: [],
			ownerIds: [],
			...rest,
			id: randomUUID(),
			state: "active",
			version: 1,
			dateModified: clock.now(),
		});
		await change(group.id, async (trx) => {
			await refuseTakenName(trx, group);
			await refuseUnknownUsers(trx, group.ownerIds, "ownerIds");
			await refuseUnknownUsers(trx, memberIds, "memberIds");
			await store.insert(trx, group);
			await store.addMembers(trx, group.id, memberIds);
			await events.append(trx, [groupChanged(group.id, group.name, actor)]);
			if (memberIds.length > 0) {
				await events.append(trx, [groupMembersChanged(group.id, { added: memberIds, removed: [] }, actor)]);
			}
		});
		return group;
	}

	async function update(id: string, changes: Partial<Group>, version: number, actor?: Actor): Promise<Group> {
		return change(id, async (trx) => {
			const before = await lock(trx, id);
			if (version !== before.version) throw versionConflict("group", id, version, before.version);
			const after = readGroup({ ...before, ...changes, id, version: version + 1, dateModified: clock.now() });
			await refuseTakenName(trx, after);
			await refuseUnknownUsers(trx, after.ownerIds, "ownerIds");
			await store.update(trx, after);
			await events.append(trx, [groupChanged(id, after.name, actor)]);
			return after;
		});
	}

	async function remove(id: string, actor?: Actor): Promise<void> {
		await change(id, async (trx) => {
			const group = await lock(trx, id);
			await deps.authorization.grants.removeAll(trx, id);
			await store.delete(trx, id);
			await events.append(trx, [groupDeleted(id, group.name, actor)]);
		});
	}

	/** @param version the one that the caller has seen, if it says so */
	async function addMembers(id: string, userIds: readonly string[], options: { version?: number; actor?: Actor } = {}) {
		await change(id, async (trx) => {
			const group = await lock(trx, id);
			const { version } = options;
			if (version !== undefined && version !== group.version)
				throw versionConflict("group", id, version, group.version);
			await refuseUnknownUsers(trx, userIds, "memberIds");
			const added = await store.addMembers(trx, id, userIds);
			await touched(trx, group, { added, removed: [] }, options.actor);
		});
	}

	async function removeMembers(id: string, userIds: readonly string[], actor?: Actor): Promise<void> {
		await change(id, async (trx) => {
			const group = await lock(trx, id);
			const removed = await store.removeMembers(trx, id, userIds);
			await touched(trx, group, { added: [], removed }, actor);
		});
	}

	async function touched(trx: Trx, group: Group, moved: { added: string[]; removed: string[] }, actor?: Actor) {
		if (moved.added.length + moved.removed.length === 0) return;
		await store.update(trx, { ...group, version: group.version + 1, dateModified: clock.now() });
		await events.append(trx, [groupMembersChanged(group.id, moved, actor)]);
	}

	async function lock(trx: Trx, id: string): Promise<Group> {
		const group = await store.lock(trx, id);
		if (!group) throw notFound("group", id);
		return group;
	}

	/** Groups can hold grants: after each change effective permissions are read anew. */
	async function change<T>(_id: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		const result = await database.change(work);
		deps.authorization.forget();
		return result;
	}

	async function refuseTakenName(trx: Trx, group: Group): Promise<void> {
		const namesake = await store.named(trx, group.name);
		if (namesake && namesake.id !== group.id) throw alreadyExists("group", "name", group.name);
	}

	async function refuseUnknownUsers(trx: Trx, ids: readonly string[], field: string): Promise<void> {
		const unknown = await store.unknownUsers(trx, ids);
		if (unknown.length > 0) throw badField(field, `No user with id ${unknown[0]}.`);
	}

	return {
		get,
		create,
		update,
		remove,
		addMembers,
		removeMembers,
		find: (id: string) => store.get(database.db, id),
		named: (name: string) => store.named(database.db, name),
		/** The groups that a user is a member of; owners count where the group says so. */
		groupsOf: (userId: string) => store.groupsOf(database.db, userId),
		/** Ids of a group's members, owners included where the group says so. */
		memberIds: (id: string) => store.memberIds(database.db, id),
		memberCounts: (ids: readonly string[]) => store.memberCounts(database.db, ids),
		list: (filter: GroupFilter, page: PageRequest) => store.page(database.db, filter, page),
		/** In the transaction that deletes the user. */
		removeFromAll: (trx: Trx, userId: string) => store.removeUser(trx, userId),
	};
}

export type Groups = ReturnType<typeof createGroups>;

function readGroup(group: Group): Group {
	const name = group.name.trim();
	if (name === "" || name.length > 200) throw badField("name", "name must have 1 to 200 characters.");
	return { ...group, name };
}
