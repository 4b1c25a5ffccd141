import { randomUUID } from "node:crypto";
import { permissionMatches } from "@inlay/contract";
import type { Trx } from "../kernel/database/database.ts";
import { Remembered } from "../kernel/database/remembered.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, notFound, notSupported, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { grantChangingEvents, roleChanged, roleDeleted } from "./events.ts";
import { actorOfGiver, everything, type Giver, type Opening } from "./judge.ts";
import { inDivisions } from "./may-give.ts";
import { everyDivision, type Role } from "./model.ts";
import {
	joinPolicies,
	type PermissionPolicy,
	permissionsOf,
	policiesOf,
	readPolicies,
	refuseUnknown,
	type SentPolicy,
} from "./policies.ts";
import { type AuthorizationStore, roleNames } from "./store.ts";

/** The writable part of a role. `permissions` (flat strings) and `permissionPolicies` add up. */
export interface RoleRequest {
	name: string;
	description?: string;
	permissions?: string[];
	permissionPolicies?: SentPolicy[];
	defaultRoleId?: string;
}

/** Divisions in which something holds the role, or gives it to whoever comes. */
export type RoleHolders = (trx: Trx, roleId: string) => Promise<string[]>;

/**
 * Rules of roles: names are unique, roles of the product stay. A role belongs to everybody who holds it: whoever changes
 * or deletes it must be allowed to wherever somebody does, and adds to it only what they hold there themselves.
 */
