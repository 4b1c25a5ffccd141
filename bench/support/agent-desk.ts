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
	/** The panel in it. */
	panel: Frame;
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
	const panel = await until("the CRM shows the panel", () => panelIn(page, inlay.baseUrl));
	await enter(panel, inlay);
	return {
		page,
		panel,
		screenPop: async (interactionId) => {
			const found = await page.waitForFunction(
				(id) => (globalThis as unknown as HostWindow).screenPops.find((pop) => pop.interactionId === id),
				interactionId,
			);
			return (await found.jsonValue()) as ScreenPop;
		},
	};
}

function panelIn(page: Page, baseUrl: string): Frame | undefined {
	return page.frames().find((frame) => frame !== page.mainFrame() && frame.url().startsWith(baseUrl));
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
