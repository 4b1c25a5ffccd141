import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { type Api, apiOf } from "./support/api.ts";
import { bothHear as allHear } from "./support/both-hear.ts";
import { callerState, hangUp, placeCall } from "./support/caller-page.ts";
import { type CrmDesk, signInFromDemoPage } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { startSdkPhone } from "./support/sdk-phone.ts";
import { automationToken, signIn } from "./support/sign-in.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const agentHz = 1250;
const customerHz = 700;
/** From which level on a tone counts as heard, in dB. */
const heard = -45;

/** An administrator lets stations keep their connection (framework-contract 13); two calls in a row, measured at both ends. */
describe("a persistent connection", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let customer: Page;
	const contexts: BrowserContext[] = [];

	beforeAll(async () => {
		inlay = await startTestInlay();
		browser = await launchChromium();
		customer = await (await open(customerHz)).newPage();
		await customer.goto(inlay.demo.customer);
		const admin = apiOf(inlay.baseUrl, await automationToken(inlay.demo));
		for (const { id } of [inlay.demo.users.agent, inlay.demo.users.agent2]) {
			const [station] = (await admin.call("GET", `/stations?webRtcUserId=${id}`)).entities;
			await admin.call("PATCH", `/inlay/stations/${station.id}`, { webRtcPersistentEnabled: true });
			await admin.call("PUT", `/users/${id}/station/associatedstation/${station.id}`);
			expect(await admin.call("GET", `/stations/${station.id}`)).toMatchObject({ webRtcPersistentEnabled: true });
		}
	}, 120_000);

	afterEach(async () => {
		await hangUp(customer).catch(() => undefined);
	});

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	it("in the panel: the second call is heard both ways over the first one's connection, and nothing before it is answered", async () => {
		const context = await open(agentHz);
		await context.addInitScript(countConnections);
		const desk = await signInFromDemoPage(context, inlay.demo, inlay.demo.users.agent.username);
		await desk.chooseStatus("ON_QUEUE");
		await call();
		await desk.control("pickup").first().click();
		const panel = await desk.frame();
		await bothHear(panel);
		await endAndWrapUp(desk);

		await call();
		await desk.control("pickup").first().waitFor();
		expect(await loudest(customer, agentHz), "the caller hears nothing of the agent whom they ring").toBeLessThan(
			heard,
		);
		expect(await loudest(panel, customerHz), "the agent hears nothing of the caller").toBeLessThan(heard);
		await desk.control("pickup").first().click();
		await bothHear(panel);
		expect(await panel.evaluate("globalThis.connections")).toBe(1);
		await endAndWrapUp(desk);
		await context.close();
	});

	it("in the official SDK: it is told of the second call by its events, answers by the API, and is heard both ways", async () => {
		const token = await tokenOfColleague();
		const api = apiOf(inlay.baseUrl, token);
		const me = await api.call("GET", "/users/me");
		const phone = await startSdkPhone({ baseUrl: inlay.baseUrl, token, hz: agentHz });
		try {
			await goOnQueue(api, me.id);
			const first = await call();
			await bothHear(phone.page);
			await phone.sdk("endSession", { conversationId: first });
			await wrapUp(api, first);
			const second = await call();
			// What is heard before may be the end of the first call, or a note of the queue's music.
			await until("the second call is answered", async () =>
				(await phone.events()).includes(`sessionStarted ${second}`),
			);
			await bothHear(phone.page);
			expect(await phone.events()).toEqual([
				`pendingSession ${first}`,
				`sessionStarted ${first}`,
				`sessionEnded ${first}`,
				`pendingSession ${second}`,
				`sessionStarted ${second}`,
			]);
			expect(await sessions(phone.page), "one session has had both calls").toBe(1);
			await phone.sdk("endSession", { conversationId: second });
			await until("the customer's call has ended", async () => (await callerState(customer)) === "ended");
		} finally {
			await phone.close();
		}
	});

	async function open(hz: number): Promise<BrowserContext> {
		const context = await browser.newContext();
		await giveTone(context, hz);
		contexts.push(context);
		return context;
	}

	function tokenOfColleague(): Promise<string> {
		const { username, password } = inlay.demo.users.agent2;
		return signIn({
			baseUrl: inlay.baseUrl,
			clientId: inlay.demo.clients.panel.id,
			grant: "code",
			redirectUri: `${inlay.panelUrl}/crm/index.html`,
			username,
			password,
		});
	}

	function call(): Promise<string> {
		const { service } = inlay.demo.numbers;
		return placeCall(customer, { api: inlay.baseUrl, to: service, name: "Carla Customer", phone: "+13175550111" });
	}

	function bothHear(agent: Page | Frame): Promise<void> {
		return allHear(
			() => heardLevel(customer, agentHz),
			() => heardLevel(agent, customerHz),
		);
	}

	async function endAndWrapUp(desk: CrmDesk): Promise<void> {
		await desk.control("disconnect").first().click();
		await until("the customer's call has ended", async () => (await callerState(customer)) === "ended");
		await desk.wrapUp("Solved", "Measured.");
		await desk.panel.locator("[data-interaction]").waitFor({ state: "detached" });
	}
});

/** The highest level of so many looks at what a page hears; one look is 0.2 s of sound. */
async function loudest(page: Page | Frame, hz: number): Promise<number> {
	const levels: number[] = [];
	await until("it was listened to long enough", async () => levels.push(await heardLevel(page, hz)) >= 10);
	return Math.max(...levels);
}

async function goOnQueue(api: Api, userId: string): Promise<void> {
	const definitions = await api.call("GET", "/presencedefinitions?pageSize=100");
	const onQueue = definitions.entities.find((one: { systemPresence: string }) => /on.?queue/i.test(one.systemPresence));
	await api.call("PATCH", `/users/${userId}/presences/purecloud`, { presenceDefinition: { id: onQueue.id } });
}

async function wrapUp(api: Api, conversationId: string): Promise<void> {
	const conversation = await api.call("GET", `/conversations/calls/${conversationId}`);
	// The last one: it may have rung somebody in vain before.
	const agent = conversation.participants.findLast((one: { purpose: string }) => one.purpose === "agent");
	const path = `/conversations/calls/${conversationId}/participants/${agent.id}`;
	const [code] = await api.call("GET", `/conversations/${conversationId}/participants/${agent.id}/wrapupcodes`);
	await api.call("PATCH", path, { wrapup: { code: code.id, notes: "" } });
}

function sessions(page: Page): Promise<number> {
	return page.evaluate(
		() =>
			(
				globalThis as unknown as { sdk: { sessionManager: { getAllSessions(): unknown[] } } }
			).sdk.sessionManager.getAllSessions().length,
	);
}

/** Runs in the pages of a context. */
function countConnections(): void {
	const self = globalThis as unknown as { connections: number };
	self.connections = 0;
	const Original = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Original {
		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			self.connections++;
		}
	};
}
