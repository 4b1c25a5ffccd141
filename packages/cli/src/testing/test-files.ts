/** Which files `inlay test` runs. */
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { StartError } from "@inlay/core/config/start-error";

/** As Node's runner names tests: `x.test.ts`, `x-test.js`, `test-x.mjs`, `test.ts`, and all scripts of a folder `test`. */
const named = /(?:[._-]test|(?:^|[\\/])test(?:-[^\\/]+)?|(?:^|[\\/])test[\\/].*)\.[cm]?[jt]s$/;

/**
 * The tests that are meant: of a folder all in it and below; without any name those of `here`. Throws StartError where there are
 * none: a run of no tests proves nothing.
 */
export function testFiles(given: readonly string[], here = "."): string[] {
	return (given.length === 0 ? [here] : given).flatMap((name) => {
		const stat = statSync(name, { throwIfNoEntry: false });
		if (!stat)
			throw new StartError(
				"config.invalid",
				`There is no ${name}. Say which tests to run: inlay test framework.test.ts`,
			);
		if (!stat.isDirectory()) return [name];
		// What the folders above are called names no test.
		const found = below(name, basename(name));
		if (found.length > 0) return found;
		throw new StartError(
			"config.invalid",
			`There are no tests in ${name === "." ? "this folder" : name}, nor below it. Tests are files that are named like framework.test.ts (docs/framework-scripts.md, "A test for your script").`,
		);
	});
}

/** @param shown the folder as it is known from the one that is given on */
function below(folder: string, shown: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.flatMap((entry) => {
			const [path, known] = [join(folder, entry.name), join(shown, entry.name)];
			if (entry.isDirectory())
				return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : below(path, known);
			return named.test(known) && !path.endsWith(".d.ts") ? [path] : [];
		});
}
