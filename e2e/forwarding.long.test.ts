import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { type Api, apiOf } from "./support/api.ts";
import { callerState, hangUp, placeCall } from "./support/caller-page.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { automationToken, signIn } from "./support/sign-in.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

/** Of the demo's far ends: the mobile's owner presses 1 and later sends the one tone, the mailbox the other after its greeting. */
const mobile = { number: "+13175550120", hz: 660 };
const mailbox = { number: "+13175550121", hz: 1000 };
const direct = "+13175559200";
/** From which level on a tone counts as heard, in dB. */
const heard = -45;

/** Calls to somebody who is signed in nowhere go to their number, with real sound (agent-features 4, FW-1). */
describe("a direct call that is forwarded", { timeout: 120_000 }, () => {
	let inlay: TestInlay;
	let browser: Browser;
	let caller: Page;
	let anna: Api;

	beforeAll(async () => {
		inlay = await startTestInlay();
		browser = await launchChromium();
		const context = await browser.newContext();
		await giveTone(context, 700);
		caller = await context.newPage();
		await caller.goto(inlay.demo.customer);
		const { id, username, password } = inlay.demo.users.agent;
		const token = await signIn({
			...{ baseUrl: inlay.baseUrl, clientId: inlay.demo.clients.panel.id, grant: "code", username, password },
			redirectUri: `${inlay.panelUrl}/crm/index.html`,
		});
		anna = apiOf(inlay.baseUrl, token);
		const answer = await fetch(`${inlay.baseUrl}/api/inlay/v1/entrypoints`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${await automationToken(inlay.demo)}`,
				"content-type": "application/json",
			},
			body: JSON.stringify({ number: direct, userId: id, origins: [new URL(inlay.demo.customer).origin] }),
		});
		expect(answer.status, await answer.text()).toBeLessThan(300);
	}, 120_000);

	afterEach(() => hangUp(caller).catch(() => undefined));

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	it("reaches who presses 1, and is heard only from then on", async () => {
		await forward(mobile.number, "PURECLOUD");
		await calls();
		await until("the mobile is called", async () => (await callerState(caller)) === "ringing");
		await until("its owner has pressed 1", async () => (await callerState(caller)) === "connected", 30_000);
		await until("the caller hears them", async () => (await heardLevel(caller, mobile.hz)) > heard, 30_000);
	});

	it("was taken by the mailbox of a mobile, which presses nothing: Inlay's own answers instead", async () => {
		await forward(mailbox.number, "PURECLOUD");
		await calls();
		let loudest = Number.NEGATIVE_INFINITY;
		const states = new Set<string>();
		await until(
			"Inlay's mailbox answers",
			async () => {
				const state = await callerState(caller);
				if (state !== "voicemail") loudest = Math.max(loudest, await heardLevel(caller, mailbox.hz));
				states.add(state);
				return state === "voicemail";
			},
			60_000,
		);
		expect(loudest).toBeLessThan(heard);
		expect([...states]).not.toContain("connected");
	});

	it("LASTCALL: the last number's own mailbox answers without a key, and the caller hears its tone", async () => {
		await forward(mailbox.number, "LASTCALL");
		await calls();
		await until("the far mailbox has answered", async () => (await callerState(caller)) === "connected", 30_000);
		await until("the caller hears its tone", async () => (await heardLevel(caller, mailbox.hz)) > heard, 30_000);
	});

	/** Anna's calls go to the number; then comes what is asked for. */
	async function forward(number: string, voicemail: string): Promise<void> {
		const calling = [{ targets: [{ type: "PHONENUMBER", value: number }] }];
		const path = `/users/${inlay.demo.users.agent.id}/callforwarding`;
		await anna.call("PUT", path, { enabled: true, calls: calling, voicemail });
	}

	function calls(): Promise<string> {
		return placeCall(caller, { api: inlay.baseUrl, to: direct, name: "Carla Customer", phone: "+13175550111" });
	}
});
