import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";

const axe = join(process.cwd(), "node_modules/axe-core/axe.min.js");

/** A page that remembers what the browser complained about, violations of the security policy among it. */
export async function newPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => {
		const { url } = message.location();
		const isAnswer = message.text().startsWith("Failed to load resource");
		if (message.type() === "error" && !isAnswer && !url.endsWith("favicon.ico")) complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(error.message));
	return { page, complaints };
}

/** What axe-core finds by the WCAG 2.2 AA rules. It runs past the page's policy, as a browser extension would. */
export async function violations(page: Page): Promise<string[]> {
	const session = await page.context().newCDPSession(page);
	await session.send("Runtime.evaluate", { expression: await readFile(axe, "utf8") });
	const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
	const expression = `axe.run({ runOnly: ${JSON.stringify(tags)} }).then((found) =>
		found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html).join(" | ")))`;
	const answer = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
	return answer.result.value as string[];
}
