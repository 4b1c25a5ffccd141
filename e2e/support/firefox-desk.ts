import type { ElementHandle, Frame, Page } from "puppeteer-core";
import type { Demo } from "./demo.ts";
import { until } from "./until.ts";

/** An agent at the demo CRM, or a customer at their page, in Firefox. */
export class FirefoxDesk {
	readonly page: Page;
	readonly #demo: Demo;

	constructor(page: Page, demo: Demo) {
		this.page = page;
		this.#demo = demo;
		// In a call the panel asks before its page goes; who reloads says yes.
		page.on("dialog", (dialog) => void dialog.accept().catch(() => undefined));
	}

	/** The panel's own frame, which a reload replaces. */
	panel(): Promise<Frame> {
		return until("the panel's frame is there", () => {
			return this.page.frames().find((frame) => frame.url().startsWith(`${this.#demo.panel}/crm/`));
		});
	}

	/** Any frame of the page that shows an element, tried until there is one: sign-in and panel take turns in one frame. */
	find(selector: string): Promise<ElementHandle<Element>> {
		return until(`${selector} is there`, async () => {
			const found = this.page.frames().map((frame) => frame.$(selector).catch(() => null));
			return (await Promise.all(found)).find((one) => one !== null);
		});
	}

	/** Clicks what can be clicked: the element is found again when the page has drawn itself anew meanwhile. */
	async click(selector: string): Promise<void> {
		await until(`${selector} can be clicked`, async () => {
			const element = await this.find(selector);
			return element.click().then(
				() => true,
				() => false,
			);
		});
	}

	control(name: string): Promise<void> {
		return this.click(`.call-control-list [data-call-control="${name}"], .alert-bar [data-call-control="${name}"]`);
	}

	async waitForText(selector: string, text: string): Promise<void> {
		await until(`${selector} shows “${text}”`, async () => {
			const frames = this.page.frames().map((frame) => textOf(frame, selector));
			return (await Promise.all(frames)).some((shown) => shown.includes(text));
		});
	}
}

function textOf(frame: Frame, selector: string): Promise<string> {
	const read = frame.$$eval(selector, (elements) => elements.map((one) => one.textContent ?? "").join("\n"));
	return read.catch(() => "");
}
