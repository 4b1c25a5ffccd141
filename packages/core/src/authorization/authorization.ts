import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { DivisionSet, GrantedPermission } from "../kernel/principal.ts";
import { updateDefaultRoles } from "./default-role-updates.ts";
import { createDivisions } from "./divisions.ts";
import { EffectiveGrants, type GroupsOfAll, toldIn } from "./effective-grants.ts";
import { grantChangingEvents } from "./events.ts";
import { createGrants } from "./grants.ts";
import { createHoldings } from "./holdings.ts";
import { type AnyActive, createJudges, type Foresee } from "./judge.ts";
import type { Role, SubjectType } from "./model.ts";
import { expandPermissions, permissionsOf } from "./policies.ts";
import { createRightsChanges } from "./rights-changes.ts";
import { createRoles } from "./roles.ts";
import { postgresAuthorizationStore } from "./store.ts";
import { ToldAuthorizations } from "./told-authorizations.ts";
import { type UserAuthorization, userAuthorizationOf } from "./views.ts";

/** Roles, divisions, grants, and what follows from them for a subject. */
export function createAuthorization(kernel: Kernel) {
	const store = postgresAuthorizationStore;
	const effective = new EffectiveGrants(kernel.database.db, store);
	const forget = () => {
		effective.forget();
		roles.forget();
	};
	let anyActive: AnyActive = async () => true;
	const changes = createRightsChanges(kernel.database);
	const { changeRights } = changes;
	const holdings = createHoldings(store, (...asked) => effective.groupsOfAll(...asked));
	const people = { holdings, anyActive: (...asked: Parameters<AnyActive>) => anyActive(...asked) };
	const { judge, judgement, hasAdministrator, lastAmong } = createJudges(store, people, changes);
	const foresee: Foresee = (by, work) => kernel.database.change(async (trx) => work(await judgement(trx, by), trx));
	const opening = { judge, changeRights, foresee };
	const roles = createRoles(kernel, store, opening, forget);
	const told = new ToldAuthorizations(
		() => roles.list(),
		() => effective.generation,
	);
	const divisions = createDivisions(kernel, store, opening, forget);
	const grants = createGrants(kernel, store, { divisions, ...opening }, forget);

	// Changes made by other processes arrive by the event log; our own have been forgotten at the commit already.
	const unsubscribe = kernel.feed.subscribe((event) => {
		if (grantChangingEvents.has(event.type)) forget();
	});

	/** A subject's permissions with their divisions, those of its groups included. */
	function grantsOf(subjectId: string): Promise<GrantedPermission[]> {
		return effective.of(subjectId);
	}

	/**
	 * What `users/me?expand=authorization` and `users/{id}/roles` tell (platform-api 4.1).
	 * @param where the divisions whose grants are told
	 */
	async function userAuthorization(userId: string, where: DivisionSet = "all"): Promise<UserAuthorization> {
		const found = (await userAuthorizations([userId], where)).get(userId);
		return found ?? userAuthorizationOf([]);
	}

	/** As `userAuthorization` for many; those who hold the same roles share one object. */
	async function userAuthorizations(
		userIds: readonly string[],
		where: DivisionSet = "all",
	): Promise<Map<string, UserAuthorization>> {
		const rows = await effective.rowsOf(userIds);
		const held = userIds.map((id) => new Set(toldIn(rows.get(id) ?? [], where).map((row) => row.roleId)));
		const made = await told.of(held);
		return new Map(userIds.flatMap((id, at) => (made[at] ? [[id, made[at]] as const] : [])));
	}

	return {
		roles,
		divisions,
		grants,
		grantsOf,
		userAuthorization,
		userAuthorizations,
		homeDivisionId: () => divisions.homeDivisionId(),
		/** Judges changes of rights; every domain whose operations can give or take some opens it. */
		judge,
		/** Whether somebody can sign in who may do everything everywhere. */
		hasAdministrator: () => kernel.database.change(hasAdministrator),
		/** The same as a transaction sees it, in which a judge is open. */
		isAdministered: (trx: Trx) => hasAdministrator(trx),
		/** Whether only this role in every division, held by this user or group, leaves somebody who may do everything. */
		hangsOn: async ({ subjectId, roleId }: { subjectId: string; roleId: string }) =>
			(await kernel.database.change((trx) => lastAmong(trx, [subjectId], roleId))) !== undefined,
		/** Of these, in this order put out of work or without the role: who is refused as the last who may do everything. */
		lastAmong: (subjectIds: readonly string[], roleId?: string) =>
			kernel.database.change((trx) => lastAmong(trx, subjectIds, roleId)),
		/** The transaction in which a judge is opened. */
		changeRights,
		foresee,
		/** Has every change of rights looked at, before it and after it. */
		watchRights: changes.watch,
		/** Compares what subjects hold. */
		holdings,
		/** A grant that the server itself gives: for seeding. */
		grant: (subjectId: string, roleId: string, divisionId: string, subjectType: SubjectType = "PC_USER") =>
			grants.grant("server", { subjectId, subjectType }, { roleId, divisionId }),
		/** Creates the role or brings one of that name to these permissions. */
		seedRole: (
			wanted: { name: string; description: string; permissions: readonly string[] },
			trx?: Trx,
		): Promise<Role> => roles.seed(wanted, trx),
		/** One of the product's own roles: admin, employee, agent, supervisor. */
		async defaultRole(defaultRoleId: string): Promise<Role> {
			const found = (await roles.list()).find((role) => role.defaultRoleId === defaultRoleId);
			if (!found) throw new Error(`The default role ${defaultRoleId} is missing from the database.`);
			return found;
		},
		/** Every plain permission string that the roles' policies cover. */
		permissionStrings: (held: readonly Role[]) =>
			expandPermissions(held.flatMap((role) => permissionsOf(role.policies))),
		/** Grows whenever anybody's permissions may have changed. */
		generation: () => effective.generation,
		/** Drops effective permissions from memory, after a change to what they follow from (group membership). */
		forget,
		/** The users domain tells who is active. */
		useActivity(tells: AnyActive) {
			anyActive = tells;
		},
		/** The users domain tells which groups a user is in. */
		useGroups(groupsOfAll: GroupsOfAll) {
			effective.groupsOfAll = groupsOfAll;
		},
		/** Brings the product's own roles to this version; see {@link updateDefaultRoles}. */
		async updateDefaultRoles(): Promise<string[]> {
			const left = await updateDefaultRoles({ database: kernel.database, events: kernel.events, store, judge });
			forget();
			return left;
		},
		effectiveRows: (subjectId: string) => effective.rows(subjectId),
		stop: unsubscribe,
	};
}

export type Authorization = ReturnType<typeof createAuthorization>;
