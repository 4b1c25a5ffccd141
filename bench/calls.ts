/**
 * Calls as an agent lives them: the real panel in the demo CRM, in Chromium, called from a page of another origin.
 * Ring → screenPop in the host page, with the script in the panel's window and in a frame of its own, and sound after a reload of
 * the panel in mid-call, found by its tone.
 */

import type { Browser, Page } from "playwright-core";
import { type Api, apiOf } from "../e2e/support/api.ts";
import { callerState, hangUp, placeCall } from "../e2e/support/caller-page.ts";
import { startTestInlay, type TestInlay } from "../e2e/support/inlay.ts";
import { automationToken, signIn } from "../e2e/support/sign-in.ts";
import { giveTone, heardSince } from "../e2e/support/tone-page.ts";
import { until } from "../e2e/support/until.ts";
import { launchChromium } from "../scripts/testing/chromium.ts";
import type { Progress } from "./benches.ts";
import { type AgentDesk, openAgentDesk } from "./support/agent-desk.ts";
import { percentile, percentileRows, type Row, rowsOrWhyNot } from "./support/row.ts";

const CALLS = 24;
const RELOADS = 12;
const ISOLATION_ROUNDS = 3;
/** The server gives a party up that loses its media three times within half a minute (packages/core/src/voice/losses.ts). */
const RELOADS_PER_CALL = 2;
/** A call that pops while the browser still loads what a pop needs for the first time is not what an agent waits for. */
const WARM_UP_CALLS = 2;
/** After a reload the panel's code is compiled anew: two calls are not enough for a difference of a few milliseconds. */
const WARM_UP_CALLS_ISOLATION = 5;
const POP_MS = 25;
const SOUND_MS = 500;
/** What a script's own frame may add to what it is told of. */
const ISOLATION_MS = 5;
const agentHz = 440;
const customerHz = 1000;
/** In mid-call: nobody reloads a panel that is still taking a call up, ms. */
const TALK_MS = 1000;
/** From which level on a tone counts as heard, in dB. */
const heard = -45;

interface Scene {
	inlay: TestInlay;
	api: Api;
	desk: AgentDesk;
	customer: Page;
}

/** Takes about a minute. */
export async function benchCalls(progress: Progress): Promise<Row[]> {
	const inlay = await startTestInlay({ env: { INLAY_RATE_LIMIT: "0" } });
	try {
		const browser = await launchChromium();
		try {
			const scene = await setUp(inlay, browser);
			progress(`${CALLS} calls until their screenPop`);
			const pops = await rowsOrWhyNot("ring → screenPop", () => screenPops(scene));
			progress(`${RELOADS} reloads in mid-call`);
			const sound = await rowsOrWhyNot("sound back after reload", () => soundBack(scene));
			progress(`${2 * CALLS} calls, in turns with the script isolated and not`);
			return [...pops, ...sound, ...(await rowsOrWhyNot("isolation", () => isolated(scene)))];
		} finally {
			await browser.close();
		}
	} finally {
		await inlay.stop();
	}
}

async function setUp(inlay: TestInlay, browser: Browser): Promise<Scene> {
	const { baseUrl, demo } = inlay;
	const desk = await openAgentDesk(browser, inlay, agentHz);
	const customer = await (await browser.newContext()).newPage();
	await giveTone(customer, customerHz);
	await customer.goto(demo.customer);
	const { username, password } = demo.users.agent;
	const redirectUri = `${demo.panel}/crm/index.html`;
	const token = await signIn({
		baseUrl,
		clientId: demo.clients.panel.id,
		grant: "code",
		redirectUri,
		username,
		password,
	});
	return { inlay, api: apiOf(baseUrl, token), desk, customer };
}

async function screenPops(scene: Scene): Promise<Row[]> {
	const samples: Array<{ fromAlerting: number; fromQueue: number }> = [];
	for (let i = 0; i < WARM_UP_CALLS + CALLS; i++) samples.push(await callAndAbandon(scene));
	const counted = samples.slice(WARM_UP_CALLS);
	return [
		...percentileRows(
			"ring → screenPop in the host page",
			counted.map((sample) => sample.fromAlerting),
			{
				p50: undefined,
				p95: { atMost: POP_MS },
			},
		),
		...percentileRows(
			"call enters the queue → screenPop",
			counted.map((sample) => sample.fromQueue),
			{
				p50: undefined,
				p95: undefined,
			},
		),
	];
}

/** In turns, as a machine's mood lasts for longer than a few calls. */
async function isolated(scene: Scene): Promise<Row[]> {
	const samples = { isolated: [] as number[], own: [] as number[] };
	for (let round = 0; round < ISOLATION_ROUNDS; round++)
		for (const isolation of [true, false]) {
			await setIsolation(scene, isolation);
			const pops = isolation ? samples.isolated : samples.own;
			for (let i = 0; i < WARM_UP_CALLS_ISOLATION + CALLS / ISOLATION_ROUNDS; i++) {
				const { fromAlerting } = await callAndAbandon(scene);
				if (i >= WARM_UP_CALLS_ISOLATION) pops.push(fromAlerting);
			}
		}
	const budgets = { p50: undefined, p95: { atMost: POP_MS } };
	return [
		...percentileRows("ring → screenPop, isolated script", samples.isolated, budgets),
		{
			what: "isolation adds to a pop, p50 less p50",
			measured: percentile(samples.isolated, 50) - percentile(samples.own, 50),
			unit: "ms",
			budget: { atMost: ISOLATION_MS },
		},
	];
}

