import { describe, expect, it } from "vitest";
import { CallQuality, type Expectation, type SoundState } from "./call-quality.ts";
import type { Reading } from "./reading.ts";

/** What happens in one second. */
interface Second {
	came?: number;
	lost?: number;
	went?: number;
	/** Of what was sent, as the other end reports. */
	sentLost?: number;
	jitterMs?: number;
	heard?: number;
	spoken?: number;
	/** The browser does not say how loud what is sent is. */
	unmeasured?: boolean;
	/** No report of the other end comes. */
	unreported?: boolean;
	expect?: Partial<Expectation>;
}

const speech = 0.01;

/** Plays seconds into a fresh call; gives the last state and the figures. */
function play(...seconds: Second[]): { state: SoundState | undefined; quality: CallQuality } {
	const quality = new CallQuality();
	let reading: Reading = {
		at: 0,
		received: { packets: 0, lost: 0, jitterMs: 0, energy: 0 },
		sent: { packets: 0, energy: 0, report: { lost: 0, lostShare: 0, jitterMs: 0, roundTripMs: 20 } },
		codec: "opus",
	};
	const usual = { hearing: true, voice: true, sending: true };
	quality.take(reading, usual);
	let state: SoundState | undefined;
	for (const second of seconds) {
		const { came = 50, lost = 0, went = 50, sentLost = 0, jitterMs = 2, heard = speech, spoken = speech } = second;
		const { received, sent } = reading;
		const reportedAt = second.unreported ? (sent.report?.at ?? 0) : reading.at + 1000;
		reading = {
			...reading,
			at: reading.at + 1000,
			received: {
				packets: received.packets + came,
				lost: received.lost + lost,
				jitterMs,
				energy: (received.energy ?? 0) + (came > 0 ? heard : 0),
			},
			sent: {
				packets: sent.packets + went,
				...(second.unmeasured ? {} : { energy: (sent.energy ?? 0) + spoken }),
				report: {
					lost: (sent.report?.lost ?? 0) + sentLost,
					lostShare: sentLost / Math.max(1, went),
					jitterMs: 1,
					roundTripMs: 20,
					at: reportedAt,
				},
			},
		};
		state = quality.take(reading, { ...usual, ...second.expect });
	}
	return { state, quality };
}

const times = (count: number, second: Second): Second[] => Array.from({ length: count }, () => second);

