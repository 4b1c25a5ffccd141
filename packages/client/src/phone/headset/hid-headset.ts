import type { Headset, HeadsetLights, HeadsetPress } from "./headset.ts";
import { findBits, type HidBit, type HidCollection, usages } from "./hid-layout.ts";

/** What is used of WebHID's `HIDDevice`. */
export interface HidDevice {
	readonly productName: string;
	readonly opened: boolean;
	readonly collections: readonly HidCollection[];
	open(): Promise<void>;
	sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
	addEventListener(type: "inputreport", listener: (event: HidInput) => void): void;
	removeEventListener(type: "inputreport", listener: (event: HidInput) => void): void;
}

export interface HidInput {
	reportId: number;
	data: DataView;
}

const dark: HeadsetLights = { ringing: false, busy: false, muted: false };

/** A headset of the telephony usage page (0x0B), which all vendors' call-control headsets have. */
export class HidHeadset implements Headset {
	readonly name: string;
	readonly #device: HidDevice;
	readonly #buttons: ReadonlyMap<number, HidBit>;
	readonly #leds: ReadonlyMap<number, HidBit>;
	readonly #listeners = new Set<(press: HeadsetPress) => void>();
	readonly #down = new Map<number, boolean>();
	readonly #onReport = (event: HidInput) => this.#read(event);
	#lights = dark;

	/** Opens the device. Rejects where another program keeps it for itself. */
	static async open(device: HidDevice): Promise<HidHeadset> {
		if (!device.opened) await device.open();
		return new HidHeadset(device);
	}

	private constructor(device: HidDevice) {
		this.#device = device;
		this.name = device.productName;
		this.#buttons = findBits(device.collections, (each) => each.inputReports);
		this.#leds = findBits(device.collections, (each) => each.outputReports);
		device.addEventListener("inputreport", this.#onReport);
	}

	onPress(listener: (press: HeadsetPress) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	show(lights: HeadsetLights): void {
		this.#lights = lights;
		const wanted = [
			[usages.lightOffHook, lights.busy],
			[usages.lightRing, lights.ringing],
			[usages.lightMute, lights.muted],
		] as const;
		const reports = new Map<number, Uint8Array<ArrayBuffer>>();
		for (const [usage, isOn] of wanted) {
			const led = this.#leds.get(usage);
			if (!led) continue;
			const report = reports.get(led.reportId) ?? new Uint8Array(led.bytes);
			reports.set(led.reportId, report);
			if (isOn) report[led.bit >> 3] = (report[led.bit >> 3] ?? 0) | (1 << (led.bit & 7));
		}
		// A headset that was pulled out has no lights.
		for (const [id, report] of reports) this.#device.sendReport(id, report).catch(() => undefined);
	}

	close(): void {
		this.show(dark);
		this.#device.removeEventListener("inputreport", this.#onReport);
		this.#listeners.clear();
	}

	#read({ reportId, data }: HidInput): void {
		const hook = this.#changed(usages.hookSwitch, reportId, data);
		const { busy, muted } = this.#lights;
		// Most headsets answer the busy light by the same state of their switch.
		if (hook && (hook.isState ? hook.isDown !== busy : hook.isDown)) this.#tell(busy ? "onHook" : "offHook");
		const mute = this.#changed(usages.phoneMute, reportId, data);
		if (mute && (mute.isState ? mute.isDown !== muted : mute.isDown)) this.#tell("mute");
	}

	#changed(usage: number, reportId: number, data: DataView): { isDown: boolean; isState: boolean } | undefined {
		const button = this.#buttons.get(usage);
		if (!button || button.reportId !== reportId || button.bit >> 3 >= data.byteLength) return undefined;
		const isDown = ((data.getUint8(button.bit >> 3) >> (button.bit & 7)) & 1) === 1;
		if (isDown === (this.#down.get(usage) ?? false)) return undefined;
		this.#down.set(usage, isDown);
		// Mute is a press on most headsets, whatever their descriptor says: the next press sets it again.
		return { isDown, isState: button.isState && usage === usages.hookSwitch };
	}

	#tell(press: HeadsetPress): void {
		for (const listener of this.#listeners) listener(press);
	}
}
