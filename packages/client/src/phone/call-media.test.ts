import { afterEach, describe, expect, it } from "vitest";
import { CallMedia, candidateFragment, isNewIce, readFragment } from "./call-media.ts";
import { LevelMeter, loudness } from "./level-meter.ts";
import { type SoundPlace, soundPlace } from "./place.ts";

describe("candidates on the wire", () => {
	const udp = "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host";

	it("go out under their mid and come back the same", () => {
		const fragment = candidateFragment({ candidate: udp, sdpMid: "audio0" });
		expect(fragment).toBe(`m=audio0 9 RTP/AVP 0\r\na=${udp}`);
		expect(readFragment(fragment ?? "")).toEqual({ candidate: udp, sdpMid: "audio0" });
	});

	it("leave out TCP and IPv6, and end with a mark", () => {
		expect(candidateFragment({ candidate: udp.replace("udp", "tcp"), sdpMid: "0" })).toBeUndefined();
		expect(candidateFragment({ candidate: udp.replace("192.0.2.7", "2001:db8::1"), sdpMid: "0" })).toBeUndefined();
		expect(candidateFragment(null)).toBe("a=end-of-candidates");
		expect(readFragment("a=end-of-candidates")).toBeUndefined();
	});
});

describe("offers", () => {
	it("are a new leg when the ICE credentials differ", () => {
		expect(isNewIce("a=ice-ufrag:one\r\n", "a=ice-ufrag:two\r\n")).toBe(true);
		expect(isNewIce("a=ice-ufrag:one\r\n", "a=ice-ufrag:one\r\na=sendonly")).toBe(false);
	});
});

/** A connection as far as an answer needs it; as a browser's, it takes nothing once it is closed. */
class FakePeer {
	static readonly all: FakePeer[] = [];
	remoteDescription: { sdp: string } | null = null;
	readonly candidates: string[] = [];
	readonly #gate = Promise.withResolvers<void>();
	#closed = false;

	constructor() {
		FakePeer.all.push(this);
	}

	/** Takes the offer at last. */
	go(): void {
		this.#gate.resolve();
	}

	async setRemoteDescription(offer: { sdp: string }): Promise<void> {
		await this.#gate.promise;
		this.#refuseClosed();
		this.remoteDescription = offer;
	}

	async createAnswer(): Promise<{ sdp: string }> {
		this.#refuseClosed();
		return { sdp: `answer to ${this.remoteDescription?.sdp}` };
	}

	async setLocalDescription(): Promise<void> {
		this.#refuseClosed();
	}

	async addIceCandidate({ candidate }: { candidate: string }): Promise<void> {
		this.candidates.push(candidate);
	}

	getTransceivers(): never[] {
		return [];
	}

	close(): void {
		this.#closed = true;
	}

	#refuseClosed(): void {
		if (this.#closed)
			throw new DOMException("The RTCPeerConnection's signalingState is 'closed'.", "InvalidStateError");
	}
}

describe("an answer that comes too late", () => {
	const before = soundPlace.peek();

	afterEach(() => {
		soundPlace.value = before;
		FakePeer.all.length = 0;
	});

	function ringing(): CallMedia {
		soundPlace.value = { Audio: class {}, RTCPeerConnection: FakePeer } as unknown as SoundPlace;
		const ignored = () => {};
		return new CallMedia(() => [], {
			onCandidate: ignored,
			onActive: ignored,
			onFailed: ignored,
			onBlocked: ignored,
			onMicrophone: ignored,
		});
	}

	it("a call that ended while its sound was set up was an error in the page", async () => {
		const media = ringing();
		const answering = media.answer("a=ice-ufrag:one");
		media.close();
		FakePeer.all[0]?.go();
		expect(await answering).toBeUndefined();
	});

	it("offered anew meanwhile, the old answer went out, and the new connection's candidates with it", async () => {
		const media = ringing();
		const first = media.answer("a=ice-ufrag:one");
		const second = media.answer("a=ice-ufrag:two");
		await media.addCandidate("m=0\r\na=candidate:of the second");
		for (const peer of FakePeer.all) peer.go();
		expect(await Promise.all([first, second])).toEqual([undefined, "answer to a=ice-ufrag:two"]);
		expect(FakePeer.all.map(({ candidates }) => candidates)).toEqual([[], ["candidate:of the second"]]);
	});
});

it("the settings were left while the microphone opened: it stayed open, with its light on", async () => {
	const meter = new LevelMeter();
	const opened = Promise.withResolvers<MediaStream>();
	const starting = meter.start(undefined, () => opened.promise);
	meter.stop();
	let stopped = 0;
	opened.resolve({ getTracks: () => [{ stop: () => stopped++ }] } as unknown as MediaStream);
	expect([await starting, stopped]).toEqual([false, 1]);
});

it("a call that ended before it was heard left “The browser keeps the sound back”", async () => {
	let blocked = 0;
	let refusal = "AbortError";
	const before = soundPlace.peek();
	const play = () => Promise.reject(new DOMException("", refusal));
	soundPlace.value = {
		Audio: class {
			play = play;
		},
	} as unknown as SoundPlace;
	const ignored = () => {};
	const onBlocked = () => void blocked++;
	const media = new CallMedia(() => [], {
		onCandidate: ignored,
		onActive: ignored,
		onFailed: ignored,
		onBlocked,
		onMicrophone: ignored,
	});
	soundPlace.value = before;
	media.play();
	await new Promise((resolve) => setImmediate(resolve));
	expect(blocked).toBe(0);
	refusal = "NotAllowedError";
	media.play();
	await new Promise((resolve) => setImmediate(resolve));
	expect(blocked).toBe(1);
});

describe("loudness", () => {
	it("is 0 for silence and 1 for a full tone", () => {
		expect(loudness(new Float32Array(512))).toBe(0);
		expect(loudness(Float32Array.from({ length: 512 }, (_, index) => Math.sin(index)))).toBe(1);
	});
});
