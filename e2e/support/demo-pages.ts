import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Frame, FrameLocator, Page } from "playwright-core";
import type { Demo } from "./demo.ts";
import { until } from "./until.ts";

/** An agent at the demo CRM: the page and the panel in its frame. */
export class CrmDesk {
	readonly page: Page;
	readonly panel: FrameLocator;
	readonly #demo: Demo;

	constructor(page: Page, demo: Demo) {
		this.page = page;
		this.panel = page.frameLocator("#softphone");
		this.#demo = demo;
	}

	/** The panel's own frame, to measure what it hears. */
	frame(): Promise<Frame> {
		return until("the panel's frame is there", () =>
			this.page.frames().find((frame) => frame.url().startsWith(`${this.#demo.panel}/crm/`)),
		);
	}

	/** A button of the call that the panel shows. */
	control(name: string) {
		return this.panel.locator(
			`.call-control-list [data-call-control="${name}"], .alert-bar [data-call-control="${name}"]`,
		);
	}

	/** The status as the panel shows it, e.g. `ON_QUEUE`. */
	status(): Promise<string | null> {
		return this.panel.locator("[data-status]").first().getAttribute("data-status");
	}

	async chooseStatus(name: string): Promise<void> {
		await this.page.getByLabel("Your status").selectOption(name);
		await until(`the panel shows ${name}`, async () => (await this.status()) === name);
	}

	/** Ends after-call work with a code and notes. */
	async wrapUp(code: string, notes: string): Promise<void> {
		const form = this.panel.locator("form.wrapup");
		await form.getByLabel("Wrap-up code").selectOption({ label: code });
		await form.getByLabel("Notes").fill(notes);
		await form.locator("[data-wrapup-done]").click();
		await form.waitFor({ state: "detached" });
	}
}

/** Goes the newcomer's way: from the demo page, by one click, into the CRM as `username`. */
export async function signInFromDemoPage(context: BrowserContext, demo: Demo, username: string): Promise<CrmDesk> {
	const start = await context.newPage();
	await start.goto(`${demo.api}/`);
	const [page] = await Promise.all([context.waitForEvent("page"), start.click(`[data-user="${username}"]`)]);
	const desk = new CrmDesk(page, demo);
	await continueAs(desk.panel, username);
	await desk.panel.locator("[data-status]").first().waitFor();
	await start.close();
	return desk;
}

/** The one click on the sign-in page in a panel's frame. */
export async function continueAs(panel: FrameLocator, username: string): Promise<void> {
	await panel.locator(`button[name="demo"][value="${username}"]`).click();
}

/** Somebody at the customer page. */
export class CustomerDesk {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async call(): Promise<void> {
		await this.page.locator('[data-action="call"]').click();
	}

	/** `idle`, `waiting`, `connected`, … as the page knows it. */
	state(): Promise<string | null> {
		return this.page.locator(".call-card").getAttribute("data-state");
	}

	async waitFor(state: string): Promise<void> {
		await until(`the customer's call is ${state}`, async () => (await this.state()) === state);
	}
}

const pictures = fileURLToPath(new URL("../results/", import.meta.url));

type PicturePath = `${string}.png`;

/** A page of either driver. */
interface Screen {
	screenshot(options: { path: PicturePath }): Promise<unknown>;
}

/** Pictures of what stood on the screens when a test failed, in e2e/results. */
export async function takePictures(test: string, pages: Record<string, Screen | undefined>): Promise<void> {
	await mkdir(pictures, { recursive: true });
	for (const [name, page] of Object.entries(pages)) {
		const path: PicturePath = `${pictures}${test.replaceAll(/\W+/g, "-").slice(0, 60)}-${name}.png`;
		// A page may be gone by then; the test's own failure is what counts.
		await page?.screenshot({ path }).catch(() => undefined);
	}
}
