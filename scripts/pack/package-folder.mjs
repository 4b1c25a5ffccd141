// The folder that npm packs: this workspace's packages bundled in one, and what they need of others by npm.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { asJavaScript, scriptExports, withScriptNames } from "./as-javascript.mjs";
import { writeDeclarations } from "./declarations.mjs";

/** Packages that run on a machine, by folder; of the others the bundles that browsers load. */
const running = ["packages/cli", "packages/core", "packages/contract", "packages/framework", "packages/ui", "demo"];
const built = ["packages/client", "packages/console", "packages/messenger", "demo"];
/** Files beside the sources. */
const beside = { "packages/cli": ["templates"], "packages/framework": ["sample"] };
/** Authors' editors read their types. */
const typed = ["packages/framework", "packages/contract"];
const texts = ["README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "docs"];

/**
 * @param {string} workspace whose bundles have been built
 * @param {string} folder is emptied first
 */
export function makePackageFolder(workspace, folder) {
	rmSync(folder, { recursive: true, force: true });
	const home = join(folder, "node_modules", "@inlay");
	for (const from of running) copySources(join(workspace, from), join(home, nameOf(from)));
	writeDeclarations(workspace, typed, home);
	for (const from of built) copy(join(workspace, from, "dist"), join(home, nameOf(from), "dist"));
	for (const [from, names] of Object.entries(beside))
		for (const name of names) copy(join(workspace, from, name), join(home, nameOf(from), name));
	for (const name of texts) copy(join(workspace, name), join(folder, name));
	const all = [...new Set([...running, ...built])];
	for (const from of all)
		writeJson(
			join(home, nameOf(from), "package.json"),
			ownManifest(manifestOf(workspace, from), running.includes(from)),
		);
	writeJson(join(folder, "package.json"), manifest(workspace, all));
	mkdirSync(join(folder, "bin"));
	const start = '#!/usr/bin/env node\nimport "../node_modules/@inlay/cli/src/main.js";\n';
	writeFileSync(join(folder, "bin", "inlay.mjs"), start, { mode: 0o755 });
}

function copySources(from, to) {
	for (const entry of readdirSync(join(from, "src"), { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		if (!entry.isFile() || isOfTests(path)) continue;
		const target = join(to, path.slice(from.length + 1));
		mkdirSync(dirname(target), { recursive: true });
		if (/\.tsx$/.test(path)) writeFileSync(target, withScriptNames(readFileSync(path, "utf8")));
		else if (/\.ts$/.test(path)) writeFileSync(target.replace(/ts$/, "js"), asJavaScript(readFileSync(path, "utf8")));
		else cpSync(path, target);
	}
}

function isOfTests(path) {
	return /\.test\.tsx?$|\/test-support\/|\/golden\//.test(path);
}

function copy(from, to) {
	if (!existsSync(from)) throw new Error(`${from} is missing: node scripts/build.mjs makes what browsers load.`);
	cpSync(from, to, { recursive: true });
}

/** A package inside: what it needs is the outer one's. */
function ownManifest({ name, version, license, type, sideEffects, exports }, isRunning) {
	return {
		name,
		version,
		license,
		type,
		...(sideEffects === undefined ? {} : { sideEffects }),
		...(exports === undefined || !isRunning ? {} : { exports: scriptExports(exports) }),
	};
}

function manifest(workspace, all) {
	const { version, description, license } = readJson(join(workspace, "package.json"));
	const own = all.map((from) => manifestOf(workspace, from)).map(({ name, version: each }) => [name, each]);
	const others = running
		.map((from) => manifestOf(workspace, from))
		.flatMap(({ dependencies = {} }) => Object.entries(dependencies))
		.filter(([name]) => !name.startsWith("@inlay/"));
	return {
		name: "inlay",
		version,
		description,
		license,
		type: "module",
		bin: { inlay: "bin/inlay.mjs" },
		engines: { node: ">=22.18" },
		files: ["bin", ...texts],
		dependencies: Object.fromEntries([...own, ...others].sort(([a], [b]) => a.localeCompare(b))),
		bundleDependencies: own.map(([name]) => name),
	};
}

function manifestOf(workspace, from) {
	return readJson(join(workspace, from, "package.json"));
}

function nameOf(from) {
	return from.split("/").at(-1);
}

function readJson(file) {
	return JSON.parse(readFileSync(file, "utf8"));
}

function writeJson(file, value) {
	writeFileSync(file, `${JSON.stringify(value, null, "\t")}\n`);
}
