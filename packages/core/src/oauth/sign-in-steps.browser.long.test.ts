import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium } from "../../../../scripts/testing/chromium.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import { codeAt } from "../users/second-factor/totp.ts";
import { seedClient, seedUser } from "./seed.ts";
import { newPage, violations } from "./test-support/page-checks.ts";

const password = "correct horse";

let people: TestPeople;
let browser: Browser;
let crm: Server;
let api: string;
let back: string;
let clientId: string;
let user: User;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	await people.http.listen({ port: 0, host: "127.0.0.1" });
	api = `http://127.0.0.1:${(people.http.server.address() as AddressInfo).port}`;
	crm = createServer((_request, response) => void response.end("<title>back</title>back"));
	await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
	back = `http://127.0.0.1:${(crm.address() as AddressInfo).port}/back`;
	clientId = (await seedClient(people, { name: "Example CRM", grant: "CODE", redirectUris: [back] })).client.id;
	browser = await launchChromium();
});

afterAll(async () => {
	await browser?.close();
	await new Promise((resolve) => crm?.close(resolve));
	await people?.close();
});

beforeEach(async () => {
	await people.users.organization.updateSettings({
		multifactorAuthenticationRequired: true,
		passwordRequirements: { minimumLength: 12, minimumDigits: 2, minimumUpper: 1, minimumSpecials: 1 },
	});
	const email = `user${++count}@x.example`;
	const first = "Correct-Horse-42";
	user = await seedUser(people, { name: "Ann", email, password: first, mustChangePassword: true, roles: [] });
});

function authorizeUrl(): string {
	const query = {
		client_id: clientId,
		redirect_uri: back,
		response_type: "code",
		code_challenge: "c".repeat(43),
		code_challenge_method: "S256",
	};
	return `${api}/oauth/authorize?${new URLSearchParams(query)}`;
}

function heading(page: Page, text: string): Promise<unknown> {
	return page.getByRole("heading", { level: 1, name: text }).waitFor();
}

async function keyOf(page: Page): Promise<string> {
	return ((await page.locator(".key").textContent()) ?? "").replaceAll(" ", "");
}

function code(secret: string): string {
	return codeAt(secret, people.kernel.clock.now());
}

describe("a first sign-in with a demanded second factor", () => {
	test("is walked by keyboard alone, and the next one by a recovery code", async () => {
		const context = await browser.newContext();
		const { page, complaints } = await newPage(context);
		await page.goto(authorizeUrl());
		await page.keyboard.type(user.username);
		await page.keyboard.press("Tab");
		await page.keyboard.type("Correct-Horse-42");
		await page.keyboard.press("Enter");
		await heading(page, "Choose a new password");
		await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("password");
		await page.keyboard.type("Battery-Staple-7");
		await page.keyboard.press("Enter");
		await page.getByRole("alert").filter({ hasText: "At least 2 digits." }).waitFor();
		await page.keyboard.type("Battery-Staple-77");
		await page.keyboard.press("Enter");
		await heading(page, "Set up an authenticator app");
		await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("code");
		await page.getByText("I cannot scan it").click();
		const secret = await keyOf(page);
		await page.locator("#code").fill(code(secret));
		await page.keyboard.press("Enter");
		await heading(page, "Keep your recovery codes");
		const recovery = await page.locator(".codes li").allTextContents();
		expect(recovery).toHaveLength(10);
		await page.getByRole("button", { name: "I have kept them" }).click();
		await page.waitForURL(`${back}?code=**`);

		await page.goto(authorizeUrl());
		await page.locator("#username").fill(user.username);
		await page.locator("#password").fill("Battery-Staple-77");
		await page.keyboard.press("Enter");
		await heading(page, "Enter your code");
		await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("code");
		await page.getByText("I do not have my app at hand").click();
		await page.getByLabel("Recovery code").fill(recovery[4] ?? "");
		await page.getByRole("button", { name: "Use recovery code" }).click();
		await page.waitForURL(`${back}?code=**`);

		await page.goto(authorizeUrl());
		await page.locator("#username").fill(user.username);
		await page.locator("#password").fill("Battery-Staple-77");
		await page.keyboard.press("Enter");
		await page.getByText("I do not have my app at hand").click();
		await page.getByLabel("Recovery code").fill(recovery[4] ?? "");
		await page.getByRole("button", { name: "Use recovery code" }).click();
		await page.getByRole("alert").filter({ hasText: "used before" }).waitFor();
		await expect.poll(() => page.getByLabel("Recovery code").isVisible()).toBe(true);
		await page.getByRole("link", { name: "Sign in as somebody else" }).click();
		await heading(page, "Sign in");
		expect(complaints).toEqual([]);
		await context.close();
	});

	test("works without the page's script", async () => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const { page } = await newPage(context);
		await page.goto(authorizeUrl());
		await page.fill("#username", user.username);
		await page.fill("#password", "Correct-Horse-42");
		await page.click("#submit");
		await page.fill("#password", "Battery-Staple-77");
		await page.click("#submit");
		await page.fill("#code", code(await keyOf(page)));
		await page.click("#submit");
		await page.click("#submit");
		await page.waitForURL(`${back}?code=**`);
		await context.close();
	});
});

