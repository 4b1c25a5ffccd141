// Finds a Chromium for the browser tests, or brings Debian's. Also a command: node scripts/chromium.mjs prints its path.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { installAsRoot, unpackWithoutRoot } from "./setup/debian-chromium.mjs";
import { fail, SetupError } from "./setup/step.mjs";
import { workspace } from "./setup.mjs";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The Chromium that CHROMIUM_PATH names, or the system's, or one installed now: as root by Debian's package manager, as
 * an ordinary user unpacked into .inlay/chromium, where it stays.
 *
 * @param {string} workspacePath
 * @returns {Promise<string>} the path of the program to run
 */
export async function ensureChromium(workspacePath) {
	const named = process.env.CHROMIUM_PATH;
	if (named && !existsSync(named)) throw new SetupError(`CHROMIUM_PATH names ${named}, which does not exist.`);
	const found = [named, ...usual].find((path) => path && existsSync(path));
	if (found) return found;
	if (!existsSync("/usr/bin/apt-get")) {
		throw new SetupError("The browser tests need Chromium. Install it and name its path in CHROMIUM_PATH.");
	}
	return process.getuid?.() === 0 ? installAsRoot() : unpackWithoutRoot(workspacePath);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	ensureChromium(workspace)
		.then((path) => console.log(path))
		.catch(fail);
}
