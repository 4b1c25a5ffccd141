import { createHash, randomUUID } from "node:crypto";
import type { Database, Trx } from "../kernel/database/database.ts";
import type { EventLog } from "../kernel/events/event-log.ts";
import { type DefaultRole, defaultRoles } from "./default-roles.ts";
import { roleChanged } from "./events.ts";
import type { OpenJudge } from "./judge.ts";
import type { Role } from "./model.ts";
import { permissionsOf, policiesOf } from "./policies.ts";
import type { AuthorizationStore } from "./store.ts";

/** Names a set of permissions, whatever their order. */
export function fingerprintOf(permissions: readonly string[]): string {
	return createHash("sha256")
		.update([...new Set(permissions)].sort().join("\n"))
		.digest("hex");
}

/**
 * Brings the product's own roles to the permissions that this version gives them. `roles.shipped` remembers what the
 * product gave a role last: a role that allows exactly that is as it came and follows the product; one that an
 * administrator has changed stays as it is, at this start and all later ones.
 * @returns the names of the roles that were left as administrators made them although the product's set has changed
 */
export async function updateDefaultRoles(
	parts: { database: Database; events: EventLog; store: AuthorizationStore; judge: OpenJudge },
	wanted: readonly DefaultRole[] = defaultRoles,
): Promise<string[]> {
	const { database, events, store, judge } = parts;
	const isNew = (await missing(parts, wanted)).length > 0;
	if (!isNew && (await outdated(parts, wanted)).length === 0) return [];
	return database.change(async (trx) => {
		await judge(trx, "server");
		const left: string[] = [];
		for (const product of await missing({ store, database: { db: trx } }, wanted)) await add(trx, product);
		for (const { role, product, shipped } of await outdated({ store, database: { db: trx } }, wanted)) {
			if (fingerprintOf(permissionsOf(role.policies)) === shipped) await bring(trx, role, product);
			else left.push(role.name);
		}
		return left;
	});

	/** A role that this version has and the one before had not; nobody holds it yet. */
	async function add(trx: Trx, { defaultRoleId, name, description, base, permissions }: DefaultRole): Promise<void> {
		const policies = policiesOf(permissions);
		const role = { id: randomUUID(), defaultRoleId, name: await freeName(trx, name), description, base, policies };
		await store.saveRole(trx, { ...role, version: 1 });
		await store.markShipped(trx, role.id, fingerprintOf(permissions));
		await events.append(trx, [roleChanged({ ...role, version: 1 })]);
	}

	/** An administrator may have made a role of that name long ago: theirs keeps it. */
	async function freeName(trx: Trx, name: string): Promise<string> {
		return (await store.roleNamed(trx, name)) ? freeName(trx, `${name} (Inlay)`) : name;
	}

	async function bring(trx: Trx, role: Role, product: DefaultRole): Promise<void> {
		const after = { ...role, policies: policiesOf(product.permissions), version: role.version + 1 };
		await store.saveRole(trx, after);
		await store.markShipped(trx, role.id, fingerprintOf(product.permissions));
		await events.append(trx, [roleChanged(after)]);
	}
}

/** The product's roles that the database does not have yet. */
async function missing(
	{ store, database }: { store: AuthorizationStore; database: Pick<Database, "db"> },
	wanted: readonly DefaultRole[],
): Promise<DefaultRole[]> {
	const known = new Set((await store.roles(database.db)).map((role) => role.defaultRoleId));
	return wanted.filter((product) => !known.has(product.defaultRoleId));
}

interface Outdated {
	role: Role;
	product: DefaultRole;
	/** What the product gave it last. */
	shipped: string | null;
}

async function outdated(
	{ store, database }: { store: AuthorizationStore; database: Pick<Database, "db"> },
	wanted: readonly DefaultRole[],
): Promise<Outdated[]> {
	const [roles, shipped] = [await store.roles(database.db), await store.shippedRoles(database.db)];
	return roles.flatMap((role) => {
		const product = wanted.find((one) => one.defaultRoleId === role.defaultRoleId);
		const last = shipped.get(role.id) ?? null;
		return product && last !== fingerprintOf(product.permissions) ? [{ role, product, shipped: last }] : [];
	});
}
