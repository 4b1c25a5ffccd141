import type { HealthReport } from "@inlay/contract/health/finding";
import { type AccessWish, type RestoredUser, restoreAccess } from "./app-access.ts";
import { byOperator } from "./app-operator.ts";
import { type RecoveredAdministrator, type RecoveryWish, recoverAdministrator } from "./app-recover-admin.ts";
import type { Services } from "./app-services.ts";
import type { Config } from "./kernel/config/config.ts";
import type { Commands } from "./kernel/config/operator-door.ts";
import type { Kernel } from "./kernel/domain.ts";

const resetting = "reset-password";
const recovering = "recover-admin";

/** What a running server does for the operator of its machine. */
export function operatorCommands(
	kernel: Kernel,
	services: Pick<Services, "users" | "authorization" | "oauth" | "health">,
	{ publicUrl }: Pick<Config, "publicUrl">,
): Commands {
	return {
		address: async () => publicUrl,
		health: () => wholeHealth(services.health),
		[resetting]: (wish) => restoreAccess(kernel, services, wish as AccessWish),
		[recovering]: (wish) => recoverAdministrator(kernel, services, wish as RecoveryWish),
	};
}

/** All of it: whoever can read the data folder could read the database. */
async function wholeHealth(health: Services["health"]): Promise<HealthReport> {
	const operator = { tokenHash: "", clientId: "operator", clientName: "operator", scopes: null, grants: everything };
	const [organization, server] = await Promise.all([health.organization(operator), health.server(operator)]);
	return {
		findings: [...organization.findings, ...server.findings],
		unchecked: [...organization.unchecked, ...server.unchecked],
	};
}

const everything = [{ permission: "*:*:*", divisions: "all" as const }];

/**
 * Gives a user a one-time password.
 * @param say tells the person at the console why it takes a while
 * @throws StartError with a sentence for that person
 */
export function resetPassword(
	config: Config,
	wanted: Omit<AccessWish, "operator">,
	say: (sentence: string) => void,
): Promise<RestoredUser> {
	return byOperator(config, { command: resetting, wish: wanted, work: restoreAccess }, say);
}

/**
 * Gives a user, and with them the organization, its administration back; see {@link recoverAdministrator}.
 * @throws StartError with a sentence for the person at the console
 */
export function recoverAdmin(
	config: Config,
	wanted: Omit<RecoveryWish, "operator">,
	say: (sentence: string) => void,
): Promise<RecoveredAdministrator> {
	return byOperator(config, { command: recovering, wish: wanted, work: recoverAdministrator }, say);
}
