import { execFile } from "node:child_process";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Names the folder of a PostgreSQL cluster that has the schema, to those processes that the run's setup starts. Not INLAY_…:
 * a server complains of such variables that it does not know.
 */
const variable = "TEST_POSTGRES_CLUSTER";

/** Keeps a copy of the stopped cluster in this data folder for the whole run, beside it. */
export async function keepCluster(dataFolder: string): Promise<void> {
	const kept = join(dataFolder, "prepared");
	await mkdir(kept);
	await copy(join(dataFolder, "postgres"), kept);
	process.env[variable] = kept;
}

/**
 * Puts the run's cluster into a data folder that has none: to copy it takes a tenth of what initdb and the migrations take.
 * Without one, as outside of Vitest, nothing is done, and the first start makes it.
 */
export async function giveCluster(dataFolder: string): Promise<void> {
	const kept = process.env[variable];
	if (!kept) return;
	const folder = join(dataFolder, "postgres");
	await mkdir(folder);
	await chmod(folder, 0o711);
	await copy(kept, folder);
}

/** With their owners, as root starts PostgreSQL as somebody else. */
async function copy(from: string, to: string): Promise<void> {
	await promisify(execFile)("cp", ["-a", join(from, "cluster"), join(from, "password"), to]);
}
