import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { accessibilityProblems, overflow } from "./support/axe.ts";
import { enterConsole } from "./support/console-door.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";

/** Where the pictures go that a person looks at; none are taken without it. */
const pictures = process.env.INLAY_PICTURES;

/** Tells its page that it is there, and answers what it is asked. */
const tellingScript = `window.Framework = {
	config: { name: "tried", clientIds: {}, settings: {} },
	initialSetup: function () {
		var page = new URLSearchParams(location.search).get("crm_domain");
		window.parent.postMessage(JSON.stringify({ type: "tried" }), page);
		window.addEventListener("message", function (event) {
			if (event.source === window.parent && event.origin === page && event.data.indexOf("question") > 0)
				window.parent.postMessage({ type: "answer" }, page);
		});
	},
	screenPop: function () {}, processCallLog: function () {}, openCallLog: function () {}
};`;

/** The administrator's console, by mouse and keyboard, in a browser against a server of its own. */
describe("the console", { timeout: 120_000 }, () => {
	let inlay: TestInlay;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	const errors: string[] = [];

	beforeAll(async () => {
		[inlay, browser] = await Promise.all([startTestInlay(), launchChromium()]);
		context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		context.setDefaultTimeout(15_000);
		page = await context.newPage();
		page.on("pageerror", (error) => errors.push(error.message));
		page.on(
			"console",
			(message) => message.type() === "error" && errors.push(`${message.text()} ${message.location().url}`),
		);
		await signIn();
	}, 120_000);

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	async function signIn(): Promise<void> {
		await page.goto(inlay.demo.admin);
		await picture("sign-in");
		const { username, password } = inlay.demo.users.admin;
		await enterConsole(page, inlay.demo, username, password);
		await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
	}

	async function picture(name: string): Promise<void> {
		if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
	}

	async function area(name: string): Promise<void> {
		// On a narrow page the areas wait behind a button.
		const areas = page.getByRole("button", { name: "Areas" });
		if (await areas.isVisible()) await areas.click();
		await page.getByRole("navigation").getByRole("link", { name }).click();
		await page.getByRole("heading", { name, level: 1 }).waitFor();
	}

	it("keeps no code and no token in the address", () => {
		expect(page.url()).toBe(`${inlay.baseUrl}/admin/`);
	});

	it("walks the configuration guide's path", async () => {
		await area("OAuth clients");
		await page.getByRole("button", { name: "Add client" }).click();
		await page.getByLabel("App name").fill("Dynamics connector");
		await page.getByLabel("Grant type").selectOption("TOKEN");
		await expect.poll(() => page.getByLabel("Token duration in seconds").inputValue()).toBe("64800");
		await picture("client-new");
		await page.getByRole("button", { name: "Create" }).click();
		const clientId = await page.getByRole("textbox", { name: "Client ID" }).inputValue();
		expect(clientId).toMatch(/^[0-9a-f-]{36}$/);
		await page.waitForURL(`**/admin/#/clients/${clientId}`);

		await area("Groups");
		await page.getByRole("button", { name: "Add group" }).click();
		await page.getByLabel("Name of the group").fill("Dynamics agents");
		await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
		await page.getByLabel("Person to add").selectOption(inlay.demo.users.agent.id);
		await page.getByRole("button", { name: "Add", exact: true }).click();
		await page.getByText("is now in “Dynamics agents”").waitFor();
		await picture("group");

		await area("Deployments");
		await page.getByRole("button", { name: "Add integrations" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Search integrations").fill("private");
		await dialog.getByText("1 of 5 in use.").waitFor();
		await expect.poll(() => dialog.getByRole("listitem").count()).toBe(1);
		await dialog.getByRole("button", { name: "Install Private Embeddable Framework" }).click();
		const name = dialog.getByRole("textbox", { name: "Name" });
		await name.fill("demo crm");
		await dialog.getByRole("button", { name: "Use “demo crm 2”" }).waitFor();
		await name.fill("Dynamics");
		await dialog.getByLabel("Make an OAuth client for it").uncheck();
		await dialog.getByRole("button", { name: "Install", exact: true }).click();
		await page.getByRole("heading", { name: "Dynamics", level: 1 }).waitFor();

		const script = `window.Framework = {\n  config: { name: "Dynamics", clientIds: { x: "${clientId}" } },\n  initialSetup() {},\n};\n`;
		const upload = page.getByLabel("Upload a file");
		await upload.setInputFiles({
			name: "framework.js",
			mimeType: "text/javascript",
			buffer: Buffer.from(`${script}\n(`),
		});
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await page.getByRole("button", { name: "Go to line" }).first().waitFor();
		await picture("script-refused");
		await upload.setInputFiles({ name: "framework.js", mimeType: "text/javascript", buffer: Buffer.from(script) });
		await page.getByText("Agents sign in with “Dynamics connector”, which framework.js names.").waitFor();
		await page.getByLabel(/^Dynamics agents/).check();
		await page.getByRole("textbox", { name: "Embedding pages", exact: true }).fill("https://dynamics.example");
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await page.getByText("Saved. Version 1 of framework.js is everybody's now.").waitFor();
		await page.getByRole("switch", { name: "State of Dynamics" }).click();
		await page.getByText("“Dynamics” is active.").waitFor();

		await picture("deployment");
		const here = page.url();
		await page.getByRole("link", { name: "Open the permission explorer" }).click();
		await page.getByLabel("Person", { exact: true }).selectOption(inlay.demo.users.agent.id);
		await page.getByText("The panel of “Dynamics” opens for Anna Agent.").waitFor();
		expect(await page.locator("tr[data-feature]").count()).toBe(16);
		await page.getByLabel("Person", { exact: true }).selectOption(inlay.demo.users.agent2.id);
		await page.getByText("Not a member of any chosen group.", { exact: false }).waitFor();
		await picture("explorer");
		await page.goto(here);

		const address = await page.getByRole("textbox", { name: "Address" }).inputValue();
		const id = new URL(address).searchParams.get("deployment");
		const boot = await (await fetch(`${inlay.panelUrl}/crm/boot.json?deployment=${id}`)).json();
		expect(boot).toMatchObject({ deployment: { name: "Dynamics", active: true }, script: { version: 1 } });
		expect(boot.hosts).toContain("https://dynamics.example");
		const signin = await (
			await fetch(`${inlay.panelUrl}/crm/signin.json?deployment=${id}&clientId=${clientId}`)
		).json();
		expect(signin).toMatchObject({ clientId, grant: "token" });
	});

	it("lost what was typed into a form when another area was clicked", async () => {
		await area("OAuth clients");
		await page.getByRole("button", { name: "Add client" }).click();
		await page.getByLabel("App name").fill("Half typed");
		await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
		const asked = page.getByRole("dialog", { name: "Leave without saving?" });
		await asked.getByRole("button", { name: "Stay here" }).click();
		await expect.poll(() => page.getByLabel("App name").inputValue()).toBe("Half typed");
		expect(page.url()).toContain("#/clients/new");
		await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
		await asked.getByRole("button", { name: "Leave" }).click();
		await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
	});

	it("lost the name of a skill, label or language that was typed and not added yet, and said elsewhere why one was refused", async () => {
		await area("Routing");
		const label = page.getByLabel("New label", { exact: true });
		await label.fill("[odd]");
		const section = page.locator("section", { has: label });
		await section.getByRole("button", { name: "Add", exact: true }).click();
		await expect.poll(() => label.getAttribute("aria-invalid")).toBe("true");
		await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
		const asked = page.getByRole("dialog", { name: "Leave without saving?" });
		await asked.getByRole("button", { name: "Stay here" }).click();
		expect(await label.inputValue()).toBe("[odd]");
		await label.fill("");
		await area("People");
	});

	it("adds a person, who may use the panel once they have the role", async () => {
		await area("People");
		await page.getByRole("button", { name: "Add person" }).click();
		await page.getByLabel("Name", { exact: true }).fill("Nora New");
		await page.getByLabel("E-mail").fill("nora@demo.inlay");
		await page.getByRole("button", { name: "Add person" }).click();
		await expect.poll(() => page.getByLabel("First password").getAttribute("aria-invalid")).toBe("true");
		await page.getByLabel("First password").fill("a first password");
		await page.getByRole("button", { name: "Add person" }).click();
		await page.getByRole("heading", { name: "Nora New", level: 1 }).waitFor();
		await page.getByLabel("Dynamics agents").check();
		await page.getByText("Nora New is now in “Dynamics agents”.").waitFor();
		await openDeployment("Dynamics");
		await page.getByRole("link", { name: "Open the permission explorer" }).click();
		await page.getByLabel("Person", { exact: true }).selectOption({ label: "Nora New (nora@demo.inlay)" });
		await page.getByText("The panel of “Dynamics” does not open for Nora New:").waitFor();
		await page
			.getByRole("button", { name: /^Give .*Embeddable Framework/ })
			.first()
			.click();
		const dialog = page.getByRole("dialog");
		const agent = dialog.getByRole("option", { name: /^Agent \(/ });
		await dialog.getByLabel("Role").selectOption((await agent.getAttribute("value")) ?? "");
		await dialog.getByRole("button", { name: "Give" }).click();
		await page.getByText("Nora New has the role “Agent” now.").waitFor();
		await page.getByText("The panel of “Dynamics” opens for Nora New.").waitFor();
	});

	it("one arrow key in the license's select took the panel away, and the list said that she may use it", async () => {
		await area("People");
		const row = page.getByRole("listitem").filter({ hasText: "Nora New" });
		await row.getByText("May use the panel").waitFor();
		const sent: string[] = [];
		page.on("request", (request) => {
			if (request.method() === "POST" && request.url().endsWith("/license/organization")) sent.push(request.url());
		});
		await row.getByRole("link", { name: "Nora New" }).click();
		const license = page.locator("section", { has: page.getByRole("heading", { name: "License", exact: true }) });
		const save = license.getByRole("button", { name: "Save" });
		expect(await save.isDisabled()).toBe(true);
		await license.getByRole("combobox").focus();
		await page.keyboard.press("ArrowUp");
		await license
			.getByText("With this license the panel closes for Nora New, once they have nothing in hand.")
			.waitFor();
		await picture("license");
		expect([await license.getByRole("combobox").inputValue(), sent.length]).toEqual(["collaborate", 0]);
		await save.click();
		await page.getByText("The license of Nora New has been saved.").waitFor();
		await expect.poll(() => save.isDisabled()).toBe(true);
		expect(sent).toHaveLength(1);
		await area("People");
		await row.waitFor();
		await expect.poll(() => row.getByText("May use the panel").count()).toBe(0);
	});

	it("adds redirect URIs that a client lacks", async () => {
		await area("OAuth clients");
		await page.getByRole("button", { name: "Add client" }).click();
		await page.getByLabel("App name").fill("Half a client");
		await page.getByLabel("Authorized redirect URIs").fill("https://elsewhere.example/");
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("“Half a client” has been created.").waitFor();
		await openDeployment("Dynamics");
		await page.getByRole("button", { name: "Open in the editor: version 1" }).waitFor();
		// As a person would: to fill it at once selects before the editor knows that it has the focus.
		const script = page.getByLabel("Text of framework.js");
		await script.click();
		await expect.poll(() => script.evaluate((editor) => editor.matches(":focus"))).toBe(true);
		await page.keyboard.press("ControlOrMeta+A");
		await page.keyboard.insertText("window.Framework = { config: {}, initialSetup() {} };");
		await expect.poll(() => script.innerText()).not.toContain("clientIds");
		await page.getByLabel("OAuth client to fall back on").selectOption({ label: "Half a client" });
		await page.getByText("does not allow the panel’s address as a redirect URI", { exact: false }).waitFor();
		await page.getByRole("button", { name: "Add the missing redirect URIs" }).click();
		await page.getByText("Its redirect URIs and scopes are what the panel needs.").waitFor();
		await page.getByRole("button", { name: "Save", exact: true }).click();
		const whom = page.getByRole("dialog", { name: "Save it for everybody at once?" });
		await whom.getByText("Dynamics agents (2 members)").waitFor();
		await whom.getByText("0 agents have its panel open now.", { exact: true }).waitFor();
		await picture("save-at-once");
		await whom.getByRole("button", { name: "Save" }).click();
		await page.getByText("Saved. Version 2 of framework.js is everybody's now.").waitFor();
		await page.getByRole("button", { name: "Go back to it: version 1" }).click();
		const asked = page.getByRole("dialog", { name: "Go back to version 1?" });
		await asked.getByText("Dynamics agents (2 members)").waitFor();
		await asked.getByRole("button", { name: "Go back to it" }).click();
		await page.getByText("What version 1 says is in effect again.").waitFor();
		await page.getByRole("listitem").filter({ hasText: "Version 3" }).getByText("Everybody has it").waitFor();
	});

	it("a client whose authorization was revoked was called what the panel needs", async () => {
		await area("Applications");
		await page.getByRole("link", { name: "Dynamics connector" }).click();
		await page.getByRole("button", { name: "Revoke" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
		await page.getByText("“Dynamics connector” has been revoked.").waitFor();
		await openDeployment("Dynamics");
		await page.getByText("“Dynamics connector” has not been authorized", { exact: false }).waitFor();
		await area("Health");
		await page.getByText("“Dynamics connector” has not been authorized", { exact: false }).waitFor();
		await page.getByRole("main").getByRole("link", { name: "Open Dynamics connector" }).click();
		await page.getByRole("button", { name: "Authorize" }).click();
		await openDeployment("Dynamics");
		await page.getByText("Its redirect URIs and scopes are what the panel needs.").waitFor();
	});

	it("loses nobody's entries when two save at once, and keeps a draft over a reload", async () => {
		await openDeployment("Dynamics");
		await page.getByLabel("Notes").fill("mine");
		const other = await context.newPage();
		await other.goto(page.url());
		// A tab of its own has a token of its own: sign-in is per tab.
		await other.getByRole("button", { name: "Sign in" }).click();
		await other.locator("#username").fill(inlay.demo.users.admin.username);
		await other.locator("#password").fill(inlay.demo.users.admin.password);
		await other.locator("#submit").click();
		await other.getByRole("heading", { name: "Dynamics", level: 1 }).waitFor();
		await other.getByLabel("Notes").fill("theirs");
		await other.getByRole("textbox", { name: "Name", exact: true }).fill("Dynamics 365");
		await other.getByRole("button", { name: "Save", exact: true }).click();
		await other.getByText("Saved.", { exact: true }).waitFor();
		await other.close();

		page.once("dialog", (asked) => void asked.accept());
		await page.reload();
		await page.getByRole("heading", { name: "Dynamics 365", level: 1 }).waitFor();
		expect(await page.getByLabel("Notes").inputValue()).toBe("mine");
		await page.getByRole("button", { name: "Save", exact: true }).click();
		const dialog = page.getByRole("dialog", { name: "Somebody else saved meanwhile" });
		await dialog.waitFor();
		await expect
			.poll(() => dialog.getByRole("listitem").allInnerTexts())
			.toEqual([expect.stringMatching(/^Notes\s+Mine\s+mine\s+Theirs\s+theirs$/)]);
		await picture("conflict");
		await dialog.getByRole("button", { name: "Keep my values" }).click();
		await page.getByText("Saved.", { exact: true }).waitFor();
		expect(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("Dynamics 365");
		expect(await page.getByLabel("Notes").inputValue()).toBe("mine");
	});

	it.each(["light", "dark"] as const)(
		"has no accessibility violations and fits 300 pixels, %s",
		async (colorScheme) => {
			await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
			for (const name of ["Deployments", "OAuth clients", "People", "Groups", "Roles"]) {
				await area(name);
				await page.locator(".rows").first().waitFor();
				expect({ name, found: await accessibilityProblems(page) }).toEqual({ name, found: [] });
				await picture(`${name}-${colorScheme}`);
			}
			await openDeployment("Dynamics 365");
			await page
				.getByRole("button", { name: /^Open in the editor/ })
				.first()
				.waitFor();
			expect(await accessibilityProblems(page)).toEqual([]);
			await picture(`deployment-${colorScheme}`);
			await page.setViewportSize({ width: 300, height: 640 });
			await picture(`deployment-narrow-${colorScheme}`);
			expect(await overflow(page)).toBe(0);
			await area("OAuth clients");
			await picture(`clients-narrow-${colorScheme}`);
			await page.setViewportSize({ width: 1280, height: 900 });
		},
	);

	it("a script could be tried only in agents' panels: one administrator has it, beside a page that shows what it says", async () => {
		await openDeployment(inlay.demo.deployment.name);
		await page
			.locator("main input[type=file]")
			.first()
			.setInputFiles({
				name: "framework.js",
				mimeType: "text/javascript",
				buffer: Buffer.from(tellingScript),
			});
		await page.getByRole("button", { name: "Release to groups first" }).first().click();
		await page.getByLabel("Only me, to try it first").check();
		await page.getByRole("dialog").getByRole("button", { name: "Try it" }).click();
		await page.getByText("is tried by one administrator alone").waitFor();
		const [crm] = await Promise.all([context.waitForEvent("page"), page.locator("[data-test-crm]").click()]);
		const panel = crm.frameLocator("iframe");
		const { username, password } = inlay.demo.users.admin;
		await panel.locator("#username").fill(username);
		await panel.locator("#password").fill(password);
		await panel.locator("#submit").click();
		const said = (type: string, from: string) => crm.locator(`li[data-type="${type}"][data-from="${from}"]`);
		await said("tried", "panel").waitFor();
		await crm.getByLabel("Message to the panel, in JSON").fill('{"type": "question"}');
		await crm.getByRole("button", { name: "Send" }).click();
		await said("question", "page").waitFor();
		await said("answer", "panel").waitFor();
		expect(await accessibilityProblems(crm)).toEqual([]);
		await crm.close();
		await page.getByRole("button", { name: "Withdraw" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
		await page.getByText("is tried by one administrator alone").waitFor({ state: "detached" });
	});

	it("deletes a deployment after a question", async () => {
		await area("Deployments");
		await page.getByRole("button", { name: "Actions for Dynamics 365" }).click();
		await page.getByRole("menuitem", { name: "Delete" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
		await page.getByText("“Dynamics 365” has been deleted.").waitFor();
		await page.getByRole("link", { name: "Dynamics 365" }).waitFor({ state: "detached" });
	});

	it("signs out: the token is worth nothing afterwards", async () => {
		const kept = await page.evaluate(() => sessionStorage.getItem("inlay.console.token"));
		const { accessToken } = JSON.parse(kept ?? "{}");
		await page.getByRole("button", { name: /^Account:/ }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		await page.getByRole("heading", { name: "Administer Inlay" }).waitFor();
		const answer = await fetch(`${inlay.baseUrl}/api/v2/users/me`, {
			headers: { authorization: `Bearer ${accessToken}` },
		});
		expect(answer.status).toBe(401);
		expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
	});

	it("ran without errors in the page", () => {
		// The browser reports answers of 4xx, which the refused script and the conflict are.
		expect(errors.filter((text) => !/status of (400|409)/.test(text))).toEqual([]);
	});

	async function openDeployment(name: string): Promise<void> {
		await area("Deployments");
		await page.getByRole("link", { name, exact: true }).click();
		await page.getByRole("heading", { name, level: 1 }).waitFor();
	}
});
