import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pageWith, readSheet, toldOf } from "./asvs.mjs";
import { workspace } from "./setup.mjs";
import { hasTest, missingTests } from "./sheets.mjs";

const { levels, rows } = readSheet();
const page = readFileSync(join(workspace, "docs", "security.md"), "utf8");
/** What a row of each state has to have. */
const needed = { met: "tests", "by-construction": "files", "not-applicable": "because", "not-met": "missing" };

/** Numbers of a level, as ASVS has them. */
function numbersOf(level) {
	return Object.entries(levels).flatMap(([section, list]) =>
		[...list].flatMap((one, index) => (one === level ? [`${section}.${index + 1}`] : [])),
	);
}

describe("the ASVS sheet", () => {
	test("has a row for each of the 70 requirements of level 1 and the 183 of level 2, in order, once", () => {
		expect([numbersOf("1").length, numbersOf("2").length, numbersOf("3").length]).toEqual([70, 183, 92]);
		for (const level of [1, 2]) {
			const had = rows.filter((row) => row.level === level).map(({ id }) => id);
			expect(had).toEqual(numbersOf(String(level)));
		}
		expect(rows).toHaveLength(253);
	});

	test("says of each row what its state asks for, in words of its own", () => {
		const bare = rows.filter(({ what, state, because, ...row }) => {
			const told = { because, ...row }[needed[state]];
			const reason = state !== "by-construction" || because?.length > 20;
			return !(what?.length > 2 && told?.length > 0 && reason);
		});
		expect(bare).toEqual([]);
		// The requirements are OWASP's (CC BY-SA), and all begin so.
		expect(JSON.stringify(rows)).not.toMatch(/verify that/i);
	});

	test("names tests that there are, by file and title", () => {
		expect(rows.flatMap(({ tests = [] }) => tests).length).toBeGreaterThan(100);
		expect(missingTests(rows)).toEqual([]);
	});

	test("names files that there are", () => {
		const named = rows.flatMap(({ id, files = [] }) => files.map((file) => ({ id, file })));
		expect(named.filter(({ file }) => !existsSync(join(workspace, file)))).toEqual([]);
	});

	test("would notice a test that went, was renamed or is skipped", () => {
		const file = "scripts/asvs.test.mjs";
		expect(hasTest(file, "names files that there are")).toBe(true);
		expect(hasTest(file, "names files")).toBe(false);
		expect(hasTest(file, "the ASVS sheet")).toBe(false);
	});
});

describe("docs/security.md", () => {
	test("counts the rows, and lists each that is not met: run node scripts/asvs.mjs when this fails", () => {
		expect(pageWith(page, toldOf(readSheet()))).toBe(page);
		const listed = [...page.matchAll(/^- \*\*(\d+\.\d+\.\d+)\*\* /gm)].map(([, id]) => id);
		expect(listed).toEqual(rows.filter(({ state }) => state === "not-met").map(({ id }) => id));
	});

	test("links to what there is", () => {
		const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link);
		expect(links.length).toBeGreaterThan(5);
		expect(links.filter((link) => !existsSync(join(workspace, "docs", link)))).toEqual([]);
	});

	test("names every reason for which a sign-in is refused, and every code of a script that fails", () => {
		const source = (file) => readFileSync(join(workspace, "packages", file), "utf8");
		const union = (text, name) =>
			[...(text.split(name)[1] ?? "").split(";")[0].matchAll(/"([\w.-]+)"/g)].map(([, one]) => one);
		const reasons = union(source("core/src/users/sign-in/refusals.ts"), "type RefusalReason =");
		const codes = union(source("client/src/framework/ports.ts"), "interface ScriptReport");
		expect([reasons.length, codes.length].every((count) => count >= 9)).toBe(true);
		// "unknown-" and "used-authorization-code" stand as one.
		const told = (one) =>
			page.includes(`\`${one}\``) || /^(?:unknown|used|expired)-(?:authorization-code|refresh-token)$/.test(one);
		expect([...reasons, ...codes].filter((one) => !told(one))).toEqual([]);
	});
});
