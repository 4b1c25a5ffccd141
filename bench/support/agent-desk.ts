import type { Browser, Frame, Page } from "playwright-core";
import type { TestInlay } from "../../e2e/support/inlay.ts";
import { giveTone } from "../../e2e/support/tone-page.ts";
import { until } from "../../e2e/support/until.ts";

/** A `screenPop` message as the host page has received it. */
export interface ScreenPop {
	interactionId: string;
	/** Milliseconds since the epoch, by the browser's clock, which is the machine's. */
	at: number;
}

/** An agent who is on queue: the real panel in the page of the demo CRM. */
export interface AgentDesk {
	/** The CRM's page. */
	page: Page;
	/** The panel in it, which is another one after {@link AgentDesk.reload}. */
	readonly panel: Frame;
	/** Loads the CRM's page anew; resolves once the agent is on queue in it again. */
	reload(): Promise<void>;
	/** Resolves with the pop of this interaction. */
	screenPop(interactionId: string): Promise<ScreenPop>;
}

interface HostWindow {
	screenPops: ScreenPop[];
}

/** Opens the demo CRM, signs in in its panel and goes on queue. @param hz the tone that the agent's microphone sends */
export async function openAgentDesk(browser: Browser, inlay: TestInlay, hz: number): Promise<AgentDesk> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();
	await giveTone(page, hz);
	await page.addInitScript(recordScreenPops);
	await page.goto(inlay.demo.crm);
	const find = () => until("the CRM shows the panel", () => panelIn(page, [inlay.baseUrl, inlay.demo.panel]));
	let panel = await find();
	await enter(panel, inlay);
	return {
		page,
		get panel() {
			return panel;
		},
		async reload() {
			await page.reload();
			panel = await find();
			await panel.waitForSelector('[data-status="ON_QUEUE"]');
		},
		screenPop: async (interactionId) => {
			const found = await page.waitForFunction(
				(id) => (globalThis as unknown as HostWindow).screenPops.find((pop) => pop.interactionId === id),
				interactionId,
			);
			return (await found.jsonValue()) as ScreenPop;
		},
	};
}

/** It stands at the sign-in page's origin first. */
function panelIn(page: Page, origins: readonly string[]): Frame | undefined {
	const isOurs = (frame: Frame) => origins.some((origin) => frame.url().startsWith(`${origin}/`));
	return page.frames().find((frame) => frame.parentFrame() === page.mainFrame() && isOurs(frame));
}

async function enter(panel: Frame, { demo }: TestInlay): Promise<void> {
	const { username, password } = demo.users.agent;
	await panel.waitForSelector('input[type="password"]');
	await panel.fill('input[name="username"]', username);
	await panel.fill('input[name="password"]', password);
	await panel.press('input[name="password"]', "Enter");
	await panel.click("[data-go-on-queue]");
	await panel.waitForSelector('[data-status="ON_QUEUE"]');
}

/** Runs in every frame; only the page around listens. It hears a message before the page's own scripts do. */
function recordScreenPops(): void {
	if (window !== window.top) return;
	const host = globalThis as unknown as HostWindow;
	host.screenPops = [];
	window.addEventListener("message", ({ data }) => {
		const at = performance.timeOrigin + performance.now();
		if (typeof data !== "string" || !data.includes('"screenPop"')) return;
		const message = JSON.parse(data) as { type: string; data: { interaction?: { id?: string } } };
		const interactionId = message.data?.interaction?.id;
		if (message.type === "screenPop" && interactionId) host.screenPops.push({ interactionId, at });
	});
}
