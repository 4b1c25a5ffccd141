import { randomUUID } from "node:crypto";
import type { Authorization } from "../authorization/authorization.ts";
import { actorOfGiver, type Giver, type Judge } from "../authorization/judge.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import { RememberedById } from "../kernel/database/remembered-by-id.ts";
import { RememberedTotals } from "../kernel/database/remembered-totals.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor, LoggedEvent } from "../kernel/events/event-log.ts";
import {
	ApiError,
	alreadyExists,
	badField,
	notFound,
	notSupported,
	refusalOf,
	versionConflict,
} from "../kernel/http/api-error.ts";
import type { PageRequest } from "../kernel/http/paging.ts";
import { readName } from "../kernel/names.ts";
import { readContacts } from "./contacts.ts";
import { groupChanged, groupDeleted, groupMembersChanged } from "./events.ts";
import { type Group, type GroupFilter, groupNames, postgresGroupStore, referredGroups } from "./group-store.ts";

/** What a group is created from. */
export type NewGroup = Pick<Group, "name" | "type" | "visibility" | "rulesVisible"> &
	Partial<Omit<Group, "id" | "version" | "dateModified" | "state">> & { memberIds?: string[] };

/** Takes a group out of what names it. */
export type ReleaseGroup = (trx: Trx, groupId: string, options: ReleaseOptions) => Promise<void>;

export interface ReleaseOptions {
	actor?: Actor;
	/** What was for this group alone is for everybody then; without it, it keeps the group from being deleted. */
	opens?: boolean;
}

const editing = ["directory:group:edit"];
const deleting = ["directory:group:delete"];
/** A group's owner takes in their own division, and whom they may see elsewhere; the organization's administrators anybody. */
const enlisting = ["directory:group:edit", "directory:user:view"];

/**
 * Rules of groups: unique names, members that exist, changes on the version that was seen. A group can hold roles: who
 * joins it gets all that it holds, and who leaves it loses that, so both are judged as giving and taking.
 */
