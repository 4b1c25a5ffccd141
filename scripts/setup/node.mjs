import { existsSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "./step.mjs";

/** The first Node that runs TypeScript as it is, and the one that Inlay is written for. */
const atLeast = [22, 18];
const preferred = [24, 0];

/**
 * Finds the Node to run Inlay with: this one if it is new enough, else the one among the packages.
 *
 * @param {string} workspace
 * @param {{ version: string, execPath: string, platform: string, arch: string }} [current]
 * @returns {string} its path
 */
export function chooseNode(workspace, current = process) {
	if (isFrom(current.version, preferred)) return current.execPath;
	const packaged = join(workspace, "node_modules", `node-${current.platform}-${current.arch}`, "bin", "node");
	if (existsSync(packaged)) return packaged;
	if (isFrom(current.version, atLeast)) return current.execPath;
	throw new SetupError(
		`This is Node ${current.version}; Inlay needs Node ${atLeast.join(".")} or newer, and brings its own only for Linux on x64 and arm64. Install Node 24.`,
	);
}

function isFrom(version, [major, minor]) {
	const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, "").split(".").map(Number);
	return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
