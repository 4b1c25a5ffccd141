import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { launchChromium } from "../../../../../scripts/testing/chromium.ts";
import { type BrowserPhone, connectPhone } from "../../test-support/browser-phone.ts";
import { connectScreen, LossyDoor } from "../../test-support/browser-screen.ts";
import { steadyToneLevel, wavChannels } from "../../test-support/goertzel.ts";
import type { LegMode, MediaEvent } from "../media-engine.ts";
import { createMediaProcess } from "./media-process.ts";

const CUSTOMER_HZ = 440;
const AGENT_HZ = 1000;
const BRIDGE = "conversation";
const talking: LegMode = { muted: false, held: false, filler: "none", channel: "left" };
const agentTalking: LegMode = { ...talking, channel: "right" };

/** A tone is heard above the first level, and counts as absent below the second (dB of Chromium's analyser). */
const heard = (hz: number) => `level(${hz}) > -45`;
const absent = (hz: number) => `level(${hz}) < -75`;

describe("media process with real browsers", { timeout: 60_000 }, () => {
	const engine = createMediaProcess();
	const events: MediaEvent[] = [];
	let browser: Browser;
	let customer: BrowserPhone;
	let agent: BrowserPhone;
	let folder: string;

	beforeAll(async () => {
		engine.onEvent((event) => events.push(event));
		folder = await mkdtemp(join(tmpdir(), "inlay-media-"));
		[browser] = await Promise.all([launchChromium(), engine.start()]);
		customer = await connectPhone(browser, engine, "customer", CUSTOMER_HZ);
		agent = await connectPhone(browser, engine, "agent", AGENT_HZ);
		// It takes ten seconds until somebody is given up, in which the others are tried.
		const vanishing = await connectPhone(browser, engine, "vanishing", 600);
		void vanishing.page.goto("chrome://crash").catch(() => {});
	}, 60_000);

	afterAll(async () => {
		await browser?.close();
		await engine.stop();
		await rm(folder, { recursive: true, force: true });
	});

	function bridgeBoth(): void {
		engine.setLeg(BRIDGE, "customer", talking);
		engine.setLeg(BRIDGE, "agent", agentTalking);
	}

	it("lets each hear the other and not itself", async () => {
		bridgeBoth();
		await customer.hears(`${heard(AGENT_HZ)} && ${absent(CUSTOMER_HZ)}`);
		await agent.hears(`${heard(CUSTOMER_HZ)} && ${absent(AGENT_HZ)}`);
	});

	it("plays music to a held customer, and silence to the agent who waits without a filler", async () => {
		bridgeBoth();
		engine.setLeg(BRIDGE, "customer", { ...talking, held: true, filler: "music" });
		// The music has notes near the agent's tone, so that is only asked to be much weaker.
		await customer.hears(`level(${AGENT_HZ}) < -55 && loudness() > -45`);
		await agent.hears("loudness() < -80");
	});

	it("silences a muted agent for the customer, and the agent still hears", async () => {
		bridgeBoth();
		engine.setLeg(BRIDGE, "agent", { ...agentTalking, muted: true });
		await customer.hears("loudness() < -80");
		await agent.hears(heard(CUSTOMER_HZ));
	});

	it("plays its filler to whoever is alone", async () => {
		engine.removeFromBridge("agent");
		engine.setLeg(BRIDGE, "customer", { ...talking, filler: "ringback" });
		await customer.hears(`${heard(440)} && ${heard(480)}`);
	});

	it("reports each key a browser presses once", async () => {
		events.length = 0;
		await customer.pressKeys("159#");
		await vi.waitUntil(() => events.filter((event) => event.type === "dtmf").length >= 4, { timeout: 15_000 });
		expect(events.filter((event) => event.type === "dtmf")).toEqual(
			[..."159#"].map((digit) => ({ type: "dtmf", legId: "customer", digit })),
		);
	});

	it("carries keys to a browser, which plays their tones", async () => {
		bridgeBoth();
		engine.setLeg(BRIDGE, "agent", { ...agentTalking, muted: true });
		await customer.hears("loudness() < -80");
		engine.sendDtmf("customer", "5555");
		await customer.hears("level(770) > -45 && level(1336) > -45");
	});

	it("records customer left and agent right", async () => {
		bridgeBoth();
		await customer.hears(heard(AGENT_HZ));
		await agent.hears(heard(CUSTOMER_HZ));
		const file = join(folder, "new", "two-parties.wav");
		engine.startRecording(BRIDGE, "recording", file);
		await vi.waitUntil(async () => (await readFile(file).catch(() => Buffer.alloc(0))).length > 64_000, {
			timeout: 15_000,
			interval: 100,
		});
		engine.stopRecording("recording");
		const finished = await vi.waitUntil(() => events.find((event) => event.type === "recording-finished"), {
			timeout: 15_000,
		});
		const wav = await readFile(file);
		expect(finished).toMatchObject({ bridgeId: BRIDGE, recordingId: "recording", file, bytes: wav.length });
		const { left, right } = wavChannels(wav);
		expect(steadyToneLevel(left, CUSTOMER_HZ)).toBeGreaterThan(4000);
		expect(steadyToneLevel(left, AGENT_HZ)).toBeLessThan(200);
		expect(steadyToneLevel(right, AGENT_HZ)).toBeGreaterThan(4000);
		expect(steadyToneLevel(right, CUSTOMER_HZ)).toBeLessThan(200);
	});

	it("lets a browser hear a simulated far end speak", async () => {
		engine.removeFromBridge("agent");
		engine.setLeg(BRIDGE, "customer", talking);
		await customer.hears("loudness() < -80");
		engine.createScriptedLeg("far", [
			{ kind: "answer" },
			{ kind: "speak", text: "Hello, this is the far end speaking." },
		]);
		engine.setLeg(BRIDGE, "far", agentTalking);
		await customer.hears("loudness() > -40");
	});

	it("reports a leg whose browser hangs up as lost", async () => {
		const leaving = await connectPhone(browser, engine, "leaving", 600);
		await leaving.page.evaluate("phone.hang()");
		await vi.waitUntil(() => events.some((event) => event.type === "leg-lost" && event.legId === "leaving"), {
			timeout: 20_000,
		});
	});

	it("tells a browser how its sound arrives (RTCP), which its call statistics need", async () => {
		await customer.page.waitForFunction(`phone.reportTypes().then((types) => types.includes("remote-inbound-rtp"))`);
		await customer.page.waitForFunction(`phone.reportTypes().then((types) => types.includes("remote-outbound-rtp"))`);
	});

	it("gives up a leg whose browser vanished without a word", async () => {
		await vi.waitUntil(() => events.some((event) => event.type === "leg-lost" && event.legId === "vanishing"), {
			timeout: 20_000,
		});
	});

	it("SS-1, SS-8 shows a moving screen to whoever sees it, also where packets are lost", async () => {
		bridgeBoth();
		const quiet = await engine.stats();
		const door = new LossyDoor();
		const shown = await connectScreen(browser, engine, { legId: "shows", screenId: "screen", shows: true });
		const seen = await connectScreen(
			browser,
			engine,
			{ legId: "sees", screenId: "screen", shows: false },
			(candidate) => door.open(candidate),
		);
		await seen.waitForFunction("screenEnd.seen().width === 1280 && screenEnd.seen().height === 720");
		const moves = async (more: number) => {
			const before = (await seen.evaluate("screenEnd.seen().changes")) as number;
			await seen.waitForFunction(`screenEnd.seen().changes >= ${before + more}`, undefined, { timeout: 15_000 });
		};
		await moves(5);
		door.lossPercent = 5;
		await moves(15);
		const { screens } = await engine.stats();
		expect(screens).toMatchObject([{ screenId: "screen", dropped: 0, viewers: 1 }]);
		expect(quiet.screens).toEqual([]);
		await shown.evaluate("screenEnd.hang()");
		await vi.waitUntil(() => events.some((event) => event.type === "leg-lost" && event.legId === "shows"));
		engine.closeLeg("sees");
		expect((await engine.stats()).screens).toEqual([]);
		door.close();
	});
});
