import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { panelClientId } from "@inlay/contract";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { CrmDesk, CustomerDesk, continueAs, takePictures } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone } from "./support/tone-page.ts";

const clockStepper = new URL("./support/clock-step.mjs", import.meta.url).href;
const dayMs = 24 * 3_600_000;

/** A real session in the CRM, whose server's clock is set forward by a day. */
describe("a sign-in that ends in the middle of the work", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let folder: string;
	let agent: CrmDesk;
	let customer: CustomerDesk;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "inlay-clock-"));
		inlay = await startTestInlay({
			env: { INLAY_CLOCK_STEP: join(folder, "step") },
			nodeFlags: ["--import", clockStepper],
		});
		browser = await launchChromium();
		const context = await browser.newContext();
		await giveTone(context, 1250);
		agent = new CrmDesk(await context.newPage(), inlay.demo);
		const callers = await browser.newContext();
		await giveTone(callers, 700);
		customer = new CustomerDesk(await callers.newPage());
	}, 120_000);

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	beforeEach(({ task }) => {
		onTestFailed(() => takePictures(`session ${task.name}`, { agent: agent?.page, customer: customer?.page }));
	});

	async function setClockForward(ms: number): Promise<void> {
		await writeFile(join(folder, "step"), String(ms));
		process.kill(inlay.pid, "SIGUSR2");
	}

	it("signing in left entries in the CRM's history, and Back reloaded the panel", async () => {
		const { username } = inlay.demo.users.agent;
		const start = await agent.page.goto(`${inlay.demo.api}/`);
		expect(start?.ok()).toBe(true);
		const crm = await agent.page.locator(`[data-user="${username}"]`).getAttribute("href");
		await agent.page.goto(new URL(crm ?? "", inlay.demo.api).href);
		await agent.panel.locator(`button[name="demo"][value="${username}"]`).waitFor();
		const before = await agent.page.evaluate("history.length");
		await continueAs(agent.panel, username);
		await agent.panel.locator("[data-status]").first().waitFor();
		expect(await agent.page.evaluate("history.length")).toBe(before);
		await agent.chooseStatus("ON_QUEUE");
	});

	it("the panel worked with the very token that the customer's script gets", async () => {
		const request = agent.page.waitForRequest(
			(one) => one.url().includes("/api/v2/users/") && one.method() === "PATCH",
		);
		await agent.chooseStatus("BUSY");
		const own = (await (await request).headerValue("authorization"))?.slice("Bearer ".length) ?? "";
		await agent.chooseStatus("ON_QUEUE");
		const frame = agent.page.frames().find((one) => one.url().startsWith(inlay.demo.panel)) ?? expect.fail();
		const script: string = await frame.evaluate("new Promise((told) => PureCloud.User.getAuthToken(told))");
		const clientOf = async (token: string) => {
			const answer = await fetch(`${inlay.demo.api}/api/v2/tokens/me`, {
				headers: { authorization: `Bearer ${token}` },
			});
			return (await answer.json()).OAuthClient.id;
		};
		expect([await clientOf(own), (await clientOf(script)) === panelClientId]).toEqual([panelClientId, false]);
		expect(await frame.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")).not.toContain(own);
	});

	it("took hold and mute away from the agent in a call", async () => {
		// Nobody renews: as with the implicit grant.
		await agent.page.route("**/oauth/token", (route) =>
			route.fulfill({ status: 400, json: { error: "invalid_grant" } }),
		);
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await agent.control("pickup").first().click();
		await customer.waitFor("connected");
		await setClockForward(dayMs + 5 * 60_000);
		await agent.control("hold").click();
		await customer.waitFor("held");
		await agent.control("hold").click();
		await customer.waitFor("connected");
	});

	it("told nothing when it was over, and lost what was typed", async () => {
		// In the call, which keeps the session open: after it there is as little time as the machine leaves.
		await agent.panel.locator(".wrapup").getByLabel("Notes").fill("Asked for the date.");
		await agent.control("disconnect").first().click();
		await customer.waitFor("ended");
		await agent.panel.getByText("Your session has ended").waitFor({ timeout: 40_000 });
		await agent.page.unroute("**/oauth/token");
		const opening = agent.page.waitForEvent("popup");
		await agent.panel.locator("[data-sign-in-again]").click();
		await (await opening).locator(`button[name="demo"][value="${inlay.demo.users.agent.username}"]`).click();
		await agent.panel.locator("[data-status]").first().waitFor();
		expect(await agent.panel.locator("form.wrapup").getByLabel("Notes").inputValue()).toBe("Asked for the date.");
		await agent.wrapUp("Solved", "Asked for the date.");
	}, 60_000);

	it("asked for a sign-in though the code grant can renew", async () => {
		await setClockForward(2 * dayMs + 10 * 60_000);
		await agent.page.locator('[aria-label="Your status"], select').first().waitFor();
		await agent.chooseStatus("BUSY");
		await agent.panel.locator("[data-sign-in-again]").waitFor({ state: "detached" });
		await agent.panel.locator('[data-status="BUSY"]').first().waitFor();
	});
});