describe("the sound of a call, second by second", () => {
	it("is good where all is well, and says nothing", () => {
		const { state } = play(...times(12, {}));
		expect(state).toMatchObject({ grade: "good", lostPercent: 0, jitterMs: 2, roundTripMs: 20, troubleSeconds: 0 });
		expect(state?.trouble).toBeUndefined();
	});

	it("the customer heard the agent, the agent heard nothing, and nobody was told: said after 5 s", () => {
		expect(play(...times(4, { came: 0 })).state?.trouble).toBeUndefined();
		expect(play(...times(5, { came: 0 })).state).toMatchObject({
			trouble: "hearNothing",
			troubleSeconds: 5,
			grade: "poor",
		});
	});

	it("a server was killed, and the agent was told that the customer hears them: who reports nothing more hears nothing", () => {
		const talk = times(10, {});
		expect(play(...talk, ...times(6, { came: 0, unreported: true })).state?.trouble).toBe("nothing");
		expect(play(...talk, ...times(6, { came: 0 })).state?.trouble).toBe("hearNothing");
	});

	it("nothing arrives at the server, or nothing at all flows: each has its own sentence", () => {
		expect(play(...times(5, { sentLost: 50 })).state?.trouble).toBe("notHeard");
		expect(play(...times(5, { went: 0 })).state?.trouble).toBe("notHeard");
		expect(play(...times(5, { came: 0, sentLost: 50 })).state?.trouble).toBe("nothing");
	});

	it("a switch on the headset silenced the microphone: said after 15 s, and gone with the first sound", () => {
		expect(play(...times(14, { spoken: 0 })).state?.trouble).toBeUndefined();
		expect(play(...times(15, { spoken: 0 })).state?.trouble).toBe("microphoneSilent");
		expect(play(...times(15, { spoken: 0 }), {}).state?.trouble).toBeUndefined();
	});

	it("Firefox, which does not measure what is sent, was told that its microphone gives no sound", () => {
		const { state, quality } = play(...times(40, { unmeasured: true }));
		expect(state?.trouble).toBeUndefined();
		expect(quality.figures()?.sent).toMatchObject({ silentSeconds: 0, packets: 2000 });
		expect(quality.figures()?.sent).not.toHaveProperty("levelDb");
	});

	it("a mailbox or music was warned of for its silence; that nothing of it arrives still is", () => {
		const noVoice = { voice: false };
		const { state, quality } = play(...times(40, { heard: 0, expect: noVoice }));
		expect(state).toMatchObject({ grade: "good", troubleSeconds: 0 });
		expect(state?.trouble).toBeUndefined();
		expect(quality.figures()?.received.silentSeconds).toBe(0);
		expect(play(...times(5, { came: 0, expect: noVoice })).state?.trouble).toBe("hearNothing");
	});

	it("a customer whose packets hold nothing but the line's own noise is silent, which is not the agent's fault", () => {
		expect(play(...times(29, { heard: 1.6e-7 })).state?.trouble).toBeUndefined();
		expect(play(...times(30, { heard: 1.6e-7 })).state?.trouble).toBe("otherSilent");
	});

	it("mute and hold are wanted silence", () => {
		expect(play(...times(40, { spoken: 0, expect: { sending: false } })).state?.trouble).toBeUndefined();
		const held = { came: 0, went: 0, spoken: 0, expect: { hearing: false, voice: false, sending: false } };
		expect(play(...times(40, held)).state?.trouble).toBeUndefined();
	});

	it("loss and jitter make it fair, then poor; what was bad is forgotten after ten good seconds", () => {
		expect(play(...times(10, { came: 48, lost: 2 })).state).toMatchObject({ grade: "fair", lostPercent: 4 });
		expect(play(...times(10, { came: 40, lost: 10 })).state?.grade).toBe("poor");
		expect(play(...times(10, { jitterMs: 250 })).state?.grade).not.toBe("good");
		expect(play(...times(10, { came: 40, lost: 10 }), ...times(10, {})).state?.grade).toBe("good");
	});

	it("tells the whole call's figures, the worst ten seconds among them", () => {
		const { quality } = play(...times(10, { came: 40, lost: 10 }), ...times(30, {}), ...times(3, { heard: 0 }));
		const figures = quality.figures();
		expect(figures).toMatchObject({
			seconds: 43,
			received: { packets: 2050, lostPercent: 4.7, jitterMs: 2, levelDb: -20, silentSeconds: 3 },
			sent: { packets: 2150, lostPercent: 0, jitterMs: 1, levelDb: -20, silentSeconds: 0 },
			roundTripMs: 20,
			codec: "opus",
		});
		expect(figures?.minMos).toBeLessThan(3);
		expect(figures?.minRFactor).toBeLessThan(60);
	});

	it("a connection made anew counts from zero, and is no burst of anything", () => {
		const quality = new CallQuality();
		const at = (second: number, packets: number): Reading => ({
			at: second * 1000,
			received: { packets, lost: 0, jitterMs: 1, energy: packets },
			sent: { packets, energy: packets },
		});
		const usual = { hearing: true, voice: true, sending: true };
		for (let second = 0; second < 5; second++) quality.take(at(second, second * 50), usual);
		expect(quality.take(at(5, 0), usual)).toBeUndefined();
		expect(quality.take(at(6, 50), usual)?.trouble).toBeUndefined();
		expect(quality.figures()?.received.packets).toBe(250);
	});

	it("has nothing to tell of a call that came to nothing", () => {
		expect(new CallQuality().figures()).toBeUndefined();
	});
});
