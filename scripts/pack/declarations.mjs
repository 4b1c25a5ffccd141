// What editors and `tsc` read of a package that is JavaScript: one *.d.ts beside each file, docstrings included.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { withScriptNames } from "./as-javascript.mjs";

const ofTests = ["**/*.test.ts", "**/test-support/**"];

/**
 * @param {string} workspace
 * @param {string[]} packages their folders in it
 * @param {string} home has a folder for each by its name
 */
export function writeDeclarations(workspace, packages, home) {
	const folder = mkdtempSync(join(workspace, ".inlay", "declarations-"));
	try {
		const config = join(folder, "tsconfig.json");
		writeFileSync(config, JSON.stringify(configOf(workspace, packages, join(folder, "made"))));
		const typeScript = join(workspace, "node_modules", "typescript", "bin", "tsc");
		execFileSync(process.execPath, [typeScript, "--project", config], { stdio: ["ignore", "inherit", "inherit"] });
		for (const each of packages) copyDeclarations(join(folder, "made", each, "src"), join(home, basename(each), "src"));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function configOf(workspace, packages, outDir) {
	return {
		extends: join(workspace, "tsconfig.json"),
		compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: workspace, outDir },
		include: packages.map((each) => join(workspace, each, "src")),
		exclude: ofTests.flatMap((pattern) => packages.map((each) => join(workspace, each, pattern))),
	};
}

function copyDeclarations(from, to) {
	for (const name of readdirSync(from, { recursive: true }).map(String)) {
		if (!name.endsWith(".d.ts")) continue;
		const made = join(from, name);
		writeFileSync(made, withScriptNames(readFileSync(made, "utf8")));
		cpSync(made, join(to, name));
	}
}
