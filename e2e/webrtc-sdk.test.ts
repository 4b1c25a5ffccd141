import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { type Api, apiOf } from "./support/api.ts";
import { bothHear as allHear } from "./support/both-hear.ts";
import { callerState, hangUp, placeCall } from "./support/caller-page.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { type SdkPhone, startSdkPhone } from "./support/sdk-phone.ts";
import { signIn } from "./support/sign-in.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

/** What each end sends, in Hz, and from which level on it counts as heard, in dB. */
const agentHz = 1250;
const customerHz = 700;
const heard = -45;
/** A simulated far end that answers without ringing, and speaks. */
const atOnce = "+13175550110";
const caller = { name: "Carla Customer", phone: "+13175550111" };

/** The official WebRTC SDK, unmodified, is the agent's phone; a page of another origin is the customer's. */
describe("the official WebRTC SDK", () => {
	let inlay: TestInlay;
	let api: Api;
	let phone: SdkPhone;
	let browser: Browser;
	let customer: Page;
	let conversationId: string;

	beforeAll(async () => {
		inlay = await startTestInlay();
		const token = await agentToken(inlay);
		api = apiOf(inlay.baseUrl, token);
		phone = await startSdkPhone({ baseUrl: inlay.baseUrl, token, hz: agentHz });
		browser = await launchChromium();
		customer = await browser.newPage();
		await giveTone(customer, customerHz);
		await customer.goto(inlay.demo.customer);
	});

	afterAll(async () => {
		await phone?.close();
		await browser?.close();
		await inlay?.stop();
	});

	it("registers, is rung by a call from the queue, and both ends hear each other", async () => {
		onTestFailed(async () =>
			console.error(await callerState(customer), await phone.events(), phone.log().split("\n").slice(-60).join("\n")),
		);
		await goOnQueue(api);
		conversationId = await placeCall(customer, {
			api: inlay.baseUrl,
			to: inlay.demo.numbers.service,
			...caller,
		});
		await until("the customer is connected", async () => (await callerState(customer)) === "connected");
		await bothHear();
		expect(await phone.events()).toEqual([`pendingSession ${conversationId}`, `sessionStarted ${conversationId}`]);
		expect(await heardLevel(customer, customerHz), "the customer does not hear its own voice").toBeLessThan(heard);
		expect(phone.log()).not.toContain("Failed to find session");
	});

	it("is muted by its own method, and the server does not pass its voice on", async () => {
		await phone.sdk("setAudioMute", { conversationId, mute: true });
		await until("the agent is muted", async () => (await agentCall()).muted);
		await until("the customer hears nothing of the agent", async () => (await heardLevel(customer, agentHz)) < heard);
		expect(await heardLevel(phone.page, customerHz), "the agent still hears the customer").toBeGreaterThan(heard);
		await phone.sdk("setAudioMute", { conversationId, mute: false });
		await bothHear();
	});

	it("holds by its own method: the customer gets music, the agent silence", async () => {
		await phone.sdk("setConversationHeld", { conversationId, held: true });
		await until("the customer is told of the hold", async () => (await callerState(customer)) === "held");
		await until(
			"the agent no longer hears the customer",
			async () => (await heardLevel(phone.page, customerHz)) < heard,
		);
		await phone.sdk("setConversationHeld", { conversationId, held: false });
		await bothHear();
	});

	it("CT-1 consults in private, with the customer, as three, and hands over by hanging up", async () => {
		const { id } = await partOf("customer");
		const party = `/conversations/calls/${conversationId}/participants/${id}/consult`;
		await api.call("POST", `${party}/external`, { speakTo: "DESTINATION", address: atOnce });
		await soundIs("in private", { farEnd: true, customer: false });
		await api.call("PATCH", party, { speakTo: "OBJECT" });
		await soundIs("back with the customer", { farEnd: false, customer: true });
		await api.call("PATCH", party, { speakTo: "BOTH" });
		await soundIs("as three", { farEnd: true, customer: true });
		await phone.sdk("endSession", { conversationId });
		await until("the customer hears who was asked, and nothing of the agent", async () => {
			const [speech, agent] = [await speechLevel(customer), await heardLevel(customer, agentHz)];
			return speech > heard && agent < heard && (await callerState(customer)) === "connected";
		});
		const call = await api.call("GET", `/conversations/${conversationId}`);
		expect(call.recentTransfers.at(-1)).toMatchObject({ state: "Complete", transferType: "Attended" });
		await hangUp(customer);
		await wrapUp();
	});

	it("hangs up by its own method, and the call ends for both", async () => {
		conversationId = await placeCall(customer, { api: inlay.baseUrl, to: inlay.demo.numbers.service, ...caller });
		await bothHear();
		await phone.sdk("endSession", { conversationId });
		await until("the customer's call has ended", async () => (await callerState(customer)) === "ended");
		await until("the SDK says so", async () => (await phone.events()).includes(`sessionEnded ${conversationId}`));
		expect((await agentCall()).state).toBe("disconnected");
	});

	function bothHear(): Promise<void> {
		return allHear(
			() => heardLevel(customer, agentHz),
			() => heardLevel(phone.page, customerHz),
		);
	}

	/** Whom the agent hears, and whether the customer hears the agent: exactly where they hear each other. */
	async function soundIs(when: string, { farEnd, customer: both }: Record<"farEnd" | "customer", boolean>) {
		await until(when, async () => {
			const levels = [await speechLevel(phone.page), await heardLevel(phone.page, customerHz)];
			const found = [...levels, await heardLevel(customer, agentHz)].map((level) => level > heard);
			return found.join() === [farEnd, both, both].join();
		});
	}

	async function partOf(purpose: string): Promise<{ id: string }> {
		const call = await api.call("GET", `/conversations/calls/${conversationId}`);
		return call.participants.findLast((one: { purpose: string }) => one.purpose === purpose);
	}

	async function wrapUp(): Promise<void> {
		const { id } = await partOf("agent");
		const path = `/conversations/calls/${conversationId}/participants/${id}`;
		const [code] = await api.call("GET", `${path}/wrapupcodes`);
		await api.call("PATCH", path, { wrapup: { code: code.id, notes: "" } });
	}

	async function agentCall(): Promise<{ muted: boolean; state: string }> {
		const call = await api.call("GET", `/conversations/calls/${conversationId}`);
		return call.participants.find((one: { purpose: string }) => one.purpose === "agent");
	}
});

/** The simulated far end speaks by itself: the loudest of where speech is. */
async function speechLevel(page: Page): Promise<number> {
	return Math.max(...(await Promise.all([250, 600, 660, 800].map((hz) => heardLevel(page, hz)))));
}

function agentToken({ baseUrl, panelUrl, demo }: TestInlay): Promise<string> {
	const { username, password } = demo.users.agent;
	return signIn({
		baseUrl,
		clientId: demo.clients.panel.id,
		grant: "code",
		redirectUri: `${panelUrl}/crm/index.html`,
		username,
		password,
	});
}

async function goOnQueue(api: Api): Promise<void> {
	const me = await api.call("GET", "/users/me");
	const definitions = await api.call("GET", "/presencedefinitions?pageSize=100");
	const onQueue = definitions.entities.find((one: { systemPresence: string }) => /on.?queue/i.test(one.systemPresence));
	await api.call("PATCH", `/users/${me.id}/presences/purecloud`, { presenceDefinition: { id: onQueue.id } });
}
