import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { page } from "./panel-page.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations of WCAG 2.2 A and AA on what is shown now. */
export async function violations(): Promise<string[]> {
	await page.evaluate(source);
	return page.evaluate(async () => {
		const { axe } = globalThis as unknown as {
			axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
		};
		const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
		const found = await axe.run({ runOnly: { type: "tag", values: tags } });
		return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
	});
}

/** Whether what is shown is wider than the page. */
export const overflows = () =>
	page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** Texts that are shown and end before their end: the element hides what does not fit. */
export const cutTexts = () =>
	page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>("body *")]
			.filter((each) => {
				const { overflowX, overflowY, clipPath } = getComputedStyle(each);
				const hides = [overflowX, overflowY].includes("hidden") && clipPath === "none" && each.checkVisibility();
				const isLonger = each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 2;
				return hides && isLonger && each.innerText.trim() !== "";
			})
			.map((each) => `${each.className}: ${each.innerText.slice(0, 40)}`),
	);
