import { beforeEach, describe, expect, it, vi } from "vitest";
import { KeptMicrophone, type MicrophoneChange } from "./kept-microphone.ts";
import { MicrophoneError, type MicrophoneProblem } from "./microphone.ts";

/** A microphone that a test unplugs and silences. */
class FakeTrack {
	readonly label: string;
	enabled = true;
	muted = false;
	readyState = "live";
	onended: (() => void) | null = null;
	onmute: (() => void) | null = null;
	onunmute: (() => void) | null = null;

	constructor(label: string) {
		this.label = label;
	}

	getSettings() {
		return { deviceId: this.label };
	}

	stop(): void {
		this.readyState = "ended";
	}

	unplug(): void {
		this.readyState = "ended";
		this.onended?.();
	}

	silence(muted: boolean): void {
		this.muted = muted;
		if (muted) this.onmute?.();
		else this.onunmute?.();
	}
}

/** Microphones of a machine; the first is the default one. */
class FakeMicrophones {
	there: string[] = ["Headset", "Built-in"];
	problem: MicrophoneProblem | undefined;
	/** Those that another program has. */
	taken: string[] = [];
	readonly opened: FakeTrack[] = [];
	/** Each opening waits for it. */
	gate: Promise<void> | undefined;

	async open(deviceId: string | undefined): Promise<MediaStream> {
		await this.gate;
		if (this.problem) throw new MicrophoneError(this.problem);
		const name = this.there.find((each) => each === deviceId) ?? this.there[0];
		if (!name) throw new MicrophoneError("no-device");
		if (this.taken.includes(name)) throw new MicrophoneError("busy");
		const track = new FakeTrack(name);
		this.opened.push(track);
		return { getAudioTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream;
	}

	async list(): Promise<string[]> {
		return this.there;
	}

	get latest(): FakeTrack {
		return this.opened.at(-1) as FakeTrack;
	}
}

describe("the microphone of a call", () => {
	let machine: FakeMicrophones;
	let changes: MicrophoneChange[];
	let sent: string[];
	let microphone: KeptMicrophone;

	beforeEach(async () => {
		machine = new FakeMicrophones();
		changes = [];
		sent = [];
		microphone = new KeptMicrophone(machine, {
			onTrack: (track) => sent.push(track.label),
			onChange: (change) => changes.push(change),
		});
		await microphone.use("Headset");
	});

	const told = (change: MicrophoneChange) => vi.waitFor(() => expect(changes.at(-1)).toEqual(change));

	it("an unplugged headset left the customer in silence: the next microphone takes its place", async () => {
		machine.there = ["Built-in"];
		machine.latest.unplug();
		await told({ kind: "replaced", label: "Built-in" });
		expect(sent).toEqual(["Headset", "Built-in"]);
	});

	it("stays muted when another one takes its place", async () => {
		microphone.setSending(false);
		machine.latest.unplug();
		await told({ kind: "replaced", label: "Headset" });
		expect(machine.latest.enabled).toBe(false);
	});

	it("says so when there is no other, and takes the one that is plugged in later", async () => {
		machine.there = [];
		machine.latest.unplug();
		await told({ kind: "lost", problem: "no-device" });
		expect(microphone.works).toBe(false);
		machine.there = ["New headset"];
		await microphone.retry();
		await told({ kind: "replaced", label: "New headset" });
	});

	it("says so when the permission was withdrawn in the call", async () => {
		machine.problem = "refused";
		machine.latest.unplug();
		await told({ kind: "lost", problem: "refused" });
	});

	it("taken by another program: changes to another one, and says so where there is none", async () => {
		machine.latest.silence(true);
		await told({ kind: "replaced", label: "Built-in" });
		machine.there = ["Built-in"];
		const present = machine.latest;
		present.silence(true);
		await told({ kind: "lost", problem: "silenced" });
		present.silence(false);
		await told({ kind: "back" });
	});

	it("a chosen microphone that a meeting had taken refused the call: the next one is used, and the agent is told", async () => {
		machine.taken = ["Headset"];
		const call = new KeptMicrophone(machine, { onTrack: () => {}, onChange: (change) => changes.push(change) });
		await call.use("Headset");
		expect([call.track?.label, changes.at(-1)]).toEqual(["Built-in", { kind: "replaced", label: "Built-in" }]);
	});

	it("unplugged while a meeting has the default one: the one after that is used", async () => {
		machine.there = ["Built-in", "Webcam"];
		machine.taken = ["Built-in"];
		machine.latest.unplug();
		await told({ kind: "replaced", label: "Webcam" });
	});

	it("all taken: says that they are busy, and a choice that fails leaves the one that works", async () => {
		machine.taken = ["Built-in"];
		await expect(microphone.use("Built-in")).rejects.toThrow("busy");
		expect(microphone.works).toBe(true);
		machine.there = ["Built-in"];
		machine.latest.unplug();
		await told({ kind: "lost", problem: "busy" });
	});

	it("changed twice in a row, the agent was heard by the microphone that opened last, not by the one they chose last", async () => {
		const slow = Promise.withResolvers<void>();
		machine.gate = slow.promise;
		const first = microphone.use("Headset");
		machine.gate = undefined;
		await microphone.use("Built-in");
		slow.resolve();
		await first;
		expect([microphone.track?.label, machine.latest.readyState]).toEqual(["Built-in", "ended"]);
	});

	it("chosen while another one was being found for the one that went: what is found is no news any more", async () => {
		machine.there = ["Built-in", "Webcam"];
		const slow = Promise.withResolvers<void>();
		machine.gate = slow.promise;
		machine.latest.unplug();
		machine.gate = undefined;
		await microphone.use("Webcam");
		slow.resolve();
		await vi.waitFor(() => expect(machine.opened).toHaveLength(3));
		await new Promise((resolve) => setImmediate(resolve));
		expect([microphone.track?.label, machine.latest.readyState, changes]).toEqual(["Webcam", "ended", []]);
	});

	it("is closed for good: what is opened meanwhile is stopped, and nobody is told", async () => {
		const before = machine.latest;
		const opening = microphone.use("Built-in");
		microphone.close();
		await opening;
		before.unplug();
		expect(machine.latest.readyState).toBe("ended");
		expect(changes).toEqual([]);
	});
});
