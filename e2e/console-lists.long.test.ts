import type { MeasuredCall } from "@inlay/contract";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { type Api, apiOf } from "./support/api.ts";
import { enterConsole } from "./support/console-door.ts";
import { look } from "./support/console-look.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";

/** Lists of the console: what they show, and that they are where they were. */
describe("the console's lists", { timeout: 180_000 }, () => {
	let inlay: TestInlay;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let api: Api;

	beforeAll(async () => {
		[inlay, browser] = await Promise.all([startTestInlay(), launchChromium()]);
		context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		context.setDefaultTimeout(15_000);
		page = await context.newPage();
		const { username, password } = inlay.demo.users.admin;
		await enterConsole(page, inlay.demo, username, password);
		await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
		const kept = await page.evaluate(() => sessionStorage.getItem("inlay.console.token"));
		api = apiOf(inlay.baseUrl, JSON.parse(kept ?? "{}").accessToken);
	}, 120_000);

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	async function area(name: string): Promise<void> {
		await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name, exact: true }).click();
		await page.getByRole("heading", { name, level: 1 }).waitFor();
	}

	it("statuses could be made by scripts alone: added, ordered, switched off and deleted by an administrator", async () => {
		await area("Statuses");
		await page.getByText("No status of your own yet").waitFor();
		await look(page, "statuses-empty");
		await page.getByRole("button", { name: "Add status" }).click();
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("Enter a name in at least one language.").waitFor();
		await page.getByLabel("English", { exact: true }).fill("Tea");
		await page.getByLabel("German", { exact: true }).fill("Tee");
		await page.getByText("Agents see: Tea").first().waitFor();
		await look(page, "status-new");
		await page.getByRole("button", { name: "Create" }).press("Enter");
		await page.getByRole("heading", { name: "Tea", level: 1 }).waitFor();
		await page.getByText("“Tea” has been created.").waitFor();
		await api.call("POST", "/presence/definitions", { languageLabels: { en_US: "Gym" }, systemPresence: "Break" });
		await page.getByRole("link", { name: "All statuses", exact: false }).click();
		const rows = page.locator(".rows > li .row-main > a");
		await page.getByRole("link", { name: "Gym" }).waitFor();
		await expect.poll(() => rows.allInnerTexts()).toEqual(["Tea", "Gym"]);
		await page.getByRole("button", { name: "Move Gym up" }).press("Enter");
		await page.getByText("“Gym” has been moved.").waitFor();
		await expect.poll(() => rows.allInnerTexts()).toEqual(["Gym", "Tea"]);
		await look(page, "statuses");
		await page.getByRole("link", { name: "Tea" }).click();
		await page.getByLabel("Agents can choose it").uncheck();
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByText("“Tea” has been saved.").waitFor();
		const { entities } = await api.call("GET", "/presencedefinitions?pageSize=100");
		const own = entities.filter((one: { primary: boolean }) => !one.primary);
		expect(own.map((one: { name: string; deactivated: boolean }) => [one.name, one.deactivated])).toEqual([
			["Gym", false],
			["Tea", true],
		]);
		await page.getByRole("button", { name: "Delete status" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
		await page.getByText("“Tea” has been deleted.").waitFor();
	});

	it("calls with bad sound could not be found: who, when, on which side, how much, with what", async () => {
		await area("Call quality");
		await page.getByText("No such call was measured in this time.").waitFor();
		await look(page, "quality-empty");
		await measureCalls();
		await page.getByLabel("Time").selectOption({ label: "Last 7 days" });
		const call = page.locator(".rows > li").first();
		await call.getByText("Agent: 12 % lost").waitFor();
		await call.getByText("Figures").press("Enter");
		await call.getByText("Headset (USB)").waitFor();
		await look(page, "quality");
		await page.getByLabel("What was wrong").selectOption({ label: "Faint sound" });
		await page.getByText("No such call was measured in this time.").waitFor();
		expect(page.url()).toMatch(/#\/quality\?days=7&fault=faint$/);
		await page.goBack();
		await call.getByText("Agent: 12 % lost").waitFor();
		expect(await page.getByLabel("What was wrong").inputValue()).toBe("any");
	});

	/** Answers as the server does for a call that was measured; that it does is tested with its route. */
	async function measureCalls(): Promise<void> {
		const sound = { packets: 3000, lostPercent: 0.2, jitterMs: 4, levelDb: -30, silentSeconds: 3 };
		const call: MeasuredCall = {
			conversationId: "8d1fdf0a-3c0e-4c5c-8f5b-4a4b0d6f3a11",
			partId: "part-0001",
			userId: inlay.demo.users.agent.id,
			userName: "Ann Agent",
			remote: { name: "Carla Customer", address: "+13175550100" },
			queueName: "Support",
			startTime: new Date().toISOString(),
			dateModified: new Date().toISOString(),
			faults: ["received.loss", "sent.silent", "worst"],
			seconds: 63,
			received: { ...sound, lostPercent: 12 },
			sent: { packets: 0, lostPercent: 0, jitterMs: 0, silentSeconds: 61 },
			roundTripMs: 40,
			minMos: 2.4,
			browser: "Firefox 140, Linux",
			microphone: "Headset (USB)",
		};
		await page.route("**/api/inlay/v1/conversations/quality?*", (asked) => {
			const isWanted = new URL(asked.request().url()).searchParams.get("fault")?.includes("received.loss");
			const entities = isWanted ? [call] : [];
			return asked.fulfill({ json: { entities, total: entities.length } });
		});
	}

	it("people's and groups' search and page were lost on the way back, by a reload and in a link", async () => {
		const home = await api.call("GET", "/authorization/divisions/home");
		const ids: string[] = [];
		for (let index = 0; index < 60; index++) {
			const name = `Crowd ${String(index).padStart(3, "0")}`;
			const email = `${name.replace(" ", ".").toLowerCase()}@demo.inlay`;
			ids.push((await api.call("POST", "/users", { name, email, divisionId: home.id })).id);
		}
		await area("People");
		const search = page.getByLabel("Search by name, e-mail or user name");
		const pager = page.getByRole("navigation", { name: "Pages" });
		await search.fill("crowd");
		await pager.getByText("1 to 25 of 60").waitFor();
		await pager.getByRole("button", { name: "Next" }).click();
		await pager.getByText("26 to 50 of 60").waitFor();
		await page.getByRole("link", { name: "Crowd 030" }).click();
		await page.getByRole("heading", { name: "Crowd 030", level: 1 }).waitFor();
		await page.goBack();
		await pager.getByText("26 to 50 of 60").waitFor();
		await page.reload();
		await pager.getByText("26 to 50 of 60").waitFor();
		expect(await search.inputValue()).toBe("crowd");
		await page.goBack();
		await pager.getByText("1 to 25 of 60").waitFor();
		await page.getByRole("link", { name: "Crowd 007" }).click();
		await page.getByRole("link", { name: "All people", exact: false }).click();
		await pager.getByText("1 to 25 of 60").waitFor();
		await area("People");
		await page.getByRole("link", { name: "Ben Agent" }).waitFor();
		expect(await search.inputValue()).toBe("");
		const group = { name: "The crowd", type: "official", visibility: "public", rulesVisible: true, memberIds: ids };
		const { id } = await api.call("POST", "/groups", group);
		const other = await context.newPage();
		await other.goto(`${inlay.demo.admin}#/groups/${id}?text=crowd+05`);
		await other.evaluate((kept) => sessionStorage.setItem("inlay.console.token", kept ?? ""), await token());
		await other.reload();
		await other.getByRole("link", { name: "Crowd 055" }).waitFor();
		await expect.poll(() => other.getByRole("link", { name: /^Crowd 05/ }).count()).toBe(10);
		await other.getByLabel("Search members").fill("nobody like this");
		await other.getByText("Nobody matches “nobody like this”.").waitFor();
		await other.close();
	});

	it("where somebody works could be said by scripts alone: chosen among locations, kept, and gone with a location", async () => {
		const places: string[] = [];
		for (const name of ["Berlin", "Third floor"]) places.push((await api.call("POST", "/locations", { name })).id);
		const home = await api.call("GET", "/authorization/divisions/home");
		const { id } = await api.call("POST", "/users", {
			...{ name: "Pat Placed", email: "pat.placed@demo.inlay", divisionId: home.id },
		});
		await page.goto(`${inlay.demo.admin}#/people/${id}`);
		await page.getByText("No location is named.").waitFor();
		await page.getByLabel("Location to add").selectOption({ label: "Third floor" });
		await page.getByLabel("Location to add").selectOption({ label: "Berlin" });
		await page.getByRole("button", { name: "Remove Berlin" }).click();
		await page.getByLabel("Location to add").selectOption({ label: "Berlin" });
		await page.getByRole("button", { name: "Save" }).first().click();
		await page.getByText("“Pat Placed” has been saved.").waitFor();
		await look(page, "person-locations");
		const read = async () => (await api.call("GET", `/users/${id}?expand=locations`)).locations;
		expect(await read()).toMatchObject([{ id: places[1] }, { id: places[0] }]);
		await api.call("DELETE", `/locations/${places[1]}`);
		await page.reload();
		await page.getByRole("button", { name: "Remove Berlin" }).waitFor();
		expect(await page.getByRole("button", { name: "Remove Third floor" }).count()).toBe(0);
	});

	it("organizations outside could be seen by scripts alone: searched, changed by two at once, with their contacts, deleted", async () => {
		for (let index = 0; index < 30; index++)
			await api.call("POST", "/externalcontacts/organizations", { name: `Guild ${String(index).padStart(2, "0")}` });
		await area("External organizations");
		const search = page.getByRole("searchbox", { name: "Search by name" });
		await search.fill("guild");
		await page.getByRole("navigation", { name: "Pages" }).getByText("1 to 25 of 30").waitFor();
		await look(page, "organizations");
		await page.getByRole("button", { name: "Add organization" }).click();
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("Enter a name.").waitFor();
		await page.getByLabel("Name", { exact: true }).fill("Łódź Upholstery");
		await page.getByLabel("Phone", { exact: true }).fill("no number");
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("phoneNumber", { exact: false }).waitFor();
		await page.getByLabel("Phone", { exact: true }).fill("+49 30 123456");
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("Łódź Upholstery has been created.").waitFor();
		const id = decodeURIComponent(page.url().split("/organizations/")[1] ?? "");
		const contact = { firstName: "Carol", lastName: "Ross", externalOrganization: { id } };
		await api.call("POST", "/externalcontacts/contacts", contact);
		await page.reload();
		await page.getByRole("link", { name: "Carol Ross" }).waitFor();
		const kept = await api.call("GET", `/externalcontacts/organizations/${id}`);
		const theirs = { ...kept, industry: "Textiles", address: { city: "Kiel" } };
		await api.call("PUT", `/externalcontacts/organizations/${id}`, theirs);
		await page.getByLabel("Industry", { exact: true }).fill("Furniture");
		await page.getByLabel("Employees", { exact: true }).fill("12");
		await page.getByRole("button", { name: "Save" }).click();
		const dialog = page.getByRole("dialog", { name: "Somebody else saved meanwhile" });
		await dialog.getByText("Textiles").waitFor();
		await look(page, "organization-two-at-once");
		await dialog.getByRole("button", { name: "Keep my values" }).click();
		await page.getByText("Łódź Upholstery has been saved.").waitFor();
		await look(page, "organization");
		const both = { industry: "Furniture", employeeCount: 12, address: { city: "Kiel" } };
		expect(await api.call("GET", `/externalcontacts/organizations/${id}`)).toMatchObject(both);
		await page.getByRole("link", { name: "External organizations", exact: false }).last().click();
		await search.fill("lodz");
		await page.getByRole("link", { name: "Łódź Upholstery" }).click();
		await page.getByRole("button", { name: "Delete organization" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
		await page.getByText("Łódź Upholstery has been deleted.").waitFor();
		const { entities } = await api.call("GET", "/externalcontacts/contacts?q=carol%20ross");
		expect(
			entities.filter((one: { externalOrganization?: { id: string } }) => one.externalOrganization?.id === id),
		).toEqual([]);
	});

	it("a supervisor could write no script, or publish one that leads nowhere", async () => {
		await area("Scripts");
		await page.getByRole("button", { name: "Add script" }).click();
		await page.getByLabel("Name", { exact: true }).fill("Parcel lost");
		const add = page.getByRole("combobox", { name: "Add element" });
		await add.selectOption("text");
		await page.getByRole("textbox", { name: "Text", exact: true }).fill("Hello {{parcel}}");
		await page.getByText("The variable parcel is not known.").waitFor();
		await page.getByRole("button", { name: "Add variable" }).click();
		await page.getByRole("group", { name: "Unnamed" }).getByLabel("Name", { exact: true }).fill("parcel");
		await page.getByText("Nothing is wrong.").waitFor();
		await add.selectOption("button");
		await page.getByLabel("Label", { exact: true }).fill("Go on");
		const pressed = page.getByRole("group", { name: "When pressed" });
		await pressed.getByRole("combobox", { name: "Add step" }).selectOption("changePage");
		await page.getByRole("button", { name: "Create" }).click();
		const target = pressed.getByRole("combobox", { name: "Page", exact: true });
		await expect.poll(() => target.getAttribute("aria-invalid")).toBe("true");
		await target.selectOption({ label: "1" });
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByRole("heading", { name: "Parcel lost", level: 1 }).waitFor();
		await page.getByRole("button", { name: "Publish", exact: true }).click();
		await page.getByText("Parcel lost has been published as version 1.").waitFor();
		await page.getByText("Nothing has changed since version 1.").waitFor();
		await page.getByRole("textbox", { name: "Text", exact: true }).fill("Good day");
		await page.getByText("Save what you have changed, then publish.").waitFor();
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await page.getByText("Changed since version 1: 1").waitFor();
		await page.getByRole("button", { name: "Back to version 1" }).click();
		await expect
			.poll(() => page.getByRole("textbox", { name: "Text", exact: true }).inputValue())
			.toBe("Hello {{parcel}}");
		await look(page, "script");
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await page.getByText("Nothing has changed since version 1.").waitFor();
	});

	function token(): Promise<string | null> {
		return page.evaluate(() => sessionStorage.getItem("inlay.console.token"));
	}
});
