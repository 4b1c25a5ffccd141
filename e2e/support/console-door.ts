import type { Page } from "playwright-core";
import type { Demo } from "./demo.ts";

/** Goes into the administrator's console with name and password; resolves when they are sent. */
export async function enterConsole(page: Page, { admin }: Demo, username: string, password: string): Promise<void> {
	await page.goto(admin);
	await page.getByRole("button", { name: "Sign in" }).click();
	await page.locator("#username").fill(username);
	await page.locator("#password").fill(password);
	await page.locator("#submit").click();
}