describe.each(["light", "dark"] as const)("in a %s scheme", (colorScheme) => {
	test.each([250, 300, 900])("at %i px no step overflows and all are accessible", async (width) => {
		const context = await browser.newContext({ colorScheme, viewport: { width, height: 640 }, locale: "de-DE" });
		const { page, complaints } = await newPage(context);
		const look = async (name: string) => {
			const folder = process.env.INLAY_SCREENSHOTS;
			const path = folder && join(folder, `${name}-${colorScheme}-${width}.png`);
			if (path) await page.screenshot({ path, fullPage: true });
			expect(await page.getAttribute("html", "lang")).toBe("de");
			expect(await page.evaluate("document.documentElement.scrollWidth"), name).toBeLessThanOrEqual(width);
			expect(await violations(page), name).toEqual([]);
		};
		await page.goto(authorizeUrl());
		await page.fill("#username", user.username);
		await page.fill("#password", "Correct-Horse-42");
		await page.click("#submit");
		await page.fill("#password", "kurz");
		await page.click("#submit");
		await page.getByRole("alert").waitFor();
		await look("new-password");
		await page.fill("#password", "Battery-Staple-77");
		await page.click("#submit");
		await page.fill("#code", "000000");
		await page.click("#submit");
		await page.getByRole("alert").waitFor();
		await page.locator("summary").click();
		await look("enrol");
		const secret = await keyOf(page);
		await page.fill("#code", code(secret));
		await page.click("#submit");
		await page.locator(".codes").waitFor();
		await look("recovery-codes");
		await page.goto(authorizeUrl());
		await page.fill("#username", user.username);
		await page.fill("#password", "Battery-Staple-77");
		await page.click("#submit");
		await page.fill("#code", "000000");
		await page.click("#submit");
		await page.getByRole("alert").waitFor();
		await page.locator("summary").click();
		await look("code");
		expect(complaints).toEqual([]);
		await context.close();
	});
});

test("who is braked is told for how long", async () => {
	const context = await browser.newContext({ viewport: { width: 300, height: 640 } });
	const { page } = await newPage(context);
	await page.goto(authorizeUrl());
	for (let i = 0; i < 6; i++) {
		await page.fill("#username", user.username);
		await page.fill("#password", `${password} ${i}`);
		await page.click("#submit");
		await page.getByRole("alert").waitFor();
	}
	await page.getByRole("alert").filter({ hasText: "Wait 2 minutes" }).waitFor();
	const folder = process.env.INLAY_SCREENSHOTS;
	if (folder) await page.screenshot({ path: join(folder, "braked.png"), fullPage: true });
	await context.close();
});
