import type { BrowserContextOptions } from "playwright-core";
import { enterPanel, fake, newPage, page, phonesAre } from "./panel-page.ts";

const settings = '{ enableCallLogs: true, searchTargets: ["people", "queues", "frameworkContacts"] }';
/** A framework.js that knows one contact and keeps what is logged. @param own its settings, as source */
export const script = (own = settings) => `window.Framework = {
	config: { name: "test", clientIds: {}, customInteractionAttributes: [], settings: ${own} },
	initialSetup() {},
	screenPop() {},
	contactSearch(text, found) {
		found([{ type: "external", name: "Clara Bell", phone: [{ number: "030 555-1", label: "Work" }] }]);
	},
	processCallLog(log, interaction, event, done) {
		(window.saved ??= []).push({ ...log, seconds: interaction.interactionDurationSeconds }); done({ id: "crm-1" });
	},
};`;

/** Signs in, with a phone that can ring. */
export async function signIn(options: BrowserContextOptions = {}): Promise<void> {
	await newPage(options);
	await enterPanel();
	await phonesAre(1);
}

/** Dials by the panel's own view. Gives the conversation's id. */
export async function dial(number: string): Promise<string> {
	await page.click('[data-view="new-interaction"]');
	await page.fill('input[name="number"]', number);
	await page.click("[data-dial]");
	await page.waitForSelector("[data-interaction]");
	return [...fake.calls.all.keys()].at(-1) ?? "";
}
