import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { type AccessWish, type RestoredUser, restoreAccess } from "./app-access.ts";
import { openKernel } from "./app-kernel.ts";
import { createServices, type Services } from "./app-services.ts";
import type { Config } from "./kernel/config/config.ts";
import { askRunning, type Commands } from "./kernel/config/operator-door.ts";
import { StartError } from "./kernel/config/start-error.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createLog } from "./kernel/log.ts";
import { Undo } from "./kernel/undo.ts";

const command = "reset-password";

/** What a running server does for the operator of its machine. */
export function operatorCommands(kernel: Kernel, services: Pick<Services, "users">): Commands {
	return { [command]: (wish) => restoreAccess(kernel, services, wish as AccessWish) };
}

/**
 * Gives a user a one-time password: by the server that runs on the data folder, or, where none does, by opening its
 * database for the moment.
 *
 * @param say tells the person at the console why it takes a while
 * @throws StartError with a sentence for that person
 */
export async function resetPassword(
	config: Config,
	wanted: Omit<AccessWish, "operator">,
	say: (sentence: string) => void,
): Promise<RestoredUser> {
	const { dataDir, databaseUrl } = config;
	if (!existsSync(databaseUrl === undefined ? join(dataDir, "postgres") : dataDir)) {
		throw new StartError("config.invalid", `There is no Inlay in ${dataDir}. Say with --data where its data is.`);
	}
	const wish: AccessWish = { ...wanted, operator: userInfo().username };
	const answered = await askRunning(dataDir, command, wish);
	return answered ? (answered.done as RestoredUser) : await inStoppedServer(config, wish, say);
}

async function inStoppedServer(
	config: Config,
	wish: AccessWish,
	say: (sentence: string) => void,
): Promise<RestoredUser> {
	const undo = new Undo();
	try {
		// Standard output is for the password.
		const log = createLog("error", process.stderr);
		const { kernel } = await openKernel(config, { log, undo, say });
		return await restoreAccess(kernel, createServices(kernel), wish);
	} finally {
		await undo.run();
	}
}
