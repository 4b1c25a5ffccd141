import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

interface AxeWindow {
	axe: { run(context: unknown, options: unknown): Promise<{ violations: Violation[] }> };
}

interface Violation {
	id: string;
	nodes: { html: string }[];
}

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2.2 A and AA in a page, frames left out; one line per finding. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
	await page.evaluate(await source);
	const violations = await page.evaluate(async () => {
		const { axe } = globalThis as unknown as AxeWindow;
		const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
		return (await axe.run({ exclude: ["iframe"] }, { runOnly, iframes: false })).violations;
	});
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/** CSS pixels by which a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
	return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
