import { badField, notFound } from "../kernel/api-error.ts";
import type { Db, Trx } from "../kernel/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import type { Divisions } from "./divisions.ts";
import { grantAdded, grantRemoved } from "./events.ts";
import { everyDivision, type Grant, type SubjectType } from "./model.ts";
import type { Roles } from "./roles.ts";
import type { AuthorizationStore } from "./store.ts";

/** Someone who can hold grants. */
export interface Subject {
	id: string;
	name: string;
}

/** Finds subjects of one type; the domain that owns them registers it. */
export type SubjectFinder = (id: string) => Promise<Subject | undefined>;

/** A role in a division. */
export interface RoleInDivision {
	roleId: string;
	/** A division's id or `*`. */
	divisionId: string;
}

/** Rules of grants: role, division and subject exist; the same grant twice is one. */
export function createGrants(
	kernel: Kernel,
	store: AuthorizationStore,
	parts: { roles: Roles; divisions: Divisions },
	changed: () => void,
) {
	const { database, events, clock } = kernel;
	const finders = new Map<SubjectType, SubjectFinder>();

	async function subject(id: string, type?: SubjectType): Promise<{ subject: Subject; type: SubjectType }> {
		for (const [known, find] of finders) {
			if (type && type !== known) continue;
			const found = await find(id);
			if (found) return { subject: found, type: known };
		}
		throw notFound("subject", id);
	}

	/** @throws ApiError 404 for an unknown role or division */
	async function check(wanted: RoleInDivision, db: Db = database.db): Promise<void> {
		if (!(await store.role(db, wanted.roleId))) throw notFound("role", wanted.roleId);
		if (wanted.divisionId === everyDivision) return;
		if (!(await store.division(db, wanted.divisionId))) throw notFound("division", wanted.divisionId);
	}

	/** Adds a grant to a subject that the caller knows to exist. */
	async function grant(
		subjectId: string,
		roleId: string,
		divisionId: string,
		subjectType: SubjectType = "PC_USER",
		options: { actor?: Actor; trx?: Trx } = {},
	): Promise<void> {
		await check({ roleId, divisionId }, options.trx);
		const wanted: Grant = { subjectId, subjectType, roleId, divisionId, grantedAt: clock.now() };
		const work = async (trx: Trx) => {
			if (await store.addGrant(trx, wanted)) await events.append(trx, [grantAdded(wanted, options.actor)]);
		};
		await (options.trx ? work(options.trx) : database.change(work));
		changed();
	}

	async function revoke(key: { subjectId: string } & RoleInDivision, actor?: Actor): Promise<void> {
		const removed = await database.change(async (trx) => {
			const found = await store.removeGrant(trx, key);
			if (found) await events.append(trx, [grantRemoved(key, actor)]);
			return found;
		});
		if (!removed) throw notFound("grant", `${key.subjectId}/${key.divisionId}/${key.roleId}`);
		changed();
	}

	/** Makes the subject's own grants exactly these. */
	async function replace(
		trx: Trx,
		subjectId: string,
		subjectType: SubjectType,
		wanted: readonly RoleInDivision[],
		actor?: Actor,
	): Promise<void> {
		const before = await store.grantsOf(trx, [subjectId]);
		const isWanted = (one: RoleInDivision) => wanted.some((other) => sameGrant(one, other));
		for (const one of before.filter((held) => !isWanted(held))) {
			await store.removeGrant(trx, one);
			await events.append(trx, [grantRemoved(one, actor)]);
		}
		for (const one of wanted) {
			const added: Grant = { ...one, subjectId, subjectType, grantedAt: clock.now() };
			if (await store.addGrant(trx, added)) await events.append(trx, [grantAdded(added, actor)]);
		}
	}

	/** `PUT /users/{id}/roles`: the roles a user holds; new ones hold in the home division, kept ones stay as they are. */
	async function setRoles(userId: string, roleIds: readonly string[], actor?: Actor): Promise<void> {
		const known = new Set((await parts.roles.list()).map((role) => role.id));
		const unknown = roleIds.find((id) => !known.has(id));
		if (unknown !== undefined) throw badField("body", `No role with id ${unknown}.`);
		const home = await parts.divisions.homeDivisionId();
		await database.change(async (trx) => {
			const kept = (await store.grantsOf(trx, [userId])).filter((held) => roleIds.includes(held.roleId));
			const added = roleIds.filter((id) => !kept.some((held) => held.roleId === id));
			const fresh = added.map((roleId) => ({ roleId, divisionId: home }));
			await replace(trx, userId, "PC_USER", [...kept, ...fresh].map(toRoleInDivision), actor);
		});
		changed();
	}

	return {
		grant,
		revoke,
		replace,
		setRoles,
		subject,
		check,
		own: (subjectId: string) => store.grantsOf(database.db, [subjectId]),
		/** In the transaction that deletes the subject. */
		removeAll: (trx: Trx, subjectId: string) => store.removeGrantsOf(trx, subjectId),
		addSubjects: (type: SubjectType, find: SubjectFinder) => void finders.set(type, find),
	};
}

function sameGrant(a: RoleInDivision, b: RoleInDivision): boolean {
	return a.roleId === b.roleId && a.divisionId === b.divisionId;
}

function toRoleInDivision({ roleId, divisionId }: RoleInDivision): RoleInDivision {
	return { roleId, divisionId };
}
