import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { bothHear as allHear } from "./support/both-hear.ts";
import { CustomerDesk, continueAs } from "./support/demo-pages.ts";
import { serveHostPage } from "./support/host-page.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const agentHz = 1250;
const customerHz = 700;
const heard = -45;

/**
 * The embedding page is of another site than the panel, in a browser context that gives such frames neither storage nor
 * ordinary cookies: a private window, or third-party data switched off.
 */
describe("a panel whose frame has no storage", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let context: BrowserContext;
	let host: { url: string; close(): void };
	let page: Page;
	let customer: CustomerDesk;

	beforeAll(async () => {
		inlay = await startTestInlay();
		browser = await launchChromium();
		const panel = new URL(inlay.demo.deployment.url);
		panel.searchParams.set("login_hint", inlay.demo.users.agent.username);
		host = await serveHostPage("127.0.0.1", panel.href);
		context = await browser.newContext();
		await giveTone(context, agentHz);
		page = await context.newPage();
	});

	afterAll(async () => {
		await browser?.close();
		host?.close();
		await inlay?.stop();
	});

	const panel = () => page.frameLocator("iframe");
	const frame = (): Promise<Frame> =>
		until("the panel's frame is there", () =>
			page.frames().find((each) => each.url().startsWith(`${inlay.demo.panel}/crm/`)),
		);

	it("signs in", async () => {
		await page.goto(host.url);
		await continueAs(panel(), inlay.demo.users.agent.username);
		await panel().locator("[data-status]").first().waitFor();
		const storage = await (await frame()).evaluate(() => {
			const inner = document.body.appendChild(document.createElement("iframe"));
			try {
				return String(inner.contentWindow?.sessionStorage.length);
			} catch {
				return "blocked";
			} finally {
				inner.remove();
			}
		});
		expect(storage).toBe("blocked");
	});

	it("a script that keeps something in storage fell over: it is kept as long as the page", async () => {
		const kept = () => {
			const before = localStorage.getItem("view");
			localStorage.setItem("view", "open");
			sessionStorage.setItem("view", "open");
			return [before, localStorage.getItem("view"), sessionStorage.getItem("view")];
		};
		expect(await (await frame()).evaluate(kept)).toEqual([null, "open", "open"]);
		expect(await (await frame()).evaluate(kept)).toEqual(["open", "open", "open"]);
	});

	it("keeps two cookies, which no script and no other site can see", async () => {
		await until("the panel's cookie is there", async () => panelCookie(await context.cookies()));
		const cookies = await context.cookies();
		expect(cookies.map(({ name }) => name).sort()).toEqual(["__Host-inlay-session", "__Host-inlay_panel"]);
		for (const kept of cookies) {
			expect(kept).toMatchObject({ httpOnly: true, secure: true, sameSite: "None", path: "/" });
			expect(kept).toHaveProperty("partitionKey", "http://127.0.0.1");
		}
	});

	it("a token without a refresh token was never renewed: the browser's session brings another, in another site's frame too", async () => {
		const token = new URLSearchParams({ grant_type: "urn:inlay:sign-in-session", token: await panelToken() });
		const renewed = (credentials: RequestCredentials) => (panel: Frame) =>
			panel.evaluate(
				async ({ url, body, credentials }) => {
					const answer = await fetch(url, { method: "POST", body: new URLSearchParams(body), credentials });
					return (await answer.json()) as { access_token?: string; error?: string };
				},
				{ url: `${inlay.demo.api}/oauth/token`, body: token.toString(), credentials },
			);
		expect((await renewed("include")(await frame())).access_token).toMatch(/^[\w-]{43}$/);
		expect((await renewed("omit")(await frame())).error).toBe("login_required");
	});

	it("takes a call", async () => {
		await panel().locator("[data-go-on-queue]").click();
		const caller = await browser.newContext();
		await giveTone(caller, customerHz);
		customer = new CustomerDesk(await caller.newPage());
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await panel().locator('[data-call-control="pickup"]').first().click();
		await bothHear();
	});

	it("has its sound back after the frame is reloaded, without a new sign-in", async () => {
		const gone = Date.now();
		await (await frame()).evaluate(() => location.reload());
		await silence();
		await bothHear();
		console.info(`sound back after reloading the frame: ${Date.now() - gone} ms`);
	});

	it("has its sound back after the embedding page is reloaded, without a new sign-in", async () => {
		const signIns: string[] = [];
		page.on("request", (request) => {
			// The panel trades the token that it has for its own, whatever it has stored (decision 33).
			const isTrade = request.postData()?.includes("token-exchange");
			if (request.url().includes("/oauth/") && !isTrade) signIns.push(request.url());
		});
		const gone = Date.now();
		await page.reload();
		await bothHear();
		console.info(`sound back after reloading the embedding page: ${Date.now() - gone} ms`);
		expect(signIns).toEqual([]);
	});

	it("forgets the agent who signs out", async () => {
		await panel().locator('[data-call-control="disconnect"]').first().click();
		// Until the call is over, whoever signs out is asked about it.
		await panel().locator('[data-call-control="disconnect"]').first().waitFor({ state: "detached" });
		await panel().locator(".header-menu button").click();
		await panel().getByRole("menuitem", { name: "Sign out" }).click();
		await panel().getByRole("button", { name: "Sign in" }).waitFor();
		await until("the cookie is gone", async () => !panelCookie(await context.cookies()));
	});

	const panelCookie = (cookies: Array<{ name: string }>) => cookies.find(({ name }) => name === "__Host-inlay_panel");

	/** As the panel gets it after a reload. */
	async function panelToken(): Promise<string> {
		return (await frame()).evaluate(async () => {
			const deployment = new URLSearchParams(location.search).get("deployment") ?? "";
			const url = `/crm/session?${new URLSearchParams({ deployment })}`;
			const answer = await fetch(url, { headers: { "inlay-panel": "1" } });
			return ((await answer.json()) as { accessToken: string }).accessToken;
		});
	}

	async function silence(): Promise<void> {
		await until("the frame is away", async () => !(await hears(heardLevel(customer.page, agentHz))), 40_000, 5);
	}

	/** Survives pages that are just being loaded. */
	function bothHear(): Promise<void> {
		return allHear(
			async () => heardLevel(await frame(), customerHz),
			() => heardLevel(customer.page, agentHz),
		);
	}

	const hears = (level: Promise<number>) => level.then((found) => found > heard).catch(() => false);
});
