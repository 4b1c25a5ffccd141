import { type AccessWish, type RestoredUser, restoreAccess } from "./app-access.ts";
import type { Services } from "./app-services.ts";
import { everything } from "./authorization/judge.ts";
import { everyDivision, type Role } from "./authorization/model.ts";
import { permissionsOf } from "./authorization/policies.ts";
import { StartError } from "./kernel/config/start-error.ts";
import type { Kernel } from "./kernel/domain.ts";
import { ApiError } from "./kernel/http/api-error.ts";
import { isBundledClientBroken, mendBundledClient } from "./oauth/bundled-client.ts";
import { administratorRecovered } from "./users/events.ts";

/** What the operator asks for an organization that nobody can administer any more. */
export interface RecoveryWish extends AccessWish {
	/** The account is made where there is none of that name. */
	create: boolean;
	/** The list of addresses from which alone people may work (`ipAddressAllowlist`) is emptied. */
	removeAddressList: boolean;
}

/** What was broken and is whole again. */
export type Mended = "account" | "role" | "grant" | "client" | "addressList";

export interface RecoveredAdministrator extends RestoredUser {
	mended: readonly Mended[];
	/** Networks from which alone anybody may sign in; empty where everybody may from everywhere. */
	onlyFrom: readonly string[];
}

type Domains = Pick<Services, "users" | "authorization" | "oauth">;

/** One thing that can be broken. */
interface Mend {
	what: Mended;
	isBroken(): Promise<boolean>;
	mend(): Promise<unknown>;
}

/**
 * The way back for an organization without an administrator: the role has been emptied or taken, the account is out of work,
 * the client that signs everybody in is gone, or nobody is let in from where they are. It is for whoever owns the machine: no
 * right is asked. Done twice, or after a kill, it leads to the same.
 *
 * @throws StartError "user.notFound"; "config.invalid" where an account is to be made of what is no e-mail address
 */
export async function recoverAdministrator(
	kernel: Kernel,
	services: Domains,
	wish: RecoveryWish,
): Promise<RecoveredAdministrator> {
	const { authorization, users } = services;
	// What was broken by hand in the database, nobody has told a running server.
	authorization.forget();
	const isMade = await makeAccount(services, wish);
	// The password comes first, and says that there is nobody of that name before anything is changed.
	const restored = await restoreAccess(kernel, services, wish);
	const user = await users.findByUsername(restored.username);
	if (!user) throw new Error(`The user ${restored.username} has gone meanwhile.`);
	const broken: Mend[] = [];
	for (const one of mendsFor(kernel, services, user.id, wish)) if (await one.isBroken()) broken.push(one);
	const mended: Mended[] = [...(isMade ? ["account" as const] : []), ...broken.map(({ what }) => what)];
	// Told before it is done: a server that is killed in between has not given anything that nobody can read of.
	const told = { operator: wish.operator, mended };
	await kernel.database.change((trx) => kernel.events.append(trx, [administratorRecovered(user.id, told)]));
	for (const { mend } of broken) await mend();
	authorization.forget();
	kernel.operators.warn(
		{ event: "administrator.recovered", userId: user.id, operator: wish.operator, mended: mended.join(", ") },
		"the operator of this machine has made a user the organization's administrator",
	);
	return { ...restored, mended, onlyFrom: await addressesOf(services) };
}

/** An account without a password yet; the one-time password is given to it like to any other. */
async function makeAccount(services: Domains, { user, create }: RecoveryWish): Promise<boolean> {
	if (!create || (await services.users.findBySignInName(user))) return false;
	try {
		await services.users.create({ name: user, email: user });
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		throw new StartError("config.invalid", `No account can be made of ${user}: ${error.message} Nothing was changed.`);
	}
	return true;
}

/** In the order in which one needs the other. */
function mendsFor(kernel: Kernel, services: Domains, userId: string, wish: RecoveryWish): Mend[] {
	const { config } = kernel;
	return [
		{ what: "role", isBroken: () => isRoleBroken(services), mend: () => mendRole(services) },
		{
			what: "grant",
			isBroken: async () => !(await holdsRole(services, userId)),
			mend: () => giveRole(services, userId),
		},
		{
			what: "client",
			isBroken: () => isBundledClientBroken(services, config),
			mend: () => mendBundledClient(services, config),
		},
		{
			what: "addressList",
			isBroken: async () => wish.removeAddressList && (await addressesOf(services)).length > 0,
			mend: () => services.users.organization.updateSettings({ ipAddressAllowlist: [] }),
		},
	];
}

async function adminRole({ authorization }: Domains): Promise<Role | undefined> {
	return (await authorization.roles.list()).find(({ defaultRoleId }) => defaultRoleId === "admin");
}

async function isRoleBroken(services: Domains): Promise<boolean> {
	const role = await adminRole(services);
	return !role || !permissionsOf(role.policies).includes(everything);
}

/** The administrator's role allows everything again, whatever else has been made of it; one that has gone is made anew. */
async function mendRole(services: Domains): Promise<void> {
	const { authorization } = services;
	if (!(await adminRole(services))) await authorization.updateDefaultRoles();
	if (!(await isRoleBroken(services))) return;
	const { id, name } = await authorization.defaultRole("admin");
	await authorization.roles.update("server", id, { name, permissions: [everything] });
}

async function holdsRole(services: Domains, userId: string): Promise<boolean> {
	const role = await adminRole(services);
	const held = await services.authorization.grants.own(userId);
	return held.some(({ roleId, divisionId }) => roleId === role?.id && divisionId === everyDivision);
}

async function giveRole({ authorization }: Domains, userId: string): Promise<void> {
	const { id } = await authorization.defaultRole("admin");
	await authorization.grant(userId, id, everyDivision);
}

async function addressesOf({ users }: Domains): Promise<readonly string[]> {
	const { settings } = await users.organization.get();
	return settings.ipAddressAllowlist ?? [];
}
