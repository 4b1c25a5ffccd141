import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { accessibilityProblems, overflow } from "./support/axe.ts";
import { CrmDesk, CustomerDesk, continueAs, signInFromDemoPage, takePictures } from "./support/demo-pages.ts";
import { startDevCommand } from "./support/dev-command.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const agentHz = 1250;
const customerHz = 700;
const heard = -45;

/** What the demo's pages do beside the six steps. */
describe("the pages of the demo", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let agent: CrmDesk;
	let customer: CustomerDesk;

	beforeAll(async () => {
		inlay = await startTestInlay();
		browser = await launchChromium();
		const agentContext = await browser.newContext();
		await giveTone(agentContext, agentHz);
		agent = await signInFromDemoPage(agentContext, inlay.demo, inlay.demo.users.agent2.username);
		const customerContext = await browser.newContext();
		await giveTone(customerContext, customerHz);
		customer = new CustomerDesk(await customerContext.newPage());
		await customer.page.goto(`${inlay.demo.customer}/`);
	});

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	beforeEach(({ task }) => {
		onTestFailed(() => takePictures(task.name, { agent: agent?.page, customer: customer?.page }));
	});

	it.each(["light", "dark"] as const)(
		"can be read by everybody, wide and at 300 px, %s",
		async (colorScheme) => {
			const { api, crm, customer: shop } = inlay.demo;
			const page = await browser.newPage({ colorScheme });
			for (const url of [
				`${api}/`,
				`${api}/tour`,
				`${api}/phone`,
				`${shop}/`,
				`${crm}/`,
				`${crm}/#/contacts/new?phone=%2B13175550199`,
			]) {
				await page.setViewportSize({ width: 1280, height: 800 });
				await page.goto(url);
				await page.locator("h1, h2").first().waitFor();
				for (const width of [1280, 300]) {
					await page.setViewportSize({ width, height: 800 });
					expect(await accessibilityProblems(page), `${url} at ${width} px`).toEqual([]);
					expect(await overflow(page), `${url} at ${width} px`).toBe(0);
				}
			}
			await page.close();
		},
		60_000,
	);

	it("opens the administration, where one click signs in", async () => {
		const context = await browser.newContext();
		const start = await context.newPage();
		await start.goto(`${inlay.demo.api}/`);
		const { username } = inlay.demo.users.admin;
		const [console] = await Promise.all([context.waitForEvent("page"), start.click(`[data-user="${username}"]`)]);
		// A link alone signs nobody in: any page could have it.
		await console.locator(`button[name="demo"][value="${username}"]`).click();
		await console.waitForURL((url) => url.pathname === "/admin/" && url.search === "");
		await console.getByText("Ada Admin").first().waitFor();
		expect(new URL(console.url()).search).toBe("");
		await context.close();
	});

	it("a page as narrow as beside the inspector of inlay dev hid where one signs in", async () => {
		const page = await browser.newPage({ viewport: { width: 838, height: 720 } });
		await page.goto(`${inlay.demo.crm}/`);
		const { panel } = new CrmDesk(page, inlay.demo);
		await panel.locator(`button[name="demo"][value="${inlay.demo.users.agent.username}"]`).click({ trial: true });
		await page.getByRole("button", { name: "Hide the phone" }).click();
		await page.getByRole("link", { name: /Theo Farland/ }).click();
		await page.close();
	});

	it("a number clicked before anybody had signed in was swallowed in silence", async () => {
		const context = await browser.newContext();
		await giveTone(context, agentHz);
		const crm = await context.newPage();
		await crm.goto(`${inlay.demo.crm}/`);
		await crm.getByRole("link", { name: /Theo Farland/ }).click();
		await crm.locator("[data-dial]").first().click();
		await crm
			.locator('[data-crm="waiting-call"]', { hasText: "Sign in to the phone to call (317) 555-0123" })
			.waitFor();
		const desk = new CrmDesk(crm, inlay.demo);
		await continueAs(desk.panel, inlay.demo.users.supervisor.username);
		await desk.panel.locator(".interaction-name", { hasText: "Theo Farland" }).waitFor();
		await desk.control("disconnect").first().click();
		await desk.control("disconnect").first().waitFor({ state: "detached" });
		await context.close();
	});

	it("a ring threw away the contact form that was being edited", async () => {
		await agent.page.getByRole("link", { name: /Theo Farland/ }).click();
		await agent.page.getByRole("button", { name: "Edit" }).click();
		const city = agent.page.locator('.contact-form [name="city"]');
		await city.fill("Half typed");
		await agent.chooseStatus("ON_QUEUE");
		await customer.page.getByLabel("Your name").fill("Nils Neu");
		await customer.page.getByLabel("Your phone number").fill("+1 317 555 0199");
		await customer.call();
		const open = agent.page.locator('[data-crm="open-notice"]');
		await open.waitFor();
		expect(await city.inputValue()).toBe("Half typed");
		await open.click();
		await agent.page.getByRole("heading", { level: 1, name: "New contact" }).waitFor();
		await agent.page.goBack();
		await agent.page.getByRole("heading", { level: 1, name: "Theo Farland" }).waitFor();
		expect(await city.inputValue()).toBe("Half typed");
		await agent.page.goForward();
	});

	it("offers the form for a new contact when nobody knows the number, and the call becomes the new contact's", async () => {
		await agent.page.locator('[data-crm="pickup"]').click();
		await customer.waitFor("connected");
		await agent.page.locator('.contact-form [name="name"]').waitFor();
		expect(await agent.page.locator('.contact-form [name="name"]').inputValue()).toBe("Nils Neu");
		await agent.page.getByRole("button", { name: "Save contact" }).click();
		await agent.page.locator('.timeline [data-kind="call"]').waitFor();
	});

	it("hears the customer's keys, and stays muted through a reload of the customer page", async () => {
		await until("the agent hears the customer", async () => (await agentHears(customerHz)) > heard);
		await customer.page.locator('[data-action="keypad"]').click();
		await until("the agent hears 5", async () => {
			await customer.page.locator('[data-key="5"]').click();
			return (await agentHears(1336)) > heard;
		});
		await customer.page.locator('[data-action="mute"]').click();
		await until("the agent hears nothing", async () => (await agentHears(customerHz)) < heard);
		await customer.page.reload();
		await until("the customer hears again", async () => (await heardLevel(customer.page, agentHz)) > heard);
		expect(await agentHears(customerHz)).toBeLessThan(heard);
		expect(await customer.page.locator('[data-action="mute"]').getAttribute("aria-pressed")).toBe("true");
	});

	it("opens the log's record from the panel, and finds contacts in the panel's search", async () => {
		await agent.page.getByRole("link", { name: /Clara Bell/ }).click();
		await agent.panel.locator('[data-view="call-log"]').click();
		await agent.panel.locator("[data-open-call-log]").click();
		await agent.page.getByRole("heading", { level: 1, name: "Nils Neu" }).waitFor();
		await agent.page.locator('.timeline [data-kind="call"][aria-current]').waitFor();
		await agent.panel.locator('[data-view="new-interaction"]').click();
		await agent.panel.locator('[name="number"]').fill("okaf");
		await agent.panel.locator('[data-target="contact"]').first().getByText("Mira Okafor").waitFor();
	});

	it("ends when the customer hangs up", async () => {
		await customer.page.locator('[data-action="hangup"]').click();
		await customer.page.getByText("The call has ended").waitFor();
		await agent.page.locator(".current-call").waitFor({ state: "detached" });
	});

	it("says what to do about a refused microphone", async () => {
		const page = await browser.newPage();
		await page.addInitScript(() => {
			navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
		});
		await page.goto(`${inlay.demo.customer}/`);
		await page.locator('[data-action="call"]').click();
		await page.getByRole("alert").getByText("does not let this page use the microphone").waitFor();
		await page.close();
	});

	it("exchanges messages with a page of somebody else that embeds exactly the deployment's address", async () => {
		const host = await foreignHost(inlay.demo.deployment.url);
		const page = await browser.newPage();
		await page.goto(host.url);
		const desk = new CrmDesk(page, inlay.demo);
		await desk.panel.locator(`button[value="${inlay.demo.users.supervisor.username}"]`).click();
		await desk.panel.locator("[data-status]").first().waitFor();
		await until("the page hears of the status", async () =>
			(await host.heard(page)).includes("userActionSubscription"),
		);
		expect((await host.heard(page))[0]).toBe("initialSetup");
		await page.close();
		await host.close();
	});

	it("inlay dev: a save is live in the panel as it is, with whoever is signed in and the call that goes on", async () => {
		const script = (more: string) =>
			`window.Framework = { config: { name: "dev" }, initialSetup() { PureCloud.subscribe([{ type: "Interaction", callback: (category) => { ${more} } }]); } };`;
		const dev = await startDevCommand(inlay, script(""));
		const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
		await giveTone(context, agentHz);
		try {
			const page = await context.newPage();
			await page.goto(dev.url);
			const panel = page.frameLocator("#shown").frameLocator("#softphone");
			await continueAs(panel, inlay.demo.users.agent.username);
			await page.locator('[data-live="1"]').waitFor();
			await page.locator(".inspector-row", { hasText: "UserAction status" }).first().waitFor();
			const dialling = `${script("")}\nwindow.PureCloud.clickToDial({ number: "+13175550110", autoPlace: true });`;
			await dev.save(dialling);
			const call = panel.locator('.call-control-list [data-call-control="hold"]');
			await call.waitFor();
			await dev.save(`${script("")} (`);
			await page.getByRole("alert").getByText("framework.js:1").waitFor();
			await dev.save(script('if (category === "add") throw new TypeError("on purpose")'));
			await page.locator('[data-live="3"]').waitFor();
			await page.locator(".inspector-row[data-failed]", { hasText: "Interaction add" }).first().click();
			await page.locator("[data-error]", { hasText: "framework.js:1:" }).waitFor();
			expect(await call.count()).toBe(1);
			expect(dev.output()).toContain("in the panel as it is");
			await dev.save(`${script("")}\nfor (;;);`);
			await panel.locator("[data-script-away]").waitFor();
			await dev.save(script("/* mended */"));
			await page.locator('[data-live="5"]').waitFor();
			await call.waitFor();
			expect(await panel.locator("[data-script-away]").count()).toBe(0);
			for (const width of [1400, 300]) {
				await page.setViewportSize({ width, height: 800 });
				expect(await overflow(page), `at ${width} px`).toBe(0);
			}
			await page.goto(`${dev.url}inspector`);
			await page.locator(".inspector-row").first().waitFor();
			expect(await accessibilityProblems(page)).toEqual([]);
			expect(await overflow(page)).toBe(0);
		} finally {
			await context.close();
			await dev.stop();
		}
	});
	const agentHears = async (hz: number) => heardLevel(await agent.frame(), hz);
});

interface ForeignWindow {
	types: string[];
}

/** A page of another origin, which writes down the messages of the panel. */
async function foreignHost(panelUrl: string) {
	const html = `<!doctype html><title>Host</title><script>
		window.types = [];
		window.addEventListener("message", (event) => window.types.push(JSON.parse(event.data).type));
	</script><iframe id="softphone" allow="camera *; microphone *; autoplay *" width="320" height="600" src="${panelUrl}"></iframe>`;
	const server: Server = createServer((_request, response) => {
		response.writeHead(200, { "content-type": "text/html" }).end(html);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		heard: (page: Page) => page.evaluate(() => (globalThis as unknown as ForeignWindow).types),
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
