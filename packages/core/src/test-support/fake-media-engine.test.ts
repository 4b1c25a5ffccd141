import { expect, it } from "vitest";
import { mediaEngineContract } from "../voice/media-engine.contract.ts";
import type { MediaEvent } from "../voice/media-engine.ts";
import { FakeMediaEngine } from "./fake-media-engine.ts";

mediaEngineContract("fake", () => new FakeMediaEngine({ playScripts: true }));

it("remembers commands and emits what a test wants", async () => {
	const engine = new FakeMediaEngine();
	const events: MediaEvent[] = [];
	engine.onEvent((event) => events.push(event));
	await engine.start();
	await engine.createWebRtcLeg("leg");
	engine.sendDtmf("leg", "12");
	engine.emit({ type: "leg-connected", legId: "leg" });
	expect(engine.commandsOf("sendDtmf")).toEqual([["sendDtmf", "leg", "12"]]);
	expect(events).toEqual([{ type: "leg-connected", legId: "leg" }]);
});

it("forgets all legs when it restarts", async () => {
	const engine = new FakeMediaEngine();
	await engine.start();
	await engine.createWebRtcLeg("leg");
	engine.emit({ type: "restarted" });
	expect(engine.legs).toEqual([]);
});
