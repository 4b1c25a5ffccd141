import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const notSources = new Set(["node_modules", "dist", "results"]);

/**
 * One number for the content and the names of files and folders. Tests and what tools put beside the sources are left out.
 *
 * @param {string} root
 * @param {readonly string[]} paths relative to the root; a missing one counts as empty
 * @returns {string}
 */
export function hashFiles(root, paths) {
	const hash = createHash("sha256");
	for (const path of paths) {
		for (const file of listFiles(root, path)) {
			hash
				.update(`${file}\0`)
				.update(readFileSync(join(root, file)))
				.update("\0");
		}
	}
	return hash.digest("hex");
}

function listFiles(root, path) {
	const stats = statSync(join(root, path), { throwIfNoEntry: false });
	if (!stats) return [];
	if (!stats.isDirectory()) return [path];
	const names = readdirSync(join(root, path)).sort();
	return names.filter(isSource).flatMap((name) => listFiles(root, `${path}/${name}`));
}

function isSource(name) {
	return !notSources.has(name) && !name.startsWith(".") && !/\.test\.tsx?$/.test(name);
}
