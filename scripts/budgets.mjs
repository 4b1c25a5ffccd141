// What browsers load stays within its budget: reads what the builds have weighed (packages/ui/src/build/budget.ts).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folders = ["packages/client/dist", "packages/console/dist", "packages/messenger/dist"];

/**
 * @param {string} workspace
 * @returns {string[]} a sentence for each file that weighs more than it may, and for each folder that says nothing of it
 */
export function overBudgets(workspace) {
	return folders.flatMap((folder) => {
		const notes = readdirSync(join(workspace, folder)).filter((name) => name.endsWith("budget.json"));
		if (notes.length === 0) return [`${folder} says nothing of what it weighs`];
		return notes.flatMap((note) => heavyIn(join(workspace, folder, note)).map((text) => `${folder}: ${text}`));
	});
}

function heavyIn(file) {
	const weights = JSON.parse(readFileSync(file, "utf8"));
	return weights
		.filter(({ kilobytes, limit }) => kilobytes > limit)
		.map(({ name, kilobytes, limit }) => `${name} weighs ${kilobytes.toFixed(1)} kB gzip, ${limit} are allowed`);
}
