import { existsSync } from "node:fs";
import { installAsRoot, unpackWithoutRoot } from "./debian-browser.mjs";
import { SetupError } from "./step.mjs";

/**
 * The browser that its variable names, or the system's, or one installed now: as root by Debian's package manager, as an
 * ordinary user unpacked into .inlay/, where it stays.
 *
 * @param {string} workspace
 * @param {import("./debian-browser.mjs").DebianBrowser} browser
 * @param {readonly string[]} usual paths where systems have it
 * @returns {Promise<string>} the path of the program to run
 */
export async function ensureBrowser(workspace, browser, usual) {
	const { name, variable } = browser;
	const named = process.env[variable];
	if (named && !existsSync(named)) throw new SetupError(`${variable} names ${named}, which does not exist.`);
	const found = [named, ...usual].find((path) => path && existsSync(path));
	if (found) return found;
	if (!existsSync("/usr/bin/apt-get")) {
		throw new SetupError(`The browser tests need ${name}. Install it and name its path in ${variable}.`);
	}
	return process.getuid?.() === 0 ? installAsRoot(browser) : unpackWithoutRoot(workspace, browser);
}
