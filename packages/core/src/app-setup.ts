import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Services } from "./app-services.ts";
import type { Kernel } from "./kernel/domain.ts";
import { ensureBundledClient } from "./oauth/bundled-client.ts";
import { seedUser } from "./oauth/seed.ts";

type Founders = Pick<Services, "users" | "authorization" | "oauth">;

/** User name of the administrator that a new installation starts with. */
const firstAdministrator = "admin@inlay.local";

/** Where its first password stands, in the data folder. */
export const firstAdministratorFile = "first-administrator.txt";

/** Brings a new database to what every organization has: a client for panels and the console, and somebody who may administer. */
export async function ensureOrganization(kernel: Kernel, services: Founders): Promise<void> {
	const changedByHand = await services.authorization.updateDefaultRoles();
	if (changedByHand.length > 0)
		kernel.log.info({ roles: changedByHand }, "default roles that were changed here keep their permissions");
	await ensureBundledClient(services, kernel.config);
	if (!kernel.config.demo) await ensureAdministrator(kernel, services);
}

/**
 * Without the demo's users somebody must be able to sign in: their first password stands in a file of the data folder. On
 * the first start alone, and not where the demo has left somebody who may do everything: whoever renames or deletes that
 * user does not find another administrator after the next one.
 */
export async function ensureAdministrator(kernel: Kernel, services: Founders) {
	const { users } = services;
	if (await users.organization.hasHadAdministrator()) return forgetFirstPassword(kernel, services);
	// A start that was ended in between has left the user without the mark, or without their role.
	if (!(await services.authorization.hasAdministrator())) await makeAdministrator(kernel, services);
	await users.organization.markAdministered();
}

/** Once another password was chosen the first one is worth nothing: nobody is to be sent to its file. */
async function forgetFirstPassword({ config }: Kernel, { users }: Founders): Promise<void> {
	// Whoever was renamed before their first sign-in is not found by the name: they still are the first of all.
	const user = (await users.findByUsername(firstAdministrator)) ?? (await users.oldest());
	if (user && user.state !== "deleted" && (await users.authentication.passwords.mustChange(user.id))) return;
	await rm(join(config.dataDir, firstAdministratorFile), { force: true });
}

async function makeAdministrator(kernel: Kernel, services: Founders): Promise<void> {
	const password = randomBytes(16).toString("base64url");
	// The file first: a crash in between then leaves a file to be overwritten, not a user nobody knows the password of.
	await writeFile(
		join(kernel.config.dataDir, firstAdministratorFile),
		`User name: ${firstAdministrator}\nPassword: ${password}\nThe first sign-in asks for another one; from then on this one is worth nothing.\n`,
		{ mode: 0o600 },
	);
	const unfinished = await services.users.findByUsername(firstAdministrator);
	if (unfinished) await services.users.authentication.passwords.reset(unfinished, password);
	await seedUser(services, {
		name: "Administrator",
		email: firstAdministrator,
		password,
		mustChangePassword: true,
		roles: ["admin", "employee"],
		divisionId: "*",
	});
}
