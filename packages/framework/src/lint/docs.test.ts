import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lintCodes } from "./rules.ts";

it("every code has a paragraph in the docs, and every paragraph a rule", () => {
	const docs = readFileSync(new URL("../../../../docs/framework-lint.md", import.meta.url), "utf8");
	const told = [...docs.matchAll(/^- `([\w.]+)` \(/gm)].map(([, code]) => code);
	expect([...told].sort()).toEqual([...lintCodes].sort());
	expect(new Set(lintCodes).size).toBe(lintCodes.length);
});
