import { startSpeechEngine, type TestSpeechEngine } from "@inlay/core/test-support/speech-engine";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { type CrmDesk, CustomerDesk, signInFromDemoPage, takePictures } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { automationToken } from "./support/sign-in.ts";
import { giveTone } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const agentHz = 1250;
const customerHz = 700;

let inlay: TestInlay;
let speech: TestSpeechEngine;
let browser: Browser;
let agent: CrmDesk;
let customer: CustomerDesk;

beforeAll(async () => {
	speech = await startSpeechEngine();
	inlay = await startTestInlay({ flags: ["--may-call", "127.0.0.1"] });
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await inlay?.stop();
	await speech?.close();
});

/** Has every queue transcribed by the engine, which is tried first. */
async function transcribe(): Promise<void> {
	const token = await automationToken(inlay.demo);
	const send = async (method: string, path: string, body?: object) => {
		const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
		const answer = await fetch(`${inlay.baseUrl}${path}`, {
			method,
			headers,
			body: body ? JSON.stringify(body) : null,
		});
		expect(answer.status, `${method} ${path}`).toBe(200);
		return answer.json();
	};
	const engine = { language: "en-US", url: speech.url };
	expect(await send("POST", "/api/inlay/v1/transcription/check", engine)).toEqual({ ok: true });
	await send("PUT", "/api/inlay/v1/transcription/settings", { enabled: true, engines: [engine] });
	for (const { id, name } of (await send("GET", "/api/v2/routing/queues")).entities)
		await send("PUT", `/api/v2/routing/queues/${id}`, { name, enableTranscription: true });
}

it("what agent and customer truly say is read in the panel, by side, and not while it is paused", {
	timeout: 120_000,
}, async () => {
	onTestFailed(() => takePictures("transcript", { agent: agent?.page, customer: customer?.page }));
	await transcribe();
	const context = await browser.newContext();
	await giveTone(context, agentHz);
	agent = await signInFromDemoPage(context, inlay.demo, inlay.demo.users.agent.username);
	await agent.chooseStatus("ON_QUEUE");
	const theirs = await browser.newContext();
	await giveTone(theirs, customerHz);
	customer = new CustomerDesk(await theirs.newPage());
	await customer.page.goto(`${inlay.demo.customer}/`);
	await customer.call();
	await agent.control("pickup").first().click();
	await customer.waitFor("connected");
	const lines = agent.panel.locator("[data-transcript] p[data-side]");
	const read = () => lines.allTextContents();
	// A tone without a pause is never said to its end: it stands below, as what is still being said.
	const isRead = async () =>
		/Customer tone (7|68|72)\d*/.test((await read()).join()) && /You tone 12\d0/.test((await read()).join());
	await until("both are read", isRead);
	await agent.control("securePause").click();
	await agent.panel.getByText("Not transcribed just now").waitFor();
	await until("nobody is heard", () => speech.open === 0);
	const { heardBytes } = speech;
	await agent.control("hold").click();
	await customer.waitFor("held");
	await agent.control("hold").click();
	await customer.waitFor("connected");
	expect(speech.heardBytes).toBe(heardBytes);
	await agent.control("securePause").click();
	await until("both are heard again", () => speech.open === 2);
	// The engine goes: the call does not.
	speech.behave("refuses");
	speech.breakOff();
	await until("the operator is told", () => inlay.output().includes("transcription.failed"));
	expect(await customer.state()).toBe("connected");
	expect(inlay.output().split("transcription.failed").length - 1).toBeLessThanOrEqual(2);
});
