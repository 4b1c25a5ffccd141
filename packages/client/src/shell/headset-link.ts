import { Attempts } from "@inlay/contract/attempts";
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Headset } from "../phone/headset/headset.ts";
import { type HeadsetCalls, joinButtons, lightsOf } from "../phone/headset/headset-buttons.ts";
import { type HidDevice, HidHeadset } from "../phone/headset/hid-headset.ts";
import { isWritten } from "../session/interaction.ts";
import type { Workspace } from "./workspace.ts";

interface Hid {
	getDevices(): Promise<HidDevice[]>;
	requestDevice(options: { filters: { usagePage: number }[] }): Promise<HidDevice[]>;
}

const telephony = { usagePage: 0x0b };
const hid = () => (navigator as { hid?: Hid }).hid;

/** The headset whose buttons work with this panel: one that the agent allowed before, or allows by a click. */
export class HeadsetLink {
	readonly headset: ReadonlySignal<Headset | undefined>;
	readonly #headset = signal<Headset | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #takes = new Attempts();
	#part = () => {};

	constructor(workspace: Workspace) {
		this.headset = this.#headset;
		this.#workspace = workspace;
		// Refused without a word where the page around does not pass it on.
		hid()
			?.getDevices()
			.then((known) => this.#take(known[0]))
			.catch(() => undefined);
	}

	/** The browser has headsets' buttons, at all. */
	get isPossible(): boolean {
		return hid() !== undefined;
	}

	/** Asks the browser; call it from a click. Rejects where the page around must pass `hid` on. */
	async choose(): Promise<void> {
		await this.#take((await hid()?.requestDevice({ filters: [telephony] }))?.[0]);
	}

	dispose(): void {
		this.#takes.end();
		this.#part();
	}

	async #take(device: HidDevice | undefined): Promise<void> {
		if (!device) return;
		const isWanted = this.#takes.begin();
		const headset = await HidHeadset.open(device);
		// The agent has gone, or chosen another one: by two each press would count twice.
		if (!isWanted()) return headset.close();
		this.#part();
		const calls = callsOf(this.#workspace);
		const part = joinButtons(headset, calls);
		const stop = effect(() => headset.show(lightsOf(calls, talkedIn(this.#workspace)?.muted ?? false)));
		this.#headset.value = headset;
		this.#part = () => {
			stop();
			part();
			this.#headset.value = undefined;
			this.#part = () => {};
		};
	}
}

function talkedIn({ session }: Workspace) {
	return session.conversations.listed.value.find(
		(each) => each.state === "connected" && !each.held && !isWritten(each),
	);
}

function callsOf(workspace: Workspace): HeadsetCalls {
	const { actions } = workspace.session;
	return {
		isAlerting: () => workspace.ringing.value !== undefined,
		isTalking: () => talkedIn(workspace) !== undefined,
		answer() {
			const ringing = workspace.ringing.peek();
			if (ringing) void workspace.attempt(`pickup.${ringing.id}`, () => workspace.calls.pickUp(ringing));
		},
		hangUp() {
			const call = talkedIn(workspace);
			if (call) void workspace.attempt(`disconnect.${call.id}`, () => workspace.calls.hangUp(call));
		},
		toggleMute() {
			const call = talkedIn(workspace);
			if (call) void workspace.tell(() => actions.toggle(call, "muted"));
		},
	};
}
