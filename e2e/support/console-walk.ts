import type { Page } from "playwright-core";

/** Controls of the screen that is open which can be used: what they are, and their label. */
function usableControls(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const all = document.querySelectorAll<HTMLElement>(
			"main :is(input, textarea, select, button, [contenteditable=true], [role=switch], [role=textbox])",
		);
		// What tries a script changes nothing of it.
		const isUsable = (one: HTMLElement) =>
			!one.closest("[data-preview], [data-sample]") &&
			!one.matches(":disabled, [aria-disabled=true], [readonly]") &&
			one.getClientRects().length > 0;
		const labelOf = (one: HTMLElement) =>
			(one as HTMLInputElement).labels?.[0]?.textContent || one.getAttribute("aria-label") || one.textContent || "";
		return [...all].filter(isUsable).map((one) => `${one.localName} ${labelOf(one).trim()}`);
	});
}

/** Waits until nothing is read any more. */
async function settled(page: Page): Promise<void> {
	await page.waitForLoadState("networkidle");
	await page.locator("main .ui-spinner").first().waitFor({ state: "detached" });
}

/** A screen, and what can be used on it. */
export interface Walked {
	place: string;
	usable: string[];
}

/**
 * Goes through every area that the navigation offers, and from each to one thing of every kind that it links to.
 * @param refused gets what the server has refused meanwhile: nothing that one may not is to be asked for
 */
export async function walkConsole(page: Page, refused: (what: string) => void): Promise<Walked[]> {
	let at = "";
	page.on("response", (answer) => {
		if (answer.status() === 403) refused(`${at}: ${answer.request().method()} ${new URL(answer.url()).pathname}`);
	});
	const hrefsIn = (scope: "nav" | "main") =>
		page
			.locator(`${scope} a[href*="#/"]`)
			.evaluateAll((all) => all.map((one) => one.getAttribute("href")?.replace(/^[^#]*#\//, "") ?? ""));
	await page.getByRole("navigation", { name: "Areas" }).waitFor();
	const walked: Walked[] = [];
	const kinds = new Set<string>();
	const visit = async (place: string, depth: number) => {
		const kind = `${place.split("/").length} ${place.split("/")[0]}`;
		if (kinds.has(kind)) return;
		kinds.add(kind);
		at = place;
		await page.evaluate((to) => {
			location.hash = `/${to}`;
		}, place);
		await settled(page);
		walked.push({ place, usable: [...new Set(await usableControls(page))] });
		if (depth < 3) for (const inner of await hrefsIn("main")) await visit(inner.split("?")[0] ?? "", depth + 1);
	};
	for (const area of await hrefsIn("nav")) await visit(area, 1);
	return walked;
}
