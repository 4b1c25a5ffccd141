import { describe, expect, it } from "vitest";
import { FakeHeadset } from "../test-support/fake-headset.ts";
import { FakeHidDevice } from "../test-support/fake-hid-device.ts";
import type { Headset, HeadsetLights, HeadsetPress } from "./headset.ts";
import { joinButtons, lightsOf } from "./headset-buttons.ts";
import { HidHeadset } from "./hid-headset.ts";

interface Tried {
	headset: Headset;
	buttons: { pressCall(): void; pressMute(): void };
	lights(): HeadsetLights;
}

const kinds: [string, () => Promise<Tried>][] = [
	[
		"the fake",
		async () => {
			const fake = new FakeHeadset();
			return { headset: fake, buttons: fake, lights: () => fake.lights };
		},
	],
	[
		"WebHID",
		async () => {
			const device = new FakeHidDevice();
			const lights = () => ({
				busy: (device.sent & 1) > 0,
				ringing: (device.sent & 2) > 0,
				muted: (device.sent & 4) > 0,
			});
			return { headset: await HidHeadset.open(device), buttons: device, lights };
		},
	],
];

describe.each(kinds)("a headset: %s", (_name, make) => {
	it("tells presses, and takes the echo of its own lights for none", async () => {
		const { headset, buttons } = await make();
		const presses: HeadsetPress[] = [];
		headset.onPress((press) => presses.push(press));
		headset.show({ ringing: true, busy: false, muted: false });
		buttons.pressCall();
		headset.show({ ringing: false, busy: true, muted: false });
		buttons.pressMute();
		headset.show({ ringing: false, busy: true, muted: true });
		buttons.pressMute();
		buttons.pressCall();
		headset.show({ ringing: false, busy: false, muted: false });
		expect(presses).toEqual(["offHook", "mute", "mute", "onHook"]);
	});

	it("shows the busy light, the ring and mute, and goes dark when it is closed", async () => {
		const { headset, lights } = await make();
		for (const wanted of [
			{ ringing: true, busy: false, muted: false },
			{ ringing: false, busy: true, muted: true },
		]) {
			headset.show(wanted);
			expect(lights()).toEqual(wanted);
		}
		headset.close();
		expect(lights()).toEqual({ ringing: false, busy: false, muted: false });
	});

	it("its buttons did nothing: they answer, mute and hang up, and a ring during a call is not taken by ending it", async () => {
		const { headset, buttons } = await make();
		let [alerting, talking, muted] = [true, false, false];
		const done: string[] = [];
		const calls = {
			isAlerting: () => alerting,
			isTalking: () => talking,
			answer: () => done.push("answer"),
			hangUp: () => done.push("hangUp"),
			toggleMute: () => done.push("mute"),
		};
		const part = joinButtons(headset, calls);
		const show = () => headset.show(lightsOf(calls, muted));
		show();
		buttons.pressMute();
		buttons.pressCall();
		[alerting, talking] = [false, true];
		show();
		buttons.pressMute();
		muted = true;
		alerting = true;
		show();
		buttons.pressCall();
		expect(done).toEqual(["answer", "mute", "hangUp"]);
		part();
		buttons.pressCall();
		expect(done).toHaveLength(3);
	});
});
