import { randomUUID } from "node:crypto";
import { ApiError, alreadyExists, badField, notFound } from "../kernel/api-error.ts";
import type { Trx } from "../kernel/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import { roleChanged, roleDeleted } from "./events.ts";
import type { Role } from "./model.ts";
import { joinPolicies, type PermissionPolicy, policiesOf, readPolicies, type SentPolicy } from "./policies.ts";
import type { AuthorizationStore } from "./store.ts";

/** The writable part of a role. `permissions` (flat strings) and `permissionPolicies` add up. */
export interface RoleRequest {
	name: string;
	description?: string;
	permissions?: string[];
	permissionPolicies?: SentPolicy[];
	defaultRoleId?: string;
}

/** Rules of roles: names are unique, roles of the product stay. */
export function createRoles(kernel: Kernel, store: AuthorizationStore, changed: () => void) {
	const { database, events } = kernel;

	async function get(id: string): Promise<Role> {
		const role = await store.role(database.db, id);
		if (!role) throw notFound("role", id);
		return role;
	}

	async function create(request: RoleRequest, actor?: Actor): Promise<Role> {
		const role: Role = {
			id: randomUUID(),
			name: readName(request.name),
			description: request.description ?? "",
			defaultRoleId: null,
			base: false,
			policies: readRequestPolicies(request),
		};
		await save(role, actor);
		return role;
	}

	/** What the request leaves out of the policies stays as it is. */
	async function update(id: string, request: RoleRequest, actor?: Actor): Promise<Role> {
		const before = await get(id);
		const sendsPolicies = request.permissions !== undefined || request.permissionPolicies !== undefined;
		const role: Role = {
			...before,
			name: readName(request.name),
			description: request.description ?? before.description,
			policies: sendsPolicies ? readRequestPolicies(request) : before.policies,
		};
		await save(role, actor);
		return role;
	}

	async function save(role: Role, actor?: Actor): Promise<void> {
		await database.change((trx) => saveIn(trx, role, actor));
		changed();
	}

	async function saveIn(trx: Trx, role: Role, actor?: Actor): Promise<void> {
		const namesake = await store.roleNamed(trx, role.name);
		if (namesake && namesake.id !== role.id) throw alreadyExists("role", "name", role.name);
		await store.saveRole(trx, role);
		await events.append(trx, [roleChanged(role, actor)]);
	}

	async function remove(id: string, actor?: Actor): Promise<void> {
		const role = await get(id);
		if (role.defaultRoleId) {
			throw new ApiError(400, "bad.request", "The role {name} comes with the product and cannot be deleted.", {
				params: { name: role.name },
				entityId: id,
				entityName: "role",
			});
		}
		await database.change(async (trx) => {
			await store.deleteRole(trx, id);
			await events.append(trx, [roleDeleted(role, actor)]);
		});
		changed();
	}

	/** Creates the role, or brings one of that name to these permissions: for seeding, repeatable. */
	async function seed(
		wanted: { name: string; description: string; permissions: readonly string[] },
		trx?: Trx,
	): Promise<Role> {
		const work = async (inside: Trx) => {
			const before = await store.roleNamed(inside, wanted.name);
			const fresh = { id: randomUUID(), name: wanted.name, defaultRoleId: null, base: false };
			const role = { ...(before ?? fresh), description: wanted.description, policies: policiesOf(wanted.permissions) };
			await saveIn(inside, role);
			return role;
		};
		const role = await (trx ? work(trx) : database.change(work));
		changed();
		return role;
	}

	return {
		get,
		create,
		update,
		remove,
		seed,
		list: () => store.roles(database.db),
		named: (name: string) => store.roleNamed(database.db, name),
		userCounts: () => store.userCounts(database.db),
	};
}

export type Roles = ReturnType<typeof createRoles>;

function readRequestPolicies(request: RoleRequest): PermissionPolicy[] {
	return joinPolicies([
		...readPolicies(request.permissionPolicies ?? []),
		...policiesOf((request.permissions ?? []).filter(isFullPermission)),
	]);
}

/** The platform's old flat strings (such as "admin" or "group_creation") name no entity and open nothing here. */
function isFullPermission(permission: string): boolean {
	return permission.includes(":");
}

function readName(name: string): string {
	const trimmed = name.trim();
	if (trimmed === "" || trimmed.length > 200) throw badField("name", "name must have 1 to 200 characters.");
	return trimmed;
}