/** For the deployment of the demo CRM, whose panel is loaded again. */
async function setIsolation({ inlay: { baseUrl, demo }, desk }: Scene, isolation: boolean): Promise<void> {
	const automation = apiOf(baseUrl, await automationToken(demo));
	const path = `/integrations/${demo.deployment.id}/config/current`;
	const current = await automation.call("GET", path);
	await automation.call("PUT", path, { ...current, properties: { ...current.properties, isolation } });
	await desk.reload();
	const isIsolated = () => desk.panel.childFrames().some((frame) => frame.url().includes("isolated.html"));
	await until(`the script ${isolation ? "has" : "has no"} frame of its own`, () => isIsolated() === isolation);
}

/** One call that the customer ends while it rings; the agent is idle before and after. */
async function callAndAbandon(scene: Scene): Promise<{ fromAlerting: number; fromQueue: number }> {
	await agentIsIdle(scene);
	const id = await call(scene);
	const { at } = await scene.desk.screenPop(id);
	const { participants } = await scene.api.call("GET", `/conversations/calls/${id}`);
	const since = (purpose: string, time: string) => {
		const participant = participants.find((one: { purpose: string }) => one.purpose === purpose);
		return at - Date.parse(participant[time]);
	};
	await hangUp(scene.customer);
	await until("the caller's call has ended", async () => (await callerState(scene.customer)) === "ended");
	return { fromAlerting: since("agent", "startAlertingTime"), fromQueue: since("acd", "startTime") };
}

function call({ inlay, customer }: Scene): Promise<string> {
	const { api, numbers } = inlay.demo;
	return placeCall(customer, { api, to: numbers.service, name: "Clara Bell", phone: "+13175550142" });
}

async function agentIsIdle({ api, inlay }: Scene): Promise<void> {
	const path = `/users/${inlay.demo.users.agent.id}/routingstatus`;
	await until("the agent is idle", async () => (await api.call("GET", path)).status === "IDLE", 60_000);
}

async function soundBack(scene: Scene): Promise<Row[]> {
	const samples: number[] = [];
	while (samples.length < RELOADS) samples.push(...(await callWithReloads(scene)));
	return percentileRows("sound back after reload of the panel in mid-call", samples, {
		p50: undefined,
		p95: { atMost: SOUND_MS },
	});
}

/** One call that the agent takes, reloads the panel in, and wraps up. */
async function callWithReloads(scene: Scene): Promise<number[]> {
	await agentIsIdle(scene);
	const id = await call(scene);
	await scene.desk.panel.click('[data-call-control="pickup"]');
	await agentHears(scene);
	const samples: number[] = [];
	for (let i = 0; i < RELOADS_PER_CALL; i++) samples.push(await reload(scene));
	await hangUp(scene.customer);
	await until("the caller's call has ended", async () => (await callerState(scene.customer)) === "ended");
	await wrapUp(scene, id);
	return samples;
}

async function wrapUp({ api }: Scene, id: string): Promise<void> {
	const { participants } = await api.call("GET", `/conversations/calls/${id}`);
	const path = `/conversations/calls/${id}/participants/${agentOf(participants).id}`;
	const [code] = await api.call("GET", `${path}/wrapupcodes`);
	await api.call("PATCH", path, { wrapup: { code: code.id } });
}

/** The agent who took the call. */
function agentOf(participants: Array<{ id: string; purpose: string; connectedTime?: string }>) {
	const agent = participants.find(({ purpose, connectedTime }) => purpose === "agent" && connectedTime);
	if (!agent) throw new Error("Nobody has taken the call.");
	return agent;
}

/** From the reload to the first of the customer's tone in the new document. */
async function reload(scene: Scene): Promise<number> {
	const { panel } = scene.desk;
	await new Promise((resolve) => setTimeout(resolve, TALK_MS));
	const startedAt = performance.timeOrigin + performance.now();
	await panel.evaluate(() => {
		(globalThis as unknown as PanelWindow).isGoing = true;
		location.reload();
	});
	await agentHears(scene);
	const since = await heardSince(panel, customerHz);
	if (since === undefined) throw new Error("The tone has gone again.");
	return since - startedAt;
}

interface PanelWindow {
	/** Set in a document that is being reloaded, which still hears the old sound. */
	isGoing?: boolean;
	heardLevel?(hz: number): number;
}

async function agentHears({ desk }: Scene): Promise<void> {
	await desk.panel.waitForFunction(
		({ hz, level }) => {
			const { isGoing, heardLevel } = globalThis as unknown as PanelWindow;
			return !isGoing && heardLevel !== undefined && heardLevel(hz) > level;
		},
		{ hz: customerHz, level: heard },
		{ polling: 20 },
	);
}
