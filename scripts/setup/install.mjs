import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { capture } from "./run.mjs";
import { SetupError, step } from "./step.mjs";

/**
 * Installs the packages of package-lock.json, unless node_modules was made from this very file.
 *
 * @param {string} workspace
 */
export async function installPackages(workspace) {
	if (isInstalled(workspace)) return;
	await step("Installing packages", async () => {
		const { code, output } = await runNpm(workspace);
		if (code !== 0) throw new SetupError(`npm ci failed:\n${withoutNoise(output)}`);
	});
	writeFileSync(stampFile(workspace), lockHash(workspace));
}

/**
 * Whether node_modules holds what package-lock.json asks for: by the stamp of an earlier start, or by the list that npm itself
 * writes at the end of every installation. Times say nothing: a lock file that was checked out anew is younger than packages that are
 * its own, and to install them anew would take them away from whatever runs.
 *
 * @param {string} workspace
 * @returns {boolean}
 */
export function isInstalled(workspace) {
	const stamp = stampFile(workspace);
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash(workspace)) return true;
	const list = join(workspace, "node_modules", ".package-lock.json");
	return existsSync(list) && holds(packagesOf(list), packagesOf(join(workspace, "package-lock.json")));
}

function packagesOf(lockFile) {
	return JSON.parse(readFileSync(lockFile, "utf8")).packages ?? {};
}

/** What other platforms have is not installed here; workspaces are links. */
function holds(installed, wanted) {
	return Object.entries(wanted).every(([path, { version, integrity, link, optional, devOptional }]) => {
		if (!path.includes("node_modules/") || link) return true;
		const there = installed[path];
		if (!there) return optional === true || devOptional === true;
		return there.version === version && there.integrity === integrity;
	});
}

/**
 * What npm has to say about a failure, without what helps nobody here: complaints that packages want a newer Node, which
 * they get, and the page of usage that npm ends with.
 *
 * @param {string} output
 * @returns {string}
 */
export function withoutNoise(output) {
	const lines = output.split(/^npm error (?:Clean install|Usage)/m)[0].split("\n");
	const noise = /EBADENGINE|npm (warn|WARN) (deprecated|allow-scripts)|^npm (error|ERR!)\s*$/;
	return lines.filter((line) => line.trim() && !noise.test(line)).join("\n");
}

/** The npm that runs this script, or else the one beside this Node, or else the one on the path. */
function runNpm(workspace) {
	const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--include=dev", "--include=optional"];
	const options = { cwd: workspace, env: { ...process.env, NODE_ENV: "" } };
	const script = [process.env.npm_execpath, npmBesideNode()].find(
		(path) => path?.endsWith("npm-cli.js") && existsSync(path),
	);
	return script ? capture(process.execPath, [script, ...args], options) : capture("npm", args, options);
}

function npmBesideNode() {
	return join(dirname(dirname(process.execPath)), "lib", "node_modules", "npm", "bin", "npm-cli.js");
}

function stampFile(workspace) {
	return join(workspace, "node_modules", ".inlay-lock");
}

function lockHash(workspace) {
	return createHash("sha256")
		.update(readFileSync(join(workspace, "package-lock.json")))
		.digest("hex");
}