export function createRoles(
	kernel: Kernel,
	store: AuthorizationStore,
	{ judge: judgeOf, changeRights }: Opening,
	changed: () => void,
) {
	const { database, events } = kernel;
	const elsewhere: RoleHolders[] = [];
	const all = new Remembered(() => store.roles(database.db), kernel.feed, [...grantChangingEvents]);
	const userCounts = new Remembered(() => store.userCounts(database.db), kernel.feed, [
		...grantChangingEvents,
		"user.deleted",
	]);

	async function get(id: string): Promise<Role> {
		const role = await store.role(database.db, id);
		if (!role) throw notFound("role", id);
		return role;
	}

	/** Nobody holds a new role, so making one gives nothing to anybody; granting it is judged. */
	async function create(by: Giver, request: RoleRequest): Promise<Role> {
		const role: Role = {
			id: randomUUID(),
			name: readName(request.name),
			description: request.description ?? "",
			defaultRoleId: null,
			base: false,
			policies: readRequestPolicies(request),
			version: 1,
		};
		if (by !== "server") refuseUnknown(request);
		await changeRights(by, async (trx) => {
			await judgeOf(trx, by);
			await saveIn(trx, role, undefined, actorOfGiver(by));
		});
		changed();
		return role;
	}

	/**
	 * What the request leaves out of the policies stays as it is.
	 * @param version the one that the caller has seen; a stale one is refused with 409
	 */
	async function update(by: Giver, id: string, request: RoleRequest, version?: number): Promise<Role> {
		const sendsPolicies = request.permissions !== undefined || request.permissionPolicies !== undefined;
		const changes = {
			...(request.description === undefined ? {} : { description: request.description }),
			...(sendsPolicies ? { policies: readRequestPolicies(request) } : {}),
		};
		const role = await changeRights(by, async (trx) => {
			const judge = await judgeOf(trx, by);
			const before = await existing(trx, id);
			refuseStale(before, version);
			if (by !== "server") refuseUnknown(request, permissionsOf(before.policies));
			const name = readName(request.name, { before: before.name });
			const after: Role = { ...before, ...changes, name, version: before.version + 1 };
			const holders = await divisionsOf(trx, id);
			judge.holdsIn(["authorization:role:edit"], holders);
			judge.mayGive(inDivisions(beyondRole(before, after), holders));
			judge.mayTake(inDivisions(beyondRole(after, before), holders));
			if (before.defaultRoleId === "admin" && changesPolicies(before, after)) judge.mayTake(whole);
			await saveIn(trx, after, before.name, actorOfGiver(by));
			await judge.keepsAdministrator();
			return after;
		});
		changed();
		return role;
	}

	/** Where somebody holds the role, or will as soon as they come. */
	async function divisionsOf(trx: Trx, id: string): Promise<string[]> {
		const found = [await store.divisionsOfRole(trx, id)];
		for (const holders of elsewhere) found.push(await holders(trx, id));
		return [...new Set(found.flat())];
	}

	async function existing(trx: Trx, id: string): Promise<Role> {
		const role = await store.role(trx, id);
		if (!role) throw notFound("role", id);
		return role;
	}

	/** Within a judgement: of two who take a name at once, the second one meets the first. */
	async function saveIn(trx: Trx, role: Role, before: string | undefined, actor?: Actor): Promise<void> {
		const namesake = await store.roleNamed(trx, role.name);
		if (namesake && namesake.id !== role.id) throw alreadyExists("role", "name", role.name);
		await roleNames.refuseTwin(trx, { ...role, before }, (twin) => alreadyExists("role", "name", twin));
		await store.saveRole(trx, role);
		await events.append(trx, [roleChanged(role, actor)]);
	}

	/** Takes the role from everybody who holds it. */
	async function remove(by: Giver, id: string, version?: number): Promise<void> {
		await changeRights(by, async (trx) => {
			const judge = await judgeOf(trx, by);
			const role = await existing(trx, id);
			if (role.defaultRoleId) throw staysWithProduct(role);
			refuseStale(role, version);
			const holders = await divisionsOf(trx, id);
			judge.holdsIn(["authorization:role:delete"], holders);
			judge.mayTake(inDivisions(permissionsOf(role.policies), holders));
			await store.deleteRole(trx, id);
			await judge.keepsAdministrator();
			await events.append(trx, [roleDeleted(role, actorOfGiver(by))]);
		});
		changed();
	}

	/** Creates the role, or brings one of that name to these permissions: for seeding, repeatable. */
	async function seed(
		wanted: { name: string; description: string; permissions: readonly string[] },
		trx?: Trx,
	): Promise<Role> {
		const work = async (inside: Trx) => {
			await judgeOf(inside, "server");
			const before = await store.roleNamed(inside, wanted.name);
			const fresh = { id: randomUUID(), name: wanted.name, defaultRoleId: null, base: false, version: 0 };
			const kept = before ?? fresh;
			const { description, permissions } = wanted;
			const role = { ...kept, description, policies: policiesOf(permissions), version: kept.version + 1 };
			await saveIn(inside, role, before?.name);
			return role;
		};
		const role = await (trx ? work(trx) : changeRights("server", work));
		changed();
		return role;
	}

	return {
		get,
		create,
		update,
		remove,
		seed,
		list: () => all.get(),
		/** Registers who gives roles by a rule of its own: who changes a role is judged there, too. */
		addHolders: (holders: RoleHolders) => void elsewhere.push(holders),
		/** Those of the ids that are roles; in a transaction in which a judge is open they stay so. */
		async standing(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>> {
			if (ids.length === 0) return new Set();
			return new Set((await store.roles(trx)).map(({ id }) => id).filter((id) => ids.includes(id)));
		},
		named: (name: string) => store.roleNamed(database.db, name),
		/** How many users hold each role themselves, by role id. */
		userCounts: () => userCounts.get(),
		/** After a change of who holds what. */
		forget() {
			all.forget();
			userCounts.forget();
		},
	};
}

/** What one role allows and the other one does not: of a role before and after a change, what is given, or taken. */
function beyondRole(less: Role, more: Role): string[] {
	const held = permissionsOf(less.policies);
	return permissionsOf(more.policies).filter((wanted) => !held.some((one) => permissionMatches(one, wanted)));
}

/** The administrator's role is the last resort of an organization, held or not: only who has it all changes it. */
const whole = inDivisions([everything], [everyDivision]);

function changesPolicies(before: Role, after: Role): boolean {
	return beyondRole(before, after).length > 0 || beyondRole(after, before).length > 0;
}

function refuseStale(role: Role, version: number | undefined): void {
	if (version !== undefined && version !== role.version) throw versionConflict("role", role.id, version, role.version);
}

function staysWithProduct(role: Role): ApiError {
	return new ApiError(400, "bad.request", "The role {name} comes with the product and cannot be deleted.", {
		params: { name: role.name },
		entityId: role.id,
		entityName: "role",
	});
}

function readRequestPolicies(request: RoleRequest): PermissionPolicy[] {
	refuseFlat(request.permissions);
	return joinPolicies([...readPolicies(request.permissionPolicies ?? []), ...policiesOf(request.permissions ?? [])]);
}

/** The platform's old flat strings (such as "admin" or "group_creation") name no entity and open nothing here. */
function refuseFlat(permissions: readonly string[] = []): void {
	const flat = permissions.filter((permission) => !permission.includes(":"));
	if (flat.length > 0) throw notSupported(flat.map((permission) => `permissions=${permission.slice(0, 100)}`));
}
