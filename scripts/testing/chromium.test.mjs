import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { disabledByPlaywright } from "./chromium.ts";

test("what Playwright disables in Chromium stays disabled beside what is disabled here", () => {
	const playwright = dirname(createRequire(import.meta.url).resolve("playwright-core/package.json"));
	const source = readFileSync(join(playwright, "lib/coreBundle.js"), "utf8");
	const [, list = ""] = /disabledFeatures = \[([^\]]*)\]/.exec(source) ?? [];
	expect([...list.matchAll(/^\s*"(\w+)",?$/gm)].map(([, name]) => name)).toEqual(disabledByPlaywright);
});
