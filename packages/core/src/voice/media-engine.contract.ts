/** What every media engine must do, whatever moves its sound: run against the fake and against the real one. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { LegMode, MediaEngine, MediaEvent } from "./media-engine.ts";

const MODE: LegMode = { muted: false, held: false, filler: "none", channel: "left" };
const NOBODY = "no-such-leg";

/** Declares the tests. `makeEngine` gives an engine that has not been started; its far ends play their scripts. */
export function mediaEngineContract(name: string, makeEngine: () => MediaEngine): void {
	describe(`media engine contract: ${name}`, () => {
		let engine: MediaEngine;
		let folder: string;
		const events: MediaEvent[] = [];

		beforeAll(async () => {
			folder = await mkdtemp(join(tmpdir(), "inlay-contract-"));
			engine = makeEngine();
			engine.onEvent((event) => events.push(event));
			await engine.start();
		});

		afterAll(async () => {
			await engine.stop();
			await rm(folder, { recursive: true, force: true });
		});

		it("there is sound while it runs", () => expect(engine.silentForMs()).toBe(0));

		/** Waits for the first event that fits. */
		function event<Type extends MediaEvent["type"]>(
			type: Type,
			fits: (event: Extract<MediaEvent, { type: Type }>) => boolean,
		): Promise<Extract<MediaEvent, { type: Type }>> {
			const isIt = (event: MediaEvent): event is Extract<MediaEvent, { type: Type }> =>
				event.type === type && fits(event as Extract<MediaEvent, { type: Type }>);
			return vi.waitUntil(() => events.find(isIt), { timeout: 10_000 }) as Promise<Extract<MediaEvent, { type: Type }>>;
		}

		it("offers G.711 both ways with telephone events, a stream and credentials of its own", async () => {
			const { sdp } = await engine.createWebRtcLeg("offered");
			for (const line of [
				/^m=audio \d+ UDP\/TLS\/RTP\/SAVPF 0 101\r?$/m,
				/^a=sendrecv\r?$/m,
				/^a=mid:0\r?$/m,
				/^a=rtpmap:0 PCMU\/8000\r?$/m,
				/^a=rtpmap:101 telephone-event\/8000\r?$/m,
				/^a=ssrc:\d+ cname:/m,
				/^a=msid:\S+ \S+\r?$/m,
				/^a=setup:(actpass|active)\r?$/m,
				/^a=ice-ufrag:\S+\r?$/m,
				/^a=fingerprint:sha-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}\r?$/m,
				/^a=rtcp-mux\r?$/m,
			]) {
				expect(sdp).toMatch(line);
			}
			engine.closeLeg("offered");
		});

		it("offers a screen one way, VP8 alone and no address; its answer is told where to go", async () => {
			const { sdp: showing } = await engine.createScreenLeg("showing", "screen", true);
			const { sdp: seeing } = await engine.createScreenLeg("seeing", "screen", false);
			for (const sdp of [showing, seeing]) {
				expect(sdp).toMatch(/^m=video \d+ UDP\/TLS\/RTP\/SAVPF 96\r?$/m);
				expect(sdp).toMatch(/^a=rtpmap:96 VP8\/90000\r?$/m);
				expect(sdp).not.toMatch(/^a=candidate|^m=audio/m);
			}
			expect(showing).toMatch(/^a=recvonly\r?$/m);
			expect(seeing).toMatch(/^a=sendonly\r?$/m);
			expect((await engine.stats()).screens).toMatchObject([{ screenId: "screen", viewers: 0, dropped: 0 }]);
			await expect(engine.answerScreenLeg("seeing", "this is not SDP")).rejects.toThrow();
			await event("leg-lost", ({ legId }) => legId === "seeing");
			await expect(engine.answerScreenLeg("seeing", "v=0")).rejects.toThrow();
			engine.closeLeg("showing");
			expect((await engine.stats()).screens).toEqual([]);
		});

		it("counts legs and bridges", async () => {
			engine.createScriptedLeg("counted", [{ kind: "answer" }]);
			await engine.createWebRtcLeg("counted-too");
			engine.setLeg("counting", "counted", MODE);
			const before = await engine.stats();
			expect(before.perLeg.map((leg) => leg.legId)).toEqual(expect.arrayContaining(["counted", "counted-too"]));
			engine.closeLeg("counted");
			engine.closeLeg("counted-too");
			engine.closeBridge("counting");
			const after = await engine.stats();
			expect(after.legs).toBe(before.legs - 2);
			expect(after.bridges).toBe(before.bridges - 1);
		});

		it("reports what a simulated far end does, in order", async () => {
			engine.createScriptedLeg("far", [
				{ kind: "ring", ms: 40 },
				{ kind: "answer" },
				{ kind: "tone", hz: 500, ms: 40 },
				{ kind: "silence", ms: 20 },
				{ kind: "hangup" },
			]);
			await event("far-end", ({ legId, step }) => legId === "far" && step === "hungup");
			const steps = events.filter((one) => one.type === "far-end" && one.legId === "far");
			expect(steps.map((one) => "step" in one && one.step)).toEqual(["ringing", "answered", "hungup"]);
		});

		it("gives up a leg whose answer is no SDP, and goes on", async () => {
			await engine.createWebRtcLeg("garbled");
			engine.acceptAnswer("garbled", "this is not SDP");
			const { reason } = await event("leg-lost", ({ legId }) => legId === "garbled");
			expect(reason).not.toBe("");
			expect((await engine.stats()).perLeg.some((leg) => leg.legId === "garbled")).toBe(false);
		});

		it("ignores commands about legs, bridges and recordings that do not exist", async () => {
			engine.acceptAnswer(NOBODY, "v=0");
			engine.setLeg("empty", NOBODY, MODE);
			engine.removeFromBridge(NOBODY);
			engine.sendDtmf(NOBODY, "1");
			engine.closeLeg(NOBODY);
			engine.closeBridge("no-such-bridge");
			engine.pauseRecording("no-such-recording", true);
			engine.stopRecording("no-such-recording");
			expect((await engine.stats()).perLeg.some((leg) => leg.legId === NOBODY)).toBe(false);
			expect(events.some((one) => "legId" in one && one.legId === NOBODY)).toBe(false);
		});

		it("finishes a recording when it is stopped", async () => {
			const file = join(folder, "stopped.wav");
			engine.startRecording("recorded", "stopped", file);
			engine.stopRecording("stopped");
			const finished = await event("recording-finished", ({ recordingId }) => recordingId === "stopped");
			expect(finished).toMatchObject({ bridgeId: "recorded", file });
			expect(finished.bytes).toBeGreaterThanOrEqual(44);
			engine.closeBridge("recorded");
		});

		it("finishes a bridge's recordings when it closes", async () => {
			engine.startRecording("closing", "closed", join(folder, "closed.wav"));
			engine.closeBridge("closing");
			await event("recording-finished", ({ recordingId }) => recordingId === "closed");
		});

		it("hands on what each side of a bridge says that is listened to, and of who is silent, muted or on hold nothing", async () => {
			const tone = [{ kind: "answer" }, { kind: "tone", hz: 500, ms: 60_000 }] as const;
			for (const legId of ["heard", "muted", "held"]) engine.createScriptedLeg(legId, [...tone]);
			engine.setLeg("listened-to", "heard", MODE);
			engine.setLeg("listened-to", "muted", { ...MODE, muted: true, channel: "right" });
			engine.setLeg("listened-to", "held", { ...MODE, held: true, channel: "right" });
			engine.listen("listened-to", true);
			const pieces = () => events.filter((one) => one.type === "sound");
			const first = await event("sound", ({ bridgeId, left }) => bridgeId === "listened-to" && left !== undefined);
			expect(first).not.toHaveProperty("right");
			expect(Buffer.from(first.left ?? "", "base64")).toHaveLength((first.durationMs / 1000) * 8000 * 2);
			engine.listen("listened-to", false);
			engine.listen("no-such-bridge", false);
			await engine.stats();
			// Events are delivered a turn of the loop later than answers: what came before this one has arrived only then.
			await new Promise((resolve) => setImmediate(resolve));
			const heard = pieces().length;
			engine.createScriptedLeg("after", [{ kind: "answer" }, { kind: "silence", ms: 300 }, { kind: "hangup" }]);
			await event("far-end", ({ legId, step }) => legId === "after" && step === "hungup");
			expect(pieces()).toHaveLength(heard);
			for (const legId of ["heard", "muted", "held"]) engine.closeLeg(legId);
			engine.closeBridge("listened-to");
		});

		it("names a STUN server", () => {
			const { host, port } = engine.stun();
			expect(host).not.toBe("");
			expect(port).toBeGreaterThan(0);
		});

		it("stops telling a listener that has left", async () => {
			const heard: MediaEvent[] = [];
			const leave = engine.onEvent((one) => heard.push(one));
			leave();
			engine.createScriptedLeg("unheard", [{ kind: "answer" }, { kind: "hangup" }]);
			await event("far-end", ({ legId, step }) => legId === "unheard" && step === "hungup");
			expect(heard).toEqual([]);
		});

		it("finishes running recordings when it stops, and refuses legs afterwards", async () => {
			const own = makeEngine();
			const finished = new Promise((resolve) => {
				own.onEvent((one) => one.type === "recording-finished" && resolve(one.recordingId));
			});
			await own.start();
			own.startRecording("last", "at-stop", join(folder, "at-stop.wav"));
			await own.stats();
			await own.stop();
			expect(await finished).toBe("at-stop");
			await expect(own.createWebRtcLeg("late")).rejects.toThrow("not running");
		});
	});
}
