// node scripts/framework-contract.mjs: writes docs/framework-contract.md from docs/contract/framework.json.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { workspace } from "./setup.mjs";
import { cellText, proofText, readSheet } from "./sheets.mjs";

export const page = join(workspace, "docs", "framework-contract.md");

/** What a row of the sheet may say of ours, and how the page says it. */
export const states = {
	done: "done",
	differs: "differs",
	setting: "setting",
	"not-done": "**not done**",
};

/** The contract's sections, in their order. */
export const sections = {
	1: "The shape of the product",
	1.1: "The frame",
	1.2: "The frame's address",
	1.3: "Regions",
	2: "Load order and life",
	3: "`config`",
	4: "`config.settings`",
	5: "Callbacks",
	5.1: "A result of `contactSearch`",
	5.2: "`callLog`",
	6: "Actions of `PureCloud`",
	7: "`interaction`",
	8.1: "Subscription `Interaction`",
	8.2: "Subscription `UserAction`",
	8.3: "Subscription `Notification`",
	9: "The bridge that most scripts speak",
	10: "Messages without a script",
	11: "Rules and security",
	11.1: "The client's own page",
	12: "Sign-in",
	13: "Telephony",
	17: "The checklist",
	18: "What scripts of others have shown",
};

/**
 * `rows`: `{id, section, item, confidence, state, how, tests}`. `confidence` is how sure it is that the original does so:
 * documented (D), seen (S), inferred (I), unconfirmed (B). `how` is what differs, the default of a setting, or why not.
 */
export function readContract() {
	return readSheet("contract", "framework.json");
}

/** The whole page. */
export function pageOf({ rows }) {
	const order = Object.keys(sections).sort((one, other) => Number(one) - Number(other));
	return [intro, countsOf(rows), ...order.map((section) => sectionOf(section, rows))].join("\n\n").concat("\n");
}

const intro = `# The contract of framework.js, item by item

Written by \`node scripts/framework-contract.mjs\` from [contract/framework.json](contract/framework.json): do not edit it here.
Each item of the framework's contract, as it was put together from what is public; how sure that is (**D** documented,
**S** seen in scripts or payloads of others, **I** inferred, **B** unconfirmed); what Inlay does; and the test that proves it.
*setting* names the default. What Inlay adds of its own stands in [framework-scripts.md](framework-scripts.md). The whole
sequences of calls, callbacks, emails and messages, key for key, are the files
[packages/client/src/framework/golden/*.golden](../packages/client/src/framework/golden).`;

function countsOf(rows) {
	const count = (state) => rows.filter((row) => row.state === state).length;
	const told = Object.keys(states).map((state) => `${count(state)} ${state}`);
	const unproven = rows.filter(({ tests }) => !tests?.length).length;
	return `${rows.length} items: ${told.join(", ")}. ${unproven} without a test.`;
}

function sectionOf(section, rows) {
	const lines = rows.filter((row) => row.section === section).map(lineOf);
	return [`## ${section} ${sections[section]}`, "", "| item | | Inlay | proof |", "|---|---|---|---|", ...lines].join(
		"\n",
	);
}

function lineOf({ item, confidence, state, how, tests = [] }) {
	const ours = how ? `${states[state]}: ${how}` : states[state];
	const proof = tests.length > 0 ? tests.map(proofText).join("<br>") : "no test";
	return `| ${[cellText(item), confidence.join(", "), cellText(ours), proof].join(" | ")} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) writeFileSync(page, pageOf(readContract()));
