import { describe, expect, it } from "vitest";
import { type CallQualityFigures, type SoundFigures, soundFaultsOf } from "./index.ts";

const sound: SoundFigures = { packets: 3000, lostPercent: 0.4, jitterMs: 6, levelDb: -31, silentSeconds: 20 };

function part(change: Partial<CallQualityFigures>): CallQualityFigures {
	return { seconds: 60, received: sound, sent: sound, roundTripMs: 40, minRFactor: 88, ...change };
}

describe("what was wrong with the sound of a call", () => {
	it.each([
		["nothing", part({}), []],
		["loss that was heard", part({ received: { ...sound, lostPercent: 3 } }), ["received.loss"]],
		["loss on the way to the customer", part({ sent: { ...sound, lostPercent: 8.5 } }), ["sent.loss"]],
		["jitter", part({ received: { ...sound, jitterMs: 30 } }), ["received.jitter"]],
		["a faint microphone", part({ sent: { ...sound, levelDb: -50.1 } }), ["sent.faint"]],
		["a long way", part({ roundTripMs: 300 }), ["delay"]],
		["ten bad seconds", part({ minRFactor: 59.9 }), ["worst"]],
		["a customer who listened for a third of the call", part({ received: { ...sound, silentSeconds: 30 } }), []],
		["one-way sound", part({ received: { ...sound, silentSeconds: 55 } }), ["received.silent"]],
		[
			"a microphone that gave no sound at all",
			part({ sent: { packets: 3000, lostPercent: 0, jitterMs: 1, silentSeconds: 12 } }),
			["sent.silent"],
		],
		[
			"both at once",
			part({ received: { ...sound, lostPercent: 5, jitterMs: 50 }, minRFactor: 40 }),
			["received.loss", "received.jitter", "worst"],
		],
		["a call of four seconds", part({ seconds: 4, received: { ...sound, lostPercent: 50 } }), []],
	])("%s", (_name, figures, faults) => {
		expect(soundFaultsOf(figures)).toEqual(faults);
	});

	it("a part without delay and rating is judged by what it has", () => {
		const { roundTripMs: _delay, minRFactor: _rating, ...rest } = part({});
		expect(soundFaultsOf(rest)).toEqual([]);
	});
});
