// node scripts/complete-lock.mjs: to be run after npm install has changed package-lock.json.
//
// npm leaves an optional package that it could not fetch out of the lock file, as when a mirror of the registry lacks
// packages of other platforms, and npm ci then refuses that lock file everywhere. Their entries follow from those who
// ask for them: the exact version, and the platform in the name, by which npm ci skips them.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { workspace } from "./setup.mjs";

const systems = ["aix", "android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];

/**
 * Lists the optional packages that a lock file leaves out, as entries to add, by their place in node_modules.
 *
 * @param {Record<string, object>} packages the `packages` of a package-lock.json
 * @returns {Record<string, object>}
 */
export function missingEntries(packages) {
	const missing = {};
	for (const [place, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
		for (const [name, version] of Object.entries(optionalDependencies)) {
			const shared = `node_modules/${name}`;
			if (packages[shared] || packages[`${place}/${shared}`]) continue;
			missing[shared] = { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true };
		}
	}
	return missing;
}

function platformOf(name) {
	const words = name.split(/[/-]/);
	const os = words.filter((word) => systems.includes(word));
	const cpu = words.filter((word) => processors.includes(word));
	if (os.length !== 1 || cpu.length !== 1) throw new Error(`Which platform is ${name} for?`);
	const libc = { gnu: "glibc", musl: "musl" }[words.at(-1)];
	return { cpu, os, ...(libc ? { libc: [libc] } : {}) };
}

function completeLockFile(file) {
	const text = readFileSync(file, "utf8");
	const lock = JSON.parse(text);
	const missing = missingEntries(lock.packages);
	lock.packages = Object.fromEntries(
		Object.entries({ ...lock.packages, ...missing }).sort(([one], [other]) => (one < other ? -1 : 1)),
	);
	writeFileSync(file, `${JSON.stringify(lock, null, text.startsWith("{\n\t") ? "\t" : 2)}\n`);
	for (const place of Object.keys(missing)) console.log(`added ${place}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
	completeLockFile(join(workspace, "package-lock.json"));
