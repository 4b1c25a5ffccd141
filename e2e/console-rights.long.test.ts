import { needs } from "@inlay/console/needs";
import { bundledClientId } from "@inlay/contract";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { type Api, apiOf } from "./support/api.ts";
import { overflow } from "./support/axe.ts";
import { enterConsole } from "./support/console-door.ts";
import { look } from "./support/console-look.ts";
import { beyondScopes, consoleNeeds, serverNeeds } from "./support/console-needs.ts";
import { walkConsole } from "./support/console-walk.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { until } from "./support/until.ts";

const password = "Battery-Staple-77";

/** What the console offers to whom, and what it says before something is lost. */
describe("the console and the rights of who is signed in", { timeout: 180_000 }, () => {
	let inlay: TestInlay;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let api: Api;
	let north: { id: string };

	beforeAll(async () => {
		[inlay, browser] = await Promise.all([startTestInlay(), launchChromium()]);
		context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		context.setDefaultTimeout(15_000);
		page = await enter(context, inlay.demo.users.admin.username, inlay.demo.users.admin.password);
		await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
		const kept = await page.evaluate(() => sessionStorage.getItem("inlay.console.token"));
		api = apiOf(inlay.baseUrl, JSON.parse(kept ?? "{}").accessToken);
		north = await api.call("POST", "/authorization/divisions", { name: "North" });
	}, 120_000);

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	async function enter(where: BrowserContext, username: string, word: string): Promise<Page> {
		const at = await where.newPage();
		await enterConsole(at, inlay.demo, username, word);
		return at;
	}

	async function area(name: string, at = page): Promise<void> {
		await at.getByRole("navigation", { name: "Areas" }).getByRole("link", { name, exact: true }).click();
		await at.getByRole("heading", { name, level: 1 }).waitFor();
	}

	/** Somebody with a role of these permissions in a division. */
	async function person(
		name: string,
		permissions: string[],
		divisionId: string,
	): Promise<{ id: string; email: string }> {
		const email = `${name.toLowerCase().replace(/\W/g, "")}@demo.inlay`;
		const home = await api.call("GET", "/authorization/divisions/home");
		const wanted = { name, email, password, divisionId: divisionId === "*" ? home.id : divisionId };
		const { id } = await api.call("POST", "/users", wanted);
		const role = await api.call("POST", "/authorization/roles", { name: `Role of ${name}`, permissions });
		await api.call("POST", `/authorization/subjects/${id}/divisions/${divisionId}/roles/${role.id}`);
		return { id, email };
	}

	it("the console takes every action to need what the server's own description of it says", async () => {
		expect(consoleNeeds()).toEqual(await serverNeeds(inlay.baseUrl));
		const changing = [needs.addGroup, needs.editGroup, needs.deleteGroup].flatMap(({ permissions }) => permissions);
		expect(needs.viewGroups.permissions).toEqual(changing);
	});

	it("an administrator could set nothing up for which the console's client had no scope", async () => {
		const { scope } = await api.call("GET", `/oauth/clients/${bundledClientId}`);
		expect(scope.length).toBeGreaterThan(10);
		expect(await beyondScopes(inlay.baseUrl, scope)).toEqual([]);
		expect(await beyondScopes(inlay.baseUrl, ["user-basic-info"])).toContain("postOutboundCampaigns outbound");
	});

	it("makes a role, gives it in a division, and says who holds it", async () => {
		await area("Roles");
		await look(page, "roles");
		await page.getByRole("button", { name: "Add role" }).click();
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("Enter a name of 1 to 200 characters.").waitFor();
		await page.getByLabel("Name", { exact: true }).fill("agent");
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("“agent” is in use already.", { exact: false }).waitFor();
		await page.getByLabel("Name", { exact: true }).fill("Queue keepers");
		await page.getByLabel("Search permissions").fill("routing queue edit");
		await page.getByLabel("routing:queue:edit", { exact: false }).check();
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("“Queue keepers” has been created.").waitFor();
		await area("People");
		await page.getByRole("link", { name: "Ben Agent" }).click();
		await page.getByLabel("Role to give").selectOption({ label: "Queue keepers" });
		await page.getByLabel("Division", { exact: true }).selectOption({ label: "North" });
		await page.getByRole("button", { name: "Give role" }).click();
		await page.getByText("Ben Agent now holds Queue keepers.").waitFor();
		await look(page, "person-roles");
		await page.getByRole("link", { name: "Queue keepers" }).click();
		await page.getByRole("heading", { name: "Queue keepers", level: 1 }).waitFor();
		await page.getByText("Person · in the division North").waitFor();
		await look(page, "role");
	});

	it("says whom a change of a role gives and takes what, before it is made", async () => {
		await page.getByLabel("Search permissions").fill("routing:queue:");
		await page.getByLabel("routing:queue:edit", { exact: false }).uncheck();
		await page.getByLabel("routing:queue:delete", { exact: false }).check();
		await page.getByRole("button", { name: "Save" }).click();
		const dialog = page.getByRole("dialog", { name: "Change what “Queue keepers” allows?" });
		await dialog.getByText("1 person holds this role", { exact: false }).waitFor();
		await expect
			.poll(() => dialog.getByRole("listitem").allInnerTexts())
			.toEqual(["routing:queue:edit", "routing:queue:delete"]);
		await dialog.getByRole("button", { name: "Save" }).click();
		await page.getByText("“Queue keepers” has been saved.").waitFor();
	});

	it("a colleague's change of the role was overwritten by an old page", async () => {
		const [role] = (await api.call("GET", "/authorization/roles?name=Queue%20keepers")).entities;
		await api.call("PUT", `/authorization/roles/${role.id}`, { name: "Queue masters", version: role.version });
		await page.getByLabel("Name", { exact: true }).fill("Queue wardens");
		await page.getByLabel("Description").fill("typed meanwhile");
		await page.getByRole("button", { name: "Save" }).click();
		const dialog = page.getByRole("dialog", { name: "Somebody else saved meanwhile" });
		await dialog.waitFor();
		await expect
			.poll(() => dialog.getByRole("listitem").allInnerTexts())
			.toEqual([expect.stringMatching(/^Name\s+Mine\s+Queue wardens\s+Theirs\s+Queue masters$/)]);
		await dialog.getByRole("button", { name: "Take theirs" }).click();
		await page.getByText("“Queue masters” has been saved.").waitFor();
		expect(await page.getByLabel("Description").inputValue()).toBe("typed meanwhile");
	});

	it("takes the last administrator's role from nobody, and says what one would lose oneself", async () => {
		await page.goto(`${inlay.baseUrl}/admin/#/people/${inlay.demo.users.admin.id}`);
		await page.getByText("This is your own account.").waitFor();
		await page.getByRole("button", { name: "Take away Master Admin in every division" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByText("You will no longer be able to:", { exact: false }).waitFor();
		await dialog.getByText("change what roles allow").waitFor();
		await look(page, "self-loss");
		await dialog.getByText("Nobody would be left who is active and may do everything.", { exact: false }).waitFor();
		expect(await dialog.getByRole("button", { name: "Take away" }).isDisabled()).toBe(true);
		await page.keyboard.press("Escape");
		await page.getByLabel("Active: may sign in and work").uncheck();
		const account = page.locator("section", { has: page.getByRole("heading", { name: "Account", exact: true }) });
		await account.getByRole("button", { name: "Save", exact: true }).click();
		await page.getByRole("dialog").getByText("Somebody else has to activate you.", { exact: false }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByLabel("Active: may sign in and work").check();
	});

	it("adds somebody to a queue, shows where they are signed in, and ends it", async () => {
		const ben = inlay.demo.users.agent2;
		const guest = await browser.newContext({ locale: "en-GB" });
		const his = await enter(guest, ben.username, ben.password);
		await his.getByRole("button", { name: "Account: Ben Agent" }).waitFor();
		await page.goto(`${inlay.baseUrl}/admin/#/people/${ben.id}`);
		await page.getByRole("heading", { name: "Ben Agent", level: 1 }).waitFor();
		const [queue] = (await api.call("GET", `/users/${ben.id}/queues`)).entities;
		await page.getByRole("button", { name: `Remove from ${queue.name}` }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
		await page.getByText(`Ben Agent is no longer in ${queue.name}.`).waitFor();
		await page.getByLabel("Queue to add").selectOption({ label: queue.name });
		await page.getByRole("button", { name: "Add to the queue" }).click();
		await page.getByText(`Ben Agent is now in ${queue.name}.`).waitFor();
		await page.getByRole("button", { name: "Sign out everywhere" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
		await page.getByText("Signed in nowhere.").waitFor();
		// His page hears of it by itself.
		await his.getByText("Your session has ended.", { exact: false }).waitFor();
		await guest.close();
	});

	it("offered everything to somebody who may only look", async () => {
		const viewer = await person(
			"Vera Viewer",
			["integrations:integration:view", "oauth:client:view", "directory:user:view", "authorization:role:view"],
			"*",
		);
		const guest = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		const hers = await enter(guest, viewer.email, password);
		await hers.getByRole("heading", { name: "Home", level: 1 }).waitFor();
		const links = await hers.getByRole("navigation", { name: "Areas" }).getByRole("link").allInnerTexts();
		expect(links).toEqual(["Home", "Health", "Deployments", "OAuth clients", "People", "Roles", "Messages"]);
		for (const [name, add, needed] of [
			["Deployments", "Add integrations", "Integrations > Integration > Add in every division"],
			["OAuth clients", "Add client", "OAuth > Client > Add"],
			["People", "Add person", "Directory > User > Add"],
			["Messages", "Add address", "Integrations > Integration > Add in every division"],
			["Roles", "Add role", "Authorization > Role > Add in every division"],
		] as const) {
			await area(name, hers);
			await hers.locator(".rows").first().waitFor();
			expect(await hers.getByRole("button", { name: add }).count(), name).toBe(0);
			await hers.getByText(needed, { exact: false }).waitFor();
		}
		await hers.getByRole("link", { name: "Master Admin" }).click();
		await hers.getByText("Authorization > Role > Edit in every division", { exact: false }).waitFor();
		expect(await hers.getByLabel("Name", { exact: true }).isDisabled()).toBe(true);
		await look(hers, "read-only-role");
		await area("Deployments", hers);
		await hers.getByRole("main").getByRole("link").first().click();
		await hers.getByText("Integrations > Integration > Edit in every division", { exact: false }).waitFor();
		expect(await hers.getByLabel("Notes").isDisabled()).toBe(true);
		expect(await hers.getByRole("switch").count()).toBe(0);
		await look(hers, "read-only-deployment");
		await area("People", hers);
		await hers.getByRole("link", { name: "Ben Agent" }).click();
		await hers.getByText("Authorization > Grant > View in the division", { exact: false }).first().waitFor();
		expect(await hers.getByLabel("E-mail").isDisabled()).toBe(true);
		await look(hers, "read-only-person");
		await hers.goto(`${inlay.baseUrl}/admin/#/groups`);
		await hers.getByText("You may not see this").waitFor();
		await guest.close();
	});

	/** Searching, choosing what is shown, copying and saving what is seen change nothing. */
	const harmless =
		/^(input|select) (Search|Sort by|Find|Name, number|From day|To day|Who|Service|Kind of thing|Action|Outcome|Person|Deployment|In the 24 hours|ID of the conversation|Time|What was wrong|Agent)|^button (More of version|Copy|Save as|Export as|Check again|Look$|Start again$)/;

	async function walkAs(name: string, permissions: string[]) {
		const { email } = await person(name, permissions, "*");
		const guest = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		const refused: string[] = [];
		const walked = await walkConsole(await enter(guest, email, password), (what) => refused.push(what));
		await guest.close();
		const offered = walked.flatMap(({ place, usable }) =>
			usable.filter((one) => !harmless.test(one)).map((one) => `${place}: ${one}`),
		);
		return { places: walked.map(({ place }) => place), offered, refused };
	}

	it("whoever may only look could tick a deployment's isolation and manners, and was led to what is refused", async () => {
		const all = Object.entries(needs).filter(([action]) => action.startsWith("view"));
		const viewing = all.flatMap(([, { permissions }]) => permissions.filter((one) => one.endsWith(":view")));
		const { places, offered, refused } = await walkAs("Lou Looker", [...new Set(viewing)]);
		expect(places.length).toBeGreaterThan(30);
		expect(places).toContainEqual(expect.stringMatching(/^deployments\/./));
		expect({ offered, refused }).toEqual({ offered: [], refused: [] });
	});

	/** Permissions to see everything, and one more deed of everything: `add`, `edit` or `delete`. */
	function seeingAnd(deed: "add" | "edit" | "delete"): string[] {
		const all = Object.values(needs).flatMap(({ permissions }) => permissions);
		return [...new Set(all.filter((one) => one.endsWith(":view") || one.endsWith(`:${deed}`)))];
	}

	it.each([
		["add", /: button (Delete|Remove|Save)\b/],
		[
			"edit",
			/: button (Delete|Add (a |an )?(client|person|role|group|queue|deployment|integrations|address|location))\b/,
		],
		["delete", /: button (Save|Add |New )/],
	] as const)(
		"whoever may see everything and only %s was led to what is refused, or offered another deed",
		async (deed, others) => {
			const { places, offered, refused } = await walkAs(`Only ${deed}`, seeingAnd(deed));
			expect(places.length).toBeGreaterThan(30);
			expect(offered.length, "the deed itself is offered").toBeGreaterThan(0);
			expect({ others: offered.filter((one) => others.test(one)), refused }).toEqual({ others: [], refused: [] });
		},
	);

	it("who holds exactly oauth:client:add can add a client, and nothing else", async () => {
		const { email } = await person("Cleo Clients", ["oauth:client:add"], "*");
		const guest = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		const hers = await enter(guest, email, password);
		const refused: string[] = [];
		hers.on("response", (answer) => answer.status() === 403 && refused.push(answer.url()));
		const areas = hers.getByRole("navigation", { name: "Areas" }).getByRole("link");
		await areas.getByText("OAuth clients").waitFor();
		// The list's own address was closed to her, and led nowhere.
		await hers.goto(`${inlay.baseUrl}/admin/#/clients`);
		await hers.getByLabel("App name").waitFor();
		await areas.getByText("OAuth clients").click();
		expect(await areas.allInnerTexts()).toEqual(["Home", "OAuth clients"]);
		await hers.getByLabel("App name").fill("Made by Cleo");
		await hers.getByRole("button", { name: "Create", exact: true }).click();
		await hers.getByRole("heading", { name: "Made by Cleo", level: 1 }).waitFor();
		await hers.getByLabel("Client ID", { exact: true }).waitFor();
		expect(await hers.getByLabel("App name").isDisabled()).toBe(true);
		expect(refused).toEqual([]);
		await guest.close();
	});

	it("health and clients spoke to a division's administrator as if there were nothing but divisions of theirs", async () => {
		const permissions = [
			"integrations:integration:view",
			"directory:user:view",
			"oauth:client:view",
			"oauth:client:add",
		];
		const { email } = await person("Norma North", permissions, north.id);
		const guest = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		const hers = await enter(guest, email, password);
		await area("Health", hers);
		await hers.getByText("you lack the permission Directory > User > View and", { exact: false }).waitFor();
		await hers.getByText("Routing > Queue > View in every division", { exact: false }).waitFor();
		await area("OAuth clients", hers);
		await hers.getByText("OAuth > Client > Add in every division", { exact: false }).waitFor();
		expect(await hers.getByRole("button", { name: "Add client" }).count()).toBe(0);
		await hers.goto(`${inlay.baseUrl}/admin/#/deployments/new`);
		await hers.getByRole("heading", { name: "Deployments", level: 1 }).waitFor();
		await page.goto(`${inlay.baseUrl}/admin/#/deployments/new`);
		await page.getByRole("dialog").waitFor();
		await page.keyboard.press("Escape");
		await guest.close();
	});

	it("offered to an administrator of a division what goes beyond it", async () => {
		const permissions = [
			...["view", "add", "edit", "delete"].map((action) => `directory:user:${action}`),
			...["view", "add", "delete"].map((action) => `authorization:grant:${action}`),
			"authorization:role:view",
			"routing:queue:*",
		];
		const boss = await person("Nick North", permissions, north.id);
		const guest = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		const his = await enter(guest, boss.email, password);
		await area("People", his);
		await his.getByRole("button", { name: "Add person" }).click();
		await his.getByLabel("Name", { exact: true }).fill("Nina North");
		await his.getByLabel("E-mail").fill(inlay.demo.users.agent.username);
		await his.getByLabel("First password").fill(password);
		expect(await his.getByLabel("Master Admin").count()).toBe(0);
		await his.getByLabel("Queue masters").check();
		await his.getByRole("button", { name: "Add person" }).click();
		await his.getByText("is in use already", { exact: false }).waitFor();
		expect(await his.getByLabel("E-mail").getAttribute("aria-invalid")).toBe("true");
		await his.getByLabel("E-mail").fill("nina@demo.inlay");
		await his.getByRole("button", { name: "Add person" }).click();
		await his.getByRole("heading", { name: "Nina North", level: 1 }).waitFor();
		await his.getByText("in the division North", { exact: true }).first().waitFor();
		await look(his, "division-administrator");
		// The server puts what names no division into the home division, in which they may add nothing.
		await area("Queues", his);
		await his.getByRole("button", { name: "Add queue" }).click();
		await his.getByLabel("Name", { exact: true }).fill("North sales");
		await his.getByRole("button", { name: "Create" }).click();
		await his.getByRole("heading", { name: "North sales", level: 1 }).waitFor();
		await his.getByText("In the division North.").waitFor();
		await area("People", his);
		await his.getByRole("link", { name: "Ben Agent" }).click();
		await his
			.getByText("Directory > User > Edit or Directory > Organization > Admin in the division", { exact: false })
			.waitFor();
		expect(await his.getByLabel("E-mail").isDisabled()).toBe(true);
		await guest.close();
	});

	it("every page of the Arabic console could be pushed sideways", async () => {
		const guest = await browser.newContext({ locale: "ar", viewport: { width: 1280, height: 900 } });
		const at = await guest.newPage();
		const { username, password: word } = inlay.demo.users.admin;
		await at.goto(inlay.demo.admin);
		await at.locator(".way-in button").click();
		await at.locator("#username").fill(username);
		await at.locator("#password").fill(word);
		await at.locator("#submit").click();
		await at.locator("nav .areas a").first().waitFor();
		const links = await at
			.locator("nav .areas a")
			.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
		expect(links.length).toBeGreaterThan(20);
		const wide: string[] = [];
		for (const link of links) {
			await at.goto(`${inlay.baseUrl}/admin/${link}`);
			await at.locator("main h1").waitFor();
			if ((await overflow(at)) > 0) wide.push(link);
		}
		expect(wide).toEqual([]);
		await guest.close();
	});

	it("says which deployments lose their sign-in, and who their panel", async () => {
		const client = await api.call("POST", "/oauth/clients", {
			name: "Named client",
			authorizedGrantType: "TOKEN",
			registeredRedirectUri: ["https://crm.example/"],
		});
		const made = await api.call("POST", "/integrations", {
			name: "Named deployment",
			integrationType: { id: "private-embeddable-framework" },
		});
		const path = `/integrations/${made.id}/config/current`;
		const read = await api.call("GET", path);
		const [group] = (await api.call("GET", "/groups")).entities;
		const frameworkJs = `window.Framework = { config: { clientIds: { x: "${client.id}" } }, initialSetup() {} };`;
		await api.call("PUT", path, { ...read, properties: { ...read.properties, frameworkJs, groups: [group.id] } });
		await api.call("PATCH", `/integrations/${made.id}`, { intendedState: "ENABLED" });
		await page.goto(`${inlay.baseUrl}/admin/#/clients/${client.id}`);
		await page.getByLabel("Enabled").uncheck();
		await page.getByRole("button", { name: "Save" }).click();
		const dialog = page.getByRole("dialog", { name: "Disable “Named client”?" });
		await dialog.getByRole("listitem").getByText("Named deployment").waitFor();
		await look(page, "disable-client");
		await dialog.getByRole("button", { name: "Cancel" }).click();
		await page.goto(`${inlay.baseUrl}/admin/#/deployments/${made.id}`);
		await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Leave" }).click();
		await page.getByRole("switch", { name: "State of Named deployment" }).click();
		const asked = page.getByRole("dialog", { name: "Deactivate “Named deployment”?" });
		await asked.getByText(`${group.name} (${group.memberCount} members)`).waitFor();
		await asked.getByRole("button", { name: "Deactivate" }).click();
		await page.getByText("“Named deployment” is inactive", { exact: false }).waitFor();
		await page.goto(`${inlay.baseUrl}/admin/#/groups/${group.id}`);
		await page.getByRole("button", { name: "Delete group" }).click();
		await page.getByRole("dialog").getByRole("listitem").getByText("Named deployment").waitFor();
		await page.keyboard.press("Escape");
	});

	it("walks a crowd a page at a time, by keyboard", async () => {
		const home = await api.call("GET", "/authorization/divisions/home");
		const names = Array.from({ length: 60 }, (_, index) => `Crowd ${String(index).padStart(3, "0")}`);
		for (const name of names) {
			const email = `${name.replace(" ", ".").toLowerCase()}@demo.inlay`;
			await api.call("POST", "/users", { name, email, divisionId: home.id });
		}
		let largest = 0;
		page.on("response", async (answer) => {
			if (!/users\/search|\/users\?/.test(answer.url())) return;
			const body = await answer.json().catch(() => ({}));
			largest = Math.max(largest, (body.results ?? body.entities ?? []).length);
		});
		await area("People");
		await page.getByLabel("Search by name, e-mail or user name").fill("crowd");
		const pager = page.getByRole("navigation", { name: "Pages" });
		await pager.getByText("1 to 25 of 60").waitFor();
		await look(page, "people-paged");
		await pager.getByRole("button", { name: "Next" }).press("Enter");
		await pager.getByText("26 to 50 of 60").waitFor();
		await page.getByRole("link", { name: "Crowd 030" }).waitFor();
		await page.getByLabel("Search by name, e-mail or user name").fill("crowd 059");
		await page.getByRole("link", { name: "Crowd 059" }).waitFor();
		await until("one is left", async () => (await page.locator(".rows > li").count()) === 1);
		expect(largest).toBeLessThanOrEqual(25);
		await page.getByLabel("Search by name, e-mail or user name").fill("nobody like this");
		await page.getByText("Nobody matches “nobody like this”.").waitFor();
	});
});
