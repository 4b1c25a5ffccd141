import { TOTP } from "otpauth";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { accessibilityProblems, overflow } from "./support/axe.ts";
import { enterConsole } from "./support/console-door.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { startSamlProvider } from "./support/saml-provider.ts";

/** Where the pictures go that a person looks at; none are taken without it. */
const pictures = process.env.INLAY_PICTURES;

/** How people sign in, set up in the console and tried at the sign-in page. */
describe("signing in, as the console sets it up", { timeout: 120_000 }, () => {
	let inlay: TestInlay;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let password: string;
	let secret: string;
	const newPassword = "Battery-Staple-77";

	beforeAll(async () => {
		[inlay, browser] = await Promise.all([startTestInlay(), launchChromium()]);
		context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		context.setDefaultTimeout(15_000);
		page = await context.newPage();
		password = inlay.demo.users.admin.password;
		await enterConsole(page, inlay.demo, inlay.demo.users.admin.username, password);
		await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
	}, 120_000);

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	async function look(name: string): Promise<void> {
		if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
		expect(await accessibilityProblems(page), name).toEqual([]);
		await page.setViewportSize({ width: 300, height: 700 });
		if (pictures) await page.screenshot({ path: `${pictures}/${name}-300.png`, fullPage: true });
		expect(await overflow(page), name).toBe(0);
		await page.setViewportSize({ width: 1280, height: 900 });
	}

	async function ownAccount(): Promise<void> {
		await page.getByRole("button", { name: /^Account:/ }).click();
		await page.getByRole("menuitem", { name: "Password, second factor, sign-ins" }).click();
		await page.getByRole("heading", { name: "Password, second factor, sign-ins", level: 1 }).waitFor();
	}

	const code = () => new TOTP({ secret }).generate();

	it("by SAML in a real browser: its metadata copied, tried, signed in by it, and a forged answer refused", async () => {
		const { username } = inlay.demo.users.admin;
		const attributes = { email: username, name: "Ada", groups: [] };
		const provider = await startSamlProvider(() => ({ nameId: "ada-for-ever", attributes }));
		try {
			await page.getByRole("link", { name: "Single sign-on" }).click();
			await page.getByRole("button", { name: "Add provider" }).click();
			await page.getByLabel("Protocol").selectOption("saml");
			await page.getByLabel("Name", { exact: true }).first().fill("Acme");
			await page.getByLabel("Short name").fill("acme");
			await page.getByLabel("Switched on").check();
			await page.getByLabel("Entity ID of the provider").fill(provider.entityId);
			await page.getByLabel("Sign-in address (HTTP-Redirect)").fill(provider.signInUrl);
			await page.getByLabel("Certificates").fill(provider.certificate);
			await page.getByRole("button", { name: "Add", exact: true }).click();
			await page.getByText("Acme has been added.").waitFor();
			const metadata = await page.getByRole("textbox", { name: "Metadata" }).inputValue();
			await page.getByRole("button", { name: "Copy Metadata" }).waitFor();
			await look("saml-provider");
			expect(await provider.learn(metadata)).toContain("samlmetadata+xml");
			const opening = page.waitForEvent("popup");
			await page.getByRole("button", { name: "Try it" }).click();
			const tried = await opening;
			await tried.getByRole("button", { name: "Sign in at Acme" }).click();
			await tried.getByText("ada-for-ever").waitFor();
			await tried.getByText(username).first().waitFor();
			if (pictures) await tried.screenshot({ path: `${pictures}/saml-tried.png`, fullPage: true });
			await tried.close();
			const elsewhere = await browser.newContext({ locale: "en-GB" });
			const newcomer = await elsewhere.newPage();
			await newcomer.goto(inlay.demo.admin);
			await newcomer.getByRole("button", { name: "Sign in" }).click();
			await newcomer.getByRole("link", { name: "Continue with Acme" }).click();
			await newcomer.getByRole("button", { name: "Be somebody else" }).click();
			await newcomer.locator("#problem").waitFor();
			expect(await newcomer.locator("#problem").textContent()).toContain("Acme");
			if (pictures) await newcomer.screenshot({ path: `${pictures}/saml-refused.png`, fullPage: true });
			await newcomer.goto(inlay.demo.admin);
			await newcomer.getByRole("button", { name: "Sign in" }).click();
			await newcomer.getByRole("link", { name: "Continue with Acme" }).click();
			await newcomer.getByRole("button", { name: "Sign in at Acme" }).click();
			await newcomer.getByRole("heading", { name: "Home", level: 1 }).waitFor();
			await newcomer.getByRole("button", { name: "Account: Ada Admin" }).waitFor();
			await elsewhere.close();
		} finally {
			await provider.stop();
		}
	});

	it("changes one's own password, and stays signed in where the other tab does not", async () => {
		const other = await context.newPage();
		await enterConsole(other, inlay.demo, inlay.demo.users.admin.username, password);
		await other.getByRole("heading", { name: "Home", level: 1 }).waitFor();
		await ownAccount();
		await page.getByLabel("Password until now").fill("wrong");
		await page.getByLabel("New password").fill(newPassword);
		await page.getByRole("button", { name: "Change password" }).click();
		await page.getByText("That is not your password.").waitFor();
		await page.getByLabel("Password until now").fill(password);
		await page.getByLabel("New password").fill("Password1");
		await page.getByRole("button", { name: "Change password" }).click();
		await page.getByText("among those that are guessed first", { exact: false }).first().waitFor();
		await page.getByLabel("New password").fill(newPassword);
		await page.getByRole("button", { name: "Change password" }).click();
		await page.getByText("Your password has been changed.").waitFor();
		// Its page hears of it by itself.
		await other.getByText("Your session has ended.", { exact: false }).waitFor();
		await other.close();
	});

	it("sets a second factor up, which the next sign-in asks for", async () => {
		await page.getByLabel("Your password").fill(newPassword);
		await page.getByRole("button", { name: "Set up an authenticator app" }).click();
		secret = await page.getByRole("textbox", { name: "Key" }).inputValue();
		await page.getByLabel("Code from the app").fill("000000");
		await page.getByRole("button", { name: "Turn on" }).click();
		await page.getByText("That code is not right", { exact: false }).waitFor();
		await look("second-factor");
		await page.getByLabel("Code from the app").fill(code());
		await page.getByRole("button", { name: "Turn on" }).click();
		await page.getByText("From now on you are asked for a code", { exact: false }).waitFor();
		const codes = await page.getByRole("textbox", { name: "Recovery codes" }).inputValue();
		expect(codes.split("\n")).toHaveLength(10);
		await look("recovery-codes");
		await page.getByRole("button", { name: "I have kept them" }).click();
		const next = await context.newPage();
		await enterConsole(next, inlay.demo, inlay.demo.users.admin.username, newPassword);
		await next.getByRole("heading", { name: "Enter your code" }).waitFor();
		await next.getByText("I do not have my app at hand").click();
		await next.getByLabel("Recovery code").fill(codes.split("\n")[0] ?? "");
		await next.getByRole("button", { name: "Use recovery code" }).click();
		await next.getByRole("heading", { name: "Home", level: 1 }).waitFor();
		await next.close();
	});

	it("sets the rules for everybody", async () => {
		await page.getByRole("navigation").getByRole("link", { name: "Sign-in" }).click();
		await page.getByRole("heading", { name: "Sign-in", level: 1 }).waitFor();
		await page.getByLabel("Shortest length").fill("4");
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByText("Enter a number from 8 to 128.").waitFor();
		expect(await page.getByLabel("Shortest length").getAttribute("aria-invalid")).toBe("true");
		await page.getByLabel("Shortest length").fill("12");
		await page.getByLabel("Sign people out who do nothing").check();
		await page.getByLabel("Minutes without a request (5 to 480)").fill("45");
		await look("sign-in-rules");
		await page.getByRole("button", { name: "Save" }).click();
		const asked = page.getByRole("dialog", { name: "Save this?" });
		await asked.getByText("People who do nothing are signed out sooner.", { exact: false }).waitFor();
		await asked.getByRole("button", { name: "Save" }).click();
		await page.getByText("The rules of signing in have been saved.").waitFor();
		await page.reload();
		await page.getByRole("heading", { name: "Sign-in", level: 1 }).waitFor();
		expect(await page.getByLabel("Shortest length").inputValue()).toBe("12");
		expect(await page.getByLabel("Minutes without a request (5 to 480)").inputValue()).toBe("45");
	});

	it("gives somebody a password that they have to change, by these rules", async () => {
		await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
		await page.getByRole("link", { name: "Ben Agent" }).click();
		await page.getByRole("button", { name: "Set password" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("New password").fill("short one");
		await dialog.getByRole("button", { name: "Set password" }).click();
		await dialog.getByText("at least 12 characters", { exact: false }).first().waitFor();
		await dialog.getByLabel("New password").fill("given by the boss");
		await dialog.getByRole("button", { name: "Set password" }).click();
		await page.getByText("The password of Ben Agent has been set.").waitFor();
		await look("person");
		const guest = await browser.newContext({ locale: "en-GB" });
		const ben = await guest.newPage();
		await enterConsole(ben, inlay.demo, inlay.demo.users.agent2.username, "given by the boss");
		await ben.getByRole("heading", { name: "Choose a new password" }).waitFor();
		await ben.locator("#password").fill("chosen by Benjamin");
		await ben.locator("#submit").click();
		await ben.getByRole("button", { name: "Account: Ben Agent" }).waitFor();
		await guest.close();
	});
});