export function createGroups(
	kernel: Kernel,
	deps: { authorization: Authorization; country(): Promise<string>; changed(): void },
) {
	const { database, events, clock } = kernel;
	const store = postgresGroupStore;

	/** What names groups, and lets go of one in the change that deletes it. */
	const releases: ReleaseGroup[] = [];
	const isAboutGroups = (event: LoggedEvent) => event.type.startsWith("group.") || event.type === "user.deleted";
	const totals = new RememberedTotals(kernel.feed, isAboutGroups);
	const memberCounts = new RememberedById(
		(ids) => store.memberCounts(database.db, ids),
		kernel.feed,
		(event) => (event.entityType === "group" ? event.entityId : undefined),
	);
	// Whoever is deleted leaves all of their groups.
	kernel.feed.subscribe((event) => {
		if (event.type === "user.deleted") memberCounts.forgetAll();
	});

	async function get(id: string): Promise<Group> {
		const group = await store.get(database.db, id);
		if (!group) throw notFound("group", id);
		return group;
	}

	/** A new group holds nothing, so being its member gives nothing yet; granting it a role is judged. */
	async function create(by: Giver, wanted: NewGroup): Promise<Group> {
		const { memberIds = [], ...rest } = wanted;
		const addresses = readContacts(rest.addresses ?? [], await deps.country());
		const group: Group = readGroup({
			description: null,
			rolesEnabled: true,
			includeOwners: false,
			callsEnabled: false,
			email: null,
			images: [],
			ownerIds: [],
			...rest,
			addresses,
			id: randomUUID(),
			state: "active",
			version: 1,
			dateModified: clock.now(),
		});
		const actor = actorOfGiver(by);
		await change(by, group.id, async (trx) => {
			// Of two who take a name at once, the second one meets the first.
			const judge = await deps.authorization.judge(trx, by);
			await refuseTakenName(trx, group);
			await refuseUnknownUsers(trx, group.ownerIds, "ownerIds");
			await refuseUnknownUsers(trx, memberIds, "memberIds");
			judge.holdsIn(enlisting, await foreignDivisions(trx, memberIds, by));
			await store.insert(trx, group);
			await store.addMembers(trx, group.id, memberIds);
			await events.append(trx, [groupChanged(group.id, group.name, actor)]);
			if (memberIds.length > 0) {
				await events.append(trx, [groupMembersChanged(group.id, { added: memberIds, removed: [] }, actor)]);
			}
		});
		return group;
	}

	async function update(by: Giver, id: string, changes: Partial<Group>, version: number): Promise<Group> {
		const home = await deps.country();
		return change(by, id, async (trx) => {
			const judge = await deps.authorization.judge(trx, by);
			const before = await lock(trx, id);
			refuseStale(before, version);
			const addresses = readContacts(changes.addresses ?? before.addresses, home, before.addresses);
			const changed = { ...before, ...changes, addresses, id, version: version + 1, dateModified: clock.now() };
			const after = readGroup(changed, before.name);
			await refuseTakenName(trx, after, before.name);
			await refuseUnknownUsers(trx, after.ownerIds, "ownerIds");
			await judgeOwners(judge, before, after);
			if (before.rolesEnabled && !after.rolesEnabled) await refuseHeldRoles(trx, after);
			await store.update(trx, after);
			await judge.keepsAdministrator();
			const [were, are] = [ownersAsMembers(before), ownersAsMembers(after)];
			const moved = {
				added: are.filter((one) => !were.includes(one)),
				removed: were.filter((one) => !are.includes(one)),
			};
			const actor = actorOfGiver(by);
			const isMoved = moved.added.length + moved.removed.length > 0;
			await events.append(trx, [
				groupChanged(id, after.name, actor),
				...(isMoved ? [groupMembersChanged(id, moved, actor)] : []),
			]);
			return after;
		});
	}

	/** Owners say who belongs to the group, and are members where it says so: making one gives all that the group holds. */
	async function judgeOwners(judge: Judge, before: Group, after: Group): Promise<void> {
		const [were, are] = [ownersAsMembers(before), ownersAsMembers(after)];
		const isNew = (id: string) => !before.ownerIds.includes(id);
		if (after.ownerIds.some(isNew) || are.some((id) => !were.includes(id))) await judge.mayHandOver(after.id);
		if (were.some((id) => !are.includes(id))) await judge.mayTakeFrom(editing, after.id);
	}

	async function remove(
		by: Giver,
		id: string,
		version?: number,
		options: Pick<ReleaseOptions, "opens"> = {},
	): Promise<void> {
		await change(by, id, async (trx) => {
			const judge = await deps.authorization.judge(trx, by);
			const group = await lock(trx, id);
			refuseStale(group, version);
			await judge.mayTakeFrom(deleting, id);
			const actor = actorOfGiver(by);
			for (const release of releases) await release(trx, id, { ...options, ...(actor ? { actor } : {}) });
			await deps.authorization.grants.removeAll(trx, id);
			await store.delete(trx, id);
			await judge.keepsAdministrator();
			await events.append(trx, [groupDeleted(id, group.name, actorOfGiver(by))]);
		});
	}

	/** @param version the one that the caller has seen, if it says so */
	/** @returns those who were no members before */
	function addMembers(by: Giver, id: string, userIds: readonly string[], version?: number): Promise<string[]> {
		return change(by, id, async (trx) => {
			const judge = await deps.authorization.judge(trx, by);
			const group = await lock(trx, id);
			refuseStale(group, version);
			await refuseUnknownUsers(trx, userIds, "memberIds");
			judge.holdsIn(enlisting, await foreignDivisions(trx, userIds, by));
			const added = await joinIn(trx, group, userIds, by);
			if (added.length > 0) await judge.mayHandOver(id);
			return added;
		});
	}

	/**
	 * What {@link addMembers} would refuse, of these divisions or as they would get what the group holds; nothing is changed.
	 * @returns by division, and of whoever is no member yet
	 */
	async function foreseeJoining(by: Giver, id: string, divisionIds: readonly string[]) {
		return deps.authorization.foresee(by, async (judge, trx) => {
			const own = by !== "server" && by.userId ? await store.divisionsOfUsers(trx, [by.userId]) : [];
			const foreign = divisionIds.filter((one) => !own.includes(one));
			const refused = await Promise.all(
				foreign.map(async (one) => [one, await refusalOf(async () => judge.holdsIn(enlisting, [one]))] as const),
			);
			return { divisions: new Map(refused), joining: await refusalOf(() => judge.mayHandOver(id)) };
		});
	}

	/** What {@link removeMembers} would refuse whoever left. @throws ApiError 403 `missing.division.permission` */
	function mayRemove(by: Giver, id: string): Promise<void> {
		return deps.authorization.foresee(by, (judge) => judge.mayTakeFrom(editing, id));
	}

	/** Writes that users, who exist, are members. @returns those who were not before */
	async function joinIn(trx: Trx, group: Group, userIds: readonly string[], by: Giver): Promise<string[]> {
		const added = await store.addMembers(trx, group.id, userIds);
		await touched(trx, group, { added, removed: [] }, actorOfGiver(by));
		return added;
	}

	/** Likewise, that somebody is no member any more. @returns whether they were one */
	async function leaveIn(trx: Trx, group: Group, userId: string, by: Giver): Promise<boolean> {
		const removed = await store.removeMembers(trx, group.id, [userId]);
		await touched(trx, group, { added: [], removed }, actorOfGiver(by));
		return removed.length > 0;
	}

	/** The users' divisions but for the giver's own. */
	async function foreignDivisions(trx: Trx, userIds: readonly string[], by: Giver): Promise<string[]> {
		const own = by !== "server" && by.userId ? await store.divisionsOfUsers(trx, [by.userId]) : [];
		return (await store.divisionsOfUsers(trx, userIds)).filter((id) => !own.includes(id));
	}

	/** @returns those who were members */
	function removeMembers(by: Giver, id: string, userIds: readonly string[], version?: number): Promise<string[]> {
		return change(by, id, async (trx) => {
			const judge = await deps.authorization.judge(trx, by);
			const group = await lock(trx, id);
			refuseStale(group, version);
			await judge.mayTakeFrom(editing, id);
			const removed = await store.removeMembers(trx, id, userIds);
			await judge.keepsAdministrator();
			await touched(trx, group, { added: [], removed }, actorOfGiver(by));
			return removed;
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
	async function change<T>(by: Giver, id: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		const result = await deps.authorization.changeRights(by, work);
		changed([id]);
		return result;
	}

	/** After the commit of a change of these groups. */
	function changed(ids: readonly string[]): void {
		for (const id of ids) memberCounts.forget(id);
		totals.forget();
		deps.changed();
		deps.authorization.forget();
	}

	/** A group that holds roles gives them: that it does not have to be said by taking them away. */
	async function refuseHeldRoles(trx: Trx, { id }: Group): Promise<void> {
		if ((await deps.authorization.grants.own(id, trx)).length === 0) return;
		throw badField("rolesEnabled", "The group holds roles: take them away before rolesEnabled is switched off.");
	}

	async function refuseTakenName(trx: Trx, { id, name }: Group, before?: string): Promise<void> {
		const namesake = await store.named(trx, name);
		if (namesake && namesake.id !== id) throw alreadyExists("group", "name", name);
		await groupNames.refuseTwin(trx, { id, name, before }, (twin) => alreadyExists("group", "name", twin));
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
		foreseeJoining,
		mayRemove,
		/** Lets people in within somebody else's change, which has judged it; see {@link changed}. */
		joinIn,
		leaveIn,
		lock,
		changed,
		/** @throws ApiError 409 `group.without.roles` where the group says that it holds none */
		async mayHoldRoles(trx: Trx, id: string): Promise<void> {
			const group = await store.get(trx, id);
			if (group && !group.rolesEnabled) throw withoutRoles(group);
		},
		/** Domains whose objects name groups register here. */
		onRemove: (release: ReleaseGroup) => void releases.push(release),
		find: (id: string, db: Db = database.db) => store.get(db, id),
		/** Those of the groups that stand, held until the transaction ends. */
		hold: referredGroups.hold,
		named: (name: string) => store.named(database.db, name),
		/** Those of the names that groups have, whatever their capitals. */
		allNamed: (names: readonly string[]) => store.allNamed(database.db, names),
		/** Those of the ids that are groups. */
		findAll: (ids: readonly string[], db: Db = database.db) => store.find(db, ids),
		/** The groups that a user is a member of; owners count where the group says so. */
		groupsOf: async (userId: string, db: Db = database.db) => (await store.groupsOf(db, [userId])).get(userId) ?? [],
		/** As `groupsOf` for many; nothing of users who are in no group. */
		groupsOfAll: (userIds: readonly string[], db: Db = database.db) => store.groupsOf(db, userIds),
		/** Ids of a group's members, owners included where the group says so. */
		memberIds: (id: string) => store.memberIds(database.db, id),
		/** As above, in a change; undefined where the id is no group's. */
		membersIn: async (trx: Trx, id: string): Promise<string[] | undefined> =>
			(await store.get(trx, id)) && store.memberIds(trx, id),
		memberCounts: (ids: readonly string[]) => memberCounts.all(ids),
		async list(filter: GroupFilter, page: PageRequest): Promise<{ groups: Group[]; total: number }> {
			const { descending: _order, ...which } = filter;
			const [found, total] = await Promise.all([
				store.page(database.db, filter, page),
				totals.of(which, () => store.count(database.db, which)),
			]);
			return { groups: found, total };
		},
		/** Whether one of these users, or of the members of these groups, is active. */
		anyActive: store.anyActive,
		/** In the transaction that deletes the user. */
		removeFromAll: (trx: Trx, userId: string) => store.removeUser(trx, userId),
	};
}

export type Groups = ReturnType<typeof createGroups>;

function readGroup(group: Group, before?: string): Group {
	if (group.callsEnabled) throw notSupported(["callsEnabled"]);
	return { ...group, name: readName(group.name, { before }) };
}

function withoutRoles({ id, name }: Group): ApiError {
	const text = "The group {name} holds no roles: switch its rolesEnabled on first.";
	return new ApiError(409, "group.without.roles", text, { params: { name }, entityId: id, entityName: "group" });
}

function ownersAsMembers(group: Group): string[] {
	return group.includeOwners ? group.ownerIds : [];
}

function refuseStale(group: Group, version: number | undefined): void {
	if (version !== undefined && version !== group.version)
		throw versionConflict("group", group.id, version, group.version);
}
