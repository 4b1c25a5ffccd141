import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Config, firstAdministratorFile, readConfig, startInlay, unknownVariables } from "@inlay/core";
import { saveCompiled } from "./compiled.ts";
import { waitForStop } from "./stop-request.ts";

/** `inlay start`: runs until it is asked to stop, and says in one line where to go. */
export async function start(flags: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
	const config = readConfig(flags, env);
	for (const sentence of unknownVariables(env)) console.error(sentence);
	keepFilesPrivate();
	// Asked for before the start, so that Ctrl-C in the middle of it still stops in order.
	const stopRequest = waitForStop(env);
	const extensions = config.demo ? [(await import("@inlay/demo")).demoExtension] : [];
	const inlay = await startInlay(config, extensions, (sentence) => console.error(sentence));
	if (!stopRequest.made) console.log(whereToGo(config));
	saveCompiled();
	const failure = await Promise.race([stopRequest.promise, inlay.mustStop]);
	await inlay.stop();
	if (failure) throw failure;
	process.exit(0);
}

/** Recordings, tokens and passwords: what Inlay writes is for its own user alone. */
function keepFilesPrivate(): void {
	process.umask(0o077);
}

function whereToGo({ publicUrl, demo, dataDir }: Config): string {
	const place = demo ? `${publicUrl}/` : `${publicUrl}/admin/`;
	const file = join(dataDir, firstAdministratorFile);
	const first = !demo && existsSync(file) ? ` The first administrator's password is in ${file}.` : "";
	return `Inlay is running: open ${place} in a browser.${first} Ctrl-C stops it.`;
}
