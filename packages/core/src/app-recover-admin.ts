import { type AccessWish, type RestoredUser, restoreAccess } from "./app-access.ts";
import type { Services } from "./app-services.ts";
import { everything } from "./authorization/judge.ts";
import { everyDivision } from "./authorization/model.ts";
import { permissionsOf } from "./authorization/policies.ts";
import type { Kernel } from "./kernel/domain.ts";
import { mendBundledClient } from "./oauth/bundled-client.ts";
import { administratorRecovered } from "./users/events.ts";

/** What the operator asks for an organization that nobody can administer any more. */
export interface RecoveryWish extends AccessWish {
	/** The account is made where there is none of that name. */
	create: boolean;
	/** The list of addresses from which alone people may work (`ipAddressAllowlist`) is emptied. */
	removeAddressList: boolean;
}

/** What was broken and is whole again. */
export const mendable = ["account", "role", "grant", "client", "addressList"] as const;
export type Mended = (typeof mendable)[number];

export interface RecoveredAdministrator extends RestoredUser {
	mended: readonly Mended[];
	/** Networks from which alone anybody may sign in; empty where everybody may from everywhere. */
	onlyFrom: readonly string[];
}

type Domains = Pick<Services, "users" | "authorization" | "oauth">;

/**
 * The way back for an organization without an administrator: the role has been emptied or taken, the account is out of work,
 * the client that signs everybody in is gone, or nobody is let in from where they are. It is for whoever owns the machine: no
 * right is asked. Done twice, or after a kill, it leads to the same.
 *
 * @throws StartError "user.notFound"
 */
export async function recoverAdministrator(
	kernel: Kernel,
	services: Domains,
	wish: RecoveryWish,
): Promise<RecoveredAdministrator> {
	const { authorization, users } = services;
	const mended: Mended[] = [];
	const mend = async (what: Mended, work: () => Promise<boolean>) => {
		if (await work()) mended.push(what);
	};
	await mend("account", () => makeAccount(services, wish));
	// The password comes first, and says that there is nobody of that name before anything is changed.
	const restored = await restoreAccess(kernel, services, wish);
	const user = await users.findByUsername(restored.username);
	if (!user) throw new Error(`The user ${restored.username} has gone meanwhile.`);
	await mend("role", () => mendRole(services));
	await mend("grant", () => mendGrant(services, user.id));
	await mend("client", () => mendBundledClient(services, kernel.config));
	await mend("addressList", () => openAddresses(services, wish));
	authorization.forget();
	const told = { operator: wish.operator, mended };
	await kernel.database.change((trx) => kernel.events.append(trx, [administratorRecovered(user.id, told)]));
	kernel.operators.warn(
		{ event: "administrator.recovered", userId: user.id, operator: wish.operator, mended: mended.join(", ") },
		"the operator of this machine has made a user the organization's administrator",
	);
	const { settings } = await users.organization.get();
	return { ...restored, mended, onlyFrom: settings.ipAddressAllowlist ?? [] };
}

/** An account without a password yet; the one-time password is given to it like to any other. */
async function makeAccount(services: Domains, { user, create }: RecoveryWish): Promise<boolean> {
	if (!create || (await services.users.findBySignInName(user))) return false;
	await services.users.create({ name: user, email: user });
	return true;
}

/** The administrator's role allows everything again, whatever else has been made of it. */
async function mendRole({ authorization }: Domains): Promise<boolean> {
	const role = await authorization.defaultRole("admin");
	if (permissionsOf(role.policies).includes(everything)) return false;
	await authorization.roles.update("server", role.id, { name: role.name, permissions: [everything] });
	return true;
}

async function mendGrant({ authorization }: Domains, userId: string): Promise<boolean> {
	const { id } = await authorization.defaultRole("admin");
	const held = await authorization.grants.own(userId);
	if (held.some(({ roleId, divisionId }) => roleId === id && divisionId === everyDivision)) return false;
	await authorization.grant(userId, id, everyDivision);
	return true;
}

async function openAddresses({ users }: Domains, { removeAddressList }: RecoveryWish): Promise<boolean> {
	const { settings } = await users.organization.get();
	if (!removeAddressList || (settings.ipAddressAllowlist ?? []).length === 0) return false;
	await users.organization.updateSettings({ ipAddressAllowlist: [] });
	return true;
}
