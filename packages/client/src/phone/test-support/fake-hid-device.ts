import type { HidDevice, HidInput } from "../headset/hid-headset.ts";
import type { HidCollection } from "../headset/hid-layout.ts";

/** A device as a common call-control headset describes itself: reports 2 with buttons, after three bits of padding, and lights. */
export class FakeHidDevice implements HidDevice {
	readonly productName = "Fake headset";
	opened = false;
	/** The last output report, of id 3. */
	sent = 0;
	readonly collections: readonly HidCollection[] = [
		{
			children: [
				{
					inputReports: [
						{
							reportId: 2,
							items: [
								{ usages: [], reportSize: 1, reportCount: 3 },
								{ usages: [0x0b0020], reportSize: 1, reportCount: 1, isAbsolute: true },
								{ usages: [0x0b002f], reportSize: 1, reportCount: 1, isAbsolute: false },
							],
						},
					],
					outputReports: [
						{
							reportId: 3,
							items: [{ usages: [0x080017, 0x080018, 0x080009], reportSize: 1, reportCount: 3, isAbsolute: true }],
						},
					],
				},
			],
		},
	];
	readonly #listeners = new Set<(event: HidInput) => void>();
	#hook = false;

	async open(): Promise<void> {
		this.opened = true;
	}

	/** The switch follows the busy light, as real ones do. */
	async sendReport(_reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
		this.sent = data[0] ?? 0;
		this.#hook = (this.sent & 1) === 1;
		this.#report(false);
	}

	addEventListener(_type: "inputreport", listener: (event: HidInput) => void): void {
		this.#listeners.add(listener);
	}

	removeEventListener(_type: "inputreport", listener: (event: HidInput) => void): void {
		this.#listeners.delete(listener);
	}

	pressCall(): void {
		this.#hook = !this.#hook;
		this.#report(false);
	}

	pressMute(): void {
		this.#report(true);
		this.#report(false);
	}

	#report(mute: boolean): void {
		const data = new DataView(new Uint8Array([(this.#hook ? 8 : 0) | (mute ? 16 : 0)]).buffer);
		for (const listener of this.#listeners) listener({ reportId: 2, data });
	}
}
