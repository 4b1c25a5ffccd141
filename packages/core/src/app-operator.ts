import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { openKernel } from "./app-kernel.ts";
import { createServices, type Services } from "./app-services.ts";
import type { Config } from "./kernel/config/config.ts";
import { askRunning } from "./kernel/config/operator-door.ts";
import { StartError } from "./kernel/config/start-error.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createLog } from "./kernel/log.ts";
import { Undo } from "./kernel/undo.ts";

/** Something that whoever owns the machine asks for. */
export interface OperatorTask<Wish extends { operator: string }, Done> {
	/** Its name at the running server's door. */
	command: string;
	/** All but the user of the operating system, which is found here. */
	wish: Omit<Wish, "operator">;
	work: (kernel: Kernel, services: Services, wish: Wish) => Promise<Done>;
}

/**
 * Has it done by the server that runs on the data folder, or, where none does, by opening its database for the moment.
 *
 * @param say tells the person at the console why it takes a while
 * @throws StartError with a sentence for that person
 */
export async function byOperator<Wish extends { operator: string }, Done>(
	config: Config,
	task: OperatorTask<Wish, Done>,
	say: (sentence: string) => void,
): Promise<Done> {
	const { dataDir, databaseUrl } = config;
	if (!existsSync(databaseUrl === undefined ? join(dataDir, "postgres") : dataDir)) {
		throw new StartError("config.invalid", `There is no Inlay in ${dataDir}. Say with --data where its data is.`);
	}
	const wish = { ...task.wish, operator: userInfo().username } as Wish;
	const answered = await askRunning(dataDir, task.command, wish);
	return answered ? (answered.done as Done) : await inStoppedServer(config, task.work, wish, say);
}

async function inStoppedServer<Wish, Done>(
	config: Config,
	work: (kernel: Kernel, services: Services, wish: Wish) => Promise<Done>,
	wish: Wish,
	say: (sentence: string) => void,
): Promise<Done> {
	const undo = new Undo();
	try {
		// Standard output is for the password.
		const log = createLog("error", process.stderr);
		const { kernel } = await openKernel(config, { log, undo, say });
		return await work(kernel, createServices(kernel), wish);
	} finally {
		await undo.run();
	}
}
