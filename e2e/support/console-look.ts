import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accessibilityProblems, overflow } from "./axe.ts";

/** Where the pictures go that a person looks at; none are taken without it. */
const pictures = process.env.INLAY_PICTURES;

/** Looks at a page of the console as people with little room, or with a screen reader, have it: light, dark, 300 px wide. */
export async function look(page: Page, name: string): Promise<void> {
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		await painted(page);
		if (pictures) await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png`, fullPage: true });
		// On a busy machine, a part may have the colours of the other scheme for longer.
		await expect.poll(() => accessibilityProblems(page), { message: `${name}, ${colorScheme}` }).toEqual([]);
	}
	await page.setViewportSize({ width: 300, height: 700 });
	if (pictures) await page.screenshot({ path: `${pictures}/${name}-300.png`, fullPage: true });
	expect(await overflow(page), name).toBe(0);
	await page.setViewportSize({ width: 1280, height: 900 });
}

/** The colours of a scheme come part by part; two frames later all have. */
function painted(page: Page): Promise<void> {
	return page.evaluate(
		() => new Promise((resolve) => void requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
	);
}
