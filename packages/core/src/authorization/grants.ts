import type { Db, Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import { badField, notFound } from "../kernel/http/api-error.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import type { Divisions } from "./divisions.ts";
import { grantAdded, grantRemoved } from "./events.ts";
import { actorOfGiver, type Giver, type Judge, type Opening, type Refusal } from "./judge.ts";
import { addedRoles, isSameGrant } from "./may-give.ts";
import { everyDivision, type Grant, type RoleInDivision, type SubjectType } from "./model.ts";
import type { AuthorizationStore } from "./store.ts";

/** Someone who can hold grants. */
export interface Subject {
	id: string;
	name: string;
}

/** Finds subjects of one type; the domain that owns them registers it. */
export type SubjectFinder = (id: string, db?: Db) => Promise<Subject | undefined>;

/** Refuses a subject that may hold no roles at all, in the transaction that gives it one. */
export type MayHold = (trx: Trx, id: string) => Promise<void>;

/** The users who have what a subject of many is granted; undefined where it is none. */
export type MembersOf = (trx: Trx, id: string) => Promise<readonly string[] | undefined>;

/** What is particular to subjects of one type. */
export interface SubjectRules {
	mayHold?: MayHold;
	membersOf?: MembersOf;
}

/** Who gets a grant. */
export interface Receiver {
	subjectId: string;
	subjectType: SubjectType;
}

/** What a change of a subject's grants is judged by. */
export interface ReplaceRule {
	by: Giver;
	judge: Judge;
	/** Any one of them lets its holder take grants away in a division. */
	taking: readonly string[];
	refusal?: Refusal;
}

/** Each is an event of its own, and the rights of whoever gets one are read anew. */
export const mostGrantsAtOnce = 10_000;

const granting = ["authorization:grant:add"];
const revoking = ["authorization:grant:delete"];

/**
 * Rules of grants: role, division and subject exist; the same grant twice is one; nobody gives what they do not hold, or
 * takes away where they may not.
 */
export function createGrants(
	kernel: Kernel,
	store: AuthorizationStore,
	parts: { divisions: Divisions } & Opening,
	changed: () => void,
) {
	const { database, events, clock } = kernel;
	const finders = new Map<SubjectType, SubjectFinder>();
	const holders = new Map<SubjectType, MayHold>();
	const members = new Map<SubjectType, MembersOf>();

	/** @param db the transaction in which the caller is; with a judge open in it, the subject stays until it ends */
	async function subject(id: string, type?: SubjectType, db?: Db): Promise<{ subject: Subject; type: SubjectType }> {
		for (const [known, find] of finders) {
			if (type && type !== known) continue;
			const found = await find(id, db);
			if (found) return { subject: found, type: known };
		}
		throw notFound("subject", id);
	}

	/** Whose rights a subject's grants are: a group has no panel, its members have. @param type where it is known */
	async function whose(trx: Trx, subjectId: string, type?: SubjectType): Promise<readonly string[]> {
		for (const [known, membersOf] of members) {
			if (type && type !== known) continue;
			const found = await membersOf(trx, subjectId);
			if (found) return found;
		}
		return [subjectId];
	}

	/** @throws ApiError 404 for an unknown role or division */
	async function check(wanted: RoleInDivision, db: Db = database.db): Promise<void> {
		if (!(await store.role(db, wanted.roleId))) throw notFound("role", wanted.roleId);
		if (wanted.divisionId === everyDivision) return;
		if (!(await store.division(db, wanted.divisionId))) throw notFound("division", wanted.divisionId);
	}

	/**
	 * Adds a grant; the server itself knows its subjects to exist.
	 * @throws ApiError 403 `missing.division.permission`, 404 for an unknown role, division or subject
	 */
	async function grant(by: Giver, receiver: Receiver, role: RoleInDivision, trx?: Trx): Promise<void> {
		await grantAll(by, [receiver], [role], trx);
	}

	/** As {@link grant}, each of the roles to each of the receivers: all of it, or nothing. @returns who had not all of it before */
	async function grantAll(
		by: Giver,
		receivers: readonly Receiver[],
		roles: readonly RoleInDivision[],
		trx?: Trx,
	): Promise<string[]> {
		const work = async (inside: Trx) => {
			const judge = await parts.judge(inside, by);
			if (by !== "server") for (const one of receivers) await subject(one.subjectId, one.subjectType, inside);
			const divisionIds = [...new Set(roles.map((role) => role.divisionId))];
			judge.holdsIn(granting, divisionIds);
			for (const role of roles) await check(role, inside);
			for (const one of receivers) await holders.get(one.subjectType)?.(inside, one.subjectId);
			await judge.mayGiveRoles(roles);
			return addIn(inside, receivers, roles, by);
		};
		const added = await (trx ? work(trx) : parts.changeRights(by, work));
		changed();
		return added;
	}

	/**
	 * Writes what has been judged; the same grant twice is one. At most {@link mostGrantsAtOnce} of them are told together.
	 * @returns who has any of it from now on
	 */
	async function addIn(
		trx: Trx,
		receivers: readonly Receiver[],
		roles: readonly RoleInDivision[],
		by: Giver,
	): Promise<string[]> {
		const grantedAt = clock.now();
		const wanted = receivers.flatMap(({ subjectId, subjectType }) =>
			roles.map((role): Grant => ({ ...toRoleInDivision(role), subjectId, subjectType, grantedAt })),
		);
		const told: NewEvent[] = [];
		const bySubject = Map.groupBy(await store.addGrants(trx, wanted), (one) => one.subjectId);
		for (const [subjectId, added] of bySubject) {
			const concerned = await whose(trx, subjectId, added[0]?.subjectType);
			told.push(...added.map((one) => grantAdded(one, concerned, actorOfGiver(by))));
		}
		if (told.length > 0) await events.append(trx, told);
		return [...bySubject.keys()];
	}

	/**
	 * Takes a role from users, in whatever division they hold it themselves: from all of them, or from nobody.
	 * @returns the users who held it
	 * @throws ApiError 403 `missing.division.permission`, 409 `last.administrator`, 404 for an unknown role
	 */
	async function revokeAll(by: Giver, roleId: string, userIds: readonly string[]): Promise<string[]> {
		const taken = await parts.changeRights(by, async (trx) => {
			const judge = await parts.judge(trx, by);
			if (!(await store.role(trx, roleId))) throw notFound("role", roleId);
			const held = (await store.grantsOf(trx, userIds)).filter(
				(one) => one.roleId === roleId && one.subjectType === "PC_USER",
			);
			await judge.mayTakeRoles(revoking, held);
			for (const one of held) await store.removeGrant(trx, one);
			await judge.keepsAdministrator();
			const told = held.map((one) => grantRemoved(one, [one.subjectId], actorOfGiver(by)));
			if (told.length > 0) await events.append(trx, told);
			return held;
		});
		changed();
		return [...new Set(taken.map((one) => one.subjectId))];
	}

	/** What {@link grantAll} would refuse whoever got the role. @throws ApiError 403 `missing.division.permission`, 404 */
	async function mayGrant(by: Giver, role: RoleInDivision): Promise<void> {
		await check(role);
		await parts.foresee(by, async (judge) => {
			judge.holdsIn(granting, [role.divisionId]);
			await judge.mayGiveRoles([role]);
		});
	}

	/** Which users hold a role themselves, and where. */
	async function placesOf(roleId: string, userIds: readonly string[]): Promise<Map<string, string[]>> {
		const held = (await store.grantsOf(database.db, userIds)).filter(
			(one) => one.roleId === roleId && one.subjectType === "PC_USER",
		);
		const bySubject = Map.groupBy(held, (one) => one.subjectId);
		return new Map([...bySubject].map(([id, some]) => [id, some.map((one) => one.divisionId)]));
	}

	/** What {@link revokeAll} would refuse of a role in these divisions. @throws ApiError 403 `missing.division.permission` */
	function mayRevoke(by: Giver, roleId: string, divisionIds: readonly string[]): Promise<void> {
		return parts.foresee(by, (judge) =>
			judge.mayTakeRoles(
				revoking,
				divisionIds.map((divisionId) => ({ roleId, divisionId })),
			),
		);
	}

	/** @throws ApiError 403 `missing.division.permission`, 404 when there is no such grant */
	async function revoke(by: Giver, key: { subjectId: string } & RoleInDivision): Promise<void> {
		await parts.changeRights(by, async (trx) => {
			const judge = await parts.judge(trx, by);
			await judge.mayTakeRoles(revoking, [key]);
			if (!(await store.removeGrant(trx, key))) {
				throw notFound("grant", `${key.subjectId}/${key.divisionId}/${key.roleId}`);
			}
			await judge.keepsAdministrator();
			await events.append(trx, [grantRemoved(key, await whose(trx, key.subjectId), actorOfGiver(by))]);
		});
		changed();
	}

	/**
	 * Makes the subject's own grants exactly these: what is added is judged as given, what goes as taken away. The caller
	 * has checked that the roles and divisions exist.
	 */
	async function replace(
		trx: Trx,
		{ subjectId, subjectType }: Receiver,
		wanted: readonly RoleInDivision[],
		{ by, judge, taking, refusal }: ReplaceRule,
	): Promise<void> {
		const before = await store.grantsOf(trx, [subjectId]);
		const removed = before.filter((held) => !wanted.some((one) => isSameGrant(held, one)));
		await judge.mayGiveRoles(addedRoles(before, wanted), refusal);
		await judge.mayTakeRoles(taking, removed);
		const actor = actorOfGiver(by);
		const concerned = await whose(trx, subjectId);
		for (const one of removed) {
			await store.removeGrant(trx, one);
			await events.append(trx, [grantRemoved(one, concerned, actor)]);
		}
		const grantedAt = clock.now();
		const grants = wanted.map((one): Grant => ({ ...one, subjectId, subjectType, grantedAt }));
		const told = (await store.addGrants(trx, grants)).map((one) => grantAdded(one, concerned, actor));
		if (told.length > 0) await events.append(trx, told);
		await judge.keepsAdministrator();
	}

	/**
	 * `PUT /users/{id}/roles`: the roles a user holds; new ones hold in the home division, kept ones stay as they are. The
	 * one permission that the platform asks for gives and takes here.
	 */
	async function setRoles(by: Giver, userId: string, roleIds: readonly string[]): Promise<void> {
		const home = await parts.divisions.homeDivisionId();
		await parts.changeRights(by, async (trx) => {
			const judge = await parts.judge(trx, by);
			if (by !== "server") await subject(userId, "PC_USER", trx);
			const known = new Set((await store.roles(trx)).map((role) => role.id));
			const unknown = roleIds.find((id) => !known.has(id));
			if (unknown !== undefined) throw badField("body", `No role with id ${unknown}.`);
			const kept = (await store.grantsOf(trx, [userId])).filter((held) => roleIds.includes(held.roleId));
			const added = roleIds.filter((id) => !kept.some((held) => held.roleId === id));
			if (added.length > 0) judge.holdsIn(granting, [home]);
			const wanted = [...kept, ...added.map((roleId) => ({ roleId, divisionId: home }))].map(toRoleInDivision);
			await replace(trx, { subjectId: userId, subjectType: "PC_USER" }, wanted, { by, judge, taking: granting });
		});
		changed();
	}

	return {
		grant,
		grantAll,
		addIn,
		revoke,
		revokeAll,
		mayGrant,
		mayRevoke,
		placesOf,
		replace,
		setRoles,
		subject,
		check,
		own: (subjectId: string, db: Db = database.db) => store.grantsOf(db, [subjectId]),
		/** One page of those who hold a role themselves in these divisions. */
		holdersOf: (roleId: string, where: DivisionSet, slice: { limit: number; offset: number }) =>
			store.holdersOf(database.db, { roleId, divisions: where }, slice),
		/** One page of those who hold a role in just this division. */
		holdersIn: (divisionId: string, slice: { limit: number; offset: number }) =>
			store.holdersIn(database.db, divisionId, slice),
		/** In the transaction that deletes the subject. */
		removeAll: (trx: Trx, subjectId: string) => store.removeGrantsOf(trx, subjectId),
		addSubjects(type: SubjectType, find: SubjectFinder, { mayHold, membersOf }: SubjectRules = {}) {
			finders.set(type, find);
			if (mayHold) holders.set(type, mayHold);
			if (membersOf) members.set(type, membersOf);
		},
	};
}

function toRoleInDivision({ roleId, divisionId }: RoleInDivision): RoleInDivision {
	return { roleId, divisionId };
}
