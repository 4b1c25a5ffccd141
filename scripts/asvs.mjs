// node scripts/asvs.mjs: writes what docs/security.md tells of the ASVS sheet, after the sheet has changed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { workspace } from "./setup.mjs";
import { readSheet as readAny } from "./sheets.mjs";

const page = join(workspace, "docs", "security.md");
const states = ["met", "by-construction", "not-applicable", "not-met"];

/**
 * `levels`: for each section, the level of each of its requirements in order, as ASVS 5.0.0 has them; `rows`: one for each
 * requirement of levels 1 and 2.
 */
export function readSheet() {
	return readAny("security", "asvs-5.0.0.json");
}

/** What stands below the two marks of the page: how many rows of each state, and those that are not met. */
export function toldOf({ rows }) {
	const count = (state, level) => rows.filter((row) => row.state === state && (!level || row.level === level)).length;
	const table = [
		"| | level 1 | level 2 | all |",
		"|---|---|---|---|",
		...states.map((state) => `| ${state} | ${count(state, 1)} | ${count(state, 2)} | ${count(state)} |`),
	];
	const missing = rows
		.filter(({ state }) => state === "not-met")
		.map(({ id, level, what, missing }) => `- **${id}** (level ${level}) ${what}: ${missing}`);
	return { counts: table.join("\n"), missing: missing.join("\n") };
}

/** The page with both parts as the sheet has them. */
export function pageWith(text, { counts, missing }) {
	const [before] = text.split("<!-- counts -->");
	return `${before}<!-- counts -->\n\n${counts}\n\n### Not met\n\n<!-- not-met -->\n\n${missing}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
	writeFileSync(page, pageWith(readFileSync(page, "utf8"), toldOf(readSheet())));
