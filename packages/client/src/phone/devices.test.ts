import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { memoryStorage } from "../boot/storage.ts";
import { Devices } from "./devices.ts";

const device = (kind: string, deviceId: string) => ({ kind, deviceId, label: deviceId, groupId: "" });
let there: ReturnType<typeof device>[];
const machine = new EventTarget();

beforeEach(() => {
	there = [device("audioinput", "desk"), device("audiooutput", "loud"), device("audiooutput", "headset")];
	vi.stubGlobal("navigator", { mediaDevices: Object.assign(machine, { enumerateDevices: async () => there }) });
});
afterEach(() => vi.unstubAllGlobals());

describe("the agent's devices", () => {
	it("a headset that was unplugged kept the customer's voice to itself: the system's speaker takes over, and gives it back", async () => {
		const devices = new Devices(memoryStorage());
		await devices.refresh();
		devices.speaker.value = "headset";
		devices.ringer.value = "headset";
		there = there.filter(({ deviceId }) => deviceId !== "headset");
		await devices.refresh();
		expect([devices.speakerNow.value, devices.ringerNow.value]).toEqual([undefined, undefined]);
		there.push(device("audiooutput", "headset"));
		await devices.refresh();
		expect([devices.speakerNow.value, devices.ringerNow.value]).toEqual(["headset", "headset"]);
		devices.dispose();
	});

	it("what was chosen is kept, also while the browser names no devices yet", async () => {
		const store = memoryStorage();
		const before = new Devices(store);
		before.speaker.value = "headset";
		before.dispose();
		there = [];
		const devices = new Devices(store);
		await devices.refresh();
		expect(devices.speakerNow.value).toBe("headset");
		devices.dispose();
	});

	it("the same list is no news: a microphone that could not be opened was tried again without end", async () => {
		const devices = new Devices(memoryStorage());
		await devices.refresh();
		const news = vi.fn();
		devices.microphones.subscribe(news);
		await devices.refresh();
		expect(news).toHaveBeenCalledTimes(1);
		devices.dispose();
	});
});
