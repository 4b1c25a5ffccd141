// What the sheets of docs/ share: rows as JSON, each with the tests that prove it, by file and title.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workspace } from "./setup.mjs";

/** @param path below `docs` */
export function readSheet(...path) {
	return JSON.parse(readFileSync(join(workspace, "docs", ...path), "utf8"));
}

/** Whether a file has a test of this title that runs. */
export function hasTest(file, title) {
	const quoted = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const found = new RegExp(`(\\w+)?\\(\\s*["\`]${quoted}["\`]\\s*,`, "g");
	const text = readFileSync(join(workspace, file), "utf8");
	return [...text.matchAll(found)].some(
		([, before]) => before !== "skip" && before !== "todo" && before !== "describe",
	);
}

/** Those of the tests that rows name which are no tests, or not there. */
export function missingTests(rows) {
	const named = rows.flatMap(({ id, tests = [] }) => tests.map((one) => ({ id, ...one })));
	return named.filter(
		({ file, title }) =>
			!/\.test\.(?:tsx?|mjs)$/.test(file) || !existsSync(join(workspace, file)) || !hasTest(file, title),
	);
}

/** A test as a page names it: its title, linked to its file. */
export function proofText({ file, title }) {
	return `[${cellText(title)}](../${file})`;
}

/** As it may stand in a cell of a Markdown table. */
export function cellText(text) {
	return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
