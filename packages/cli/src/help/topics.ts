/** `inlay help <topic>`: the pages of docs/, which come with the package. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Topics beside the commands, with the page that each is. */
export const topics = {
	first: { page: "first-script.md", about: "a framework.js in ten minutes: written, tested, seen, shipped" },
	scripts: { page: "framework-scripts.md", about: "what a framework.js may do, and its tests" },
	findings: { page: "framework-lint.md", about: "what the linter finds, code by code" },
	doctor: { page: "doctor.md", about: "what inlay doctor and the console's health find, code by code" },
	developing: { page: "developing.md", about: "inlay dev, its inspector, and customers to try a script with" },
	contract: { page: "framework-contract.md", about: "every item of the original's contract, and what ours does" },
	deploy: { page: "deploy-a-panel.md", about: "from an OAuth client to a panel in a CRM" },
	file: { page: "inlay-file.md", about: "inlay.yaml: an organization as a file, and the commands for it" },
	glossary: { page: "glossary.md", about: "words, as this product uses them" },
} as const;

export type Topic = keyof typeof topics;

/** Beside the packages of a clone, and of the one that was installed. */
const folders = ["../../../../docs/", "../../../../../docs/"];

export function isTopic(name: string): name is Topic {
	return Object.hasOwn(topics, name);
}

/** The page, as it is written. */
export function pageOf(topic: Topic): string {
	const { page } = topics[topic];
	const files = folders.map((each) => fileURLToPath(new URL(`${each}${page}`, import.meta.url)));
	return readFileSync(files.find((file) => existsSync(file)) ?? page, "utf8");
}

export function topicList(): string {
	const lines = Object.entries(topics).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`);
	return ["", "Topics (inlay help <topic>):", ...lines].join("\n");
}
