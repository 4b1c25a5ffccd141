import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missingEntries } from "./complete-lock.mjs";
import { workspace } from "./setup.mjs";

const { packages } = JSON.parse(readFileSync(join(workspace, "package-lock.json"), "utf8"));

test("the lock file is one that npm ci takes: run node scripts/complete-lock.mjs when this fails", () => {
	expect(Object.keys(missingEntries(packages))).toEqual([]);
});

test("the lock file names no registry's address", () => {
	const addressed = Object.entries(packages).filter(([, { link, resolved }]) => resolved && !link);
	expect(addressed).toEqual([]);
});

test("an optional package that is left out gets its platform from its name", () => {
	const found = missingEntries({
		"node_modules/tool": { dev: true, optionalDependencies: { "@tool/cli-linux-arm64-musl": "1.2.3", here: "1.0.0" } },
		"node_modules/tool/node_modules/here": { version: "1.0.0" },
	});
	expect(found).toEqual({
		"node_modules/@tool/cli-linux-arm64-musl": {
			version: "1.2.3",
			cpu: ["arm64"],
			os: ["linux"],
			libc: ["musl"],
			dev: true,
			optional: true,
		},
	});
});

test("an optional package without a platform in its name is not guessed at", () => {
	const packages = { "node_modules/tool": { optionalDependencies: { extras: "1.0.0" } } };
	expect(() => missingEntries(packages)).toThrow("extras");
});
