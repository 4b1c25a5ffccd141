import { afterEach, beforeEach, expect, it } from "vitest";
import type { MediaEvents } from "./call-media.ts";
import { EarlyCalls } from "./early-calls.ts";
import type { Leg } from "./legs.ts";
import { type SoundPlace, soundPlace } from "./place.ts";
import type { Proposal } from "./stanza.ts";
import type { XmppStream } from "./stream.ts";
import { parseXml } from "./xml.ts";

/** What the browser has of connections, as far as a call's media asks for it. */
class FakePeer {
	static all: FakePeer[] = [];
	connectionState = "new";
	iceConnectionState = "connected";
	remoteDescription: unknown = null;
	closed = false;
	onconnectionstatechange: (() => void) | null = null;

	constructor() {
		FakePeer.all.push(this);
	}

	setConfiguration(): void {}
	getTransceivers(): unknown[] {
		return [];
	}
	async setRemoteDescription(description: unknown): Promise<void> {
		this.remoteDescription = description;
	}
	async createAnswer(): Promise<{ sdp: string }> {
		return { sdp: "answer" };
	}
	async setLocalDescription(): Promise<void> {}
	addEventListener(): void {}
	removeEventListener(): void {}
	close(): void {
		this.closed = true;
	}
	becomes(state: string): void {
		this.connectionState = state;
		this.onconnectionstatechange?.();
	}
}

const before = soundPlace.peek();
let microphone: () => Promise<unknown>;
let said: string[];
let calls: EarlyCalls;

const stream = {
	proceed: ({ sessionId }: Proposal) => said.push(`proceed ${sessionId}`),
	rpc: (method: string, { sessionId, sdp }: { sessionId: string; sdp?: string }) =>
		said.push([method, sessionId, ...(sdp ? [sdp] : [])].join(" ")),
} as unknown as XmppStream;

beforeEach(() => {
	FakePeer.all = [];
	said = [];
	const track = { readyState: "live", muted: false, stop: () => {}, getSettings: () => ({}) };
	microphone = async () => ({ getTracks: () => [track], getAudioTracks: () => [track] });
	soundPlace.value = {
		RTCPeerConnection: FakePeer,
		Audio: class {},
		navigator: { mediaDevices: { getUserMedia: () => microphone() } },
	} as unknown as SoundPlace;
	calls = new EarlyCalls({ microphone: undefined, speaker: undefined, isSending: true });
	calls.prepare();
});

afterEach(() => {
	calls.giveUp();
	soundPlace.value = before;
});

it("a panel whose stream came to nothing stood back for sound that could not come", async () => {
	let isOver = false;
	void calls.heard.then(() => {
		isOver = true;
	});
	calls.giveUp();
	await expect.poll(() => isOver).toBe(true);
});

function proposed(sessionId: string, autoAnswer: boolean): boolean {
	const flag = autoAnswer ? ` inin-autoanswer="true"` : "";
	const text = `<message from="x@gjoll"><propose id="${sessionId}" inin-cid="c" inin-sdp-over-xmpp="true"${flag}/></message>`;
	return calls.takesMessage(stream, parseXml(text) as never);
}

function told(method: string, params: Record<string, unknown>): boolean {
	const message = JSON.stringify({ method, params }).replaceAll('"', "&quot;");
	return calls.takesRequest(parseXml(`<iq type="set"><genesys-webrtc>${message}</genesys-webrtc></iq>`) as never);
}

it("a call that goes on was silent until the panel was there: it is taken and answered with a connection that was ready", async () => {
	expect(FakePeer.all).toHaveLength(1);
	expect(proposed("s", true)).toBe(true);
	expect(told("offer", { sessionId: "s", sdp: "offer" })).toBe(true);
	await expect.poll(() => said).toEqual(["proceed s", "answer s answer"]);
	FakePeer.all[0]?.becomes("connected");
	expect(said.at(-1)).toBe("info s");
	await calls.heard;
	expect(FakePeer.all).toHaveLength(1);
});

it("what rings is taken by nobody but the agent", () => {
	expect(proposed("s", false)).toBe(false);
	expect(told("offer", { sessionId: "s", sdp: "offer" })).toBe(false);
	expect(said).toEqual([]);
});

it("the phone has the call from then on, as it is, and is told what it has missed", async () => {
	proposed("s", true);
	FakePeer.all[0]?.becomes("connected");
	const legs: Leg[] = [];
	const later: string[] = [];
	calls.handOver((leg) => {
		legs.push(leg);
		return { onFailed: () => later.push("failed") } as unknown as MediaEvents;
	});
	expect(legs.map(({ state, conversationId }) => ({ state, conversationId }))).toEqual([
		{ state: "active", conversationId: "c" },
	]);
	FakePeer.all[0]?.becomes("failed");
	expect(later).toEqual(["failed"]);
	expect(proposed("later", true), "the next one is the phone's").toBe(false);
});

it("whose microphone does not open is asked by the phone, as with any call: the server offers it again", async () => {
	microphone = async () => {
		throw Object.assign(new Error("no"), { name: "NotAllowedError" });
	};
	proposed("s", true);
	await expect.poll(() => said).toEqual(["proceed s", "terminate s"]);
	await calls.heard;
	expect(FakePeer.all[0]?.closed).toBe(true);
	expect(proposed("again", true)).toBe(false);
});

it("a call that nobody takes over is given back, and one that has ended is let go", async () => {
	proposed("ended", true);
	told("terminate", { sessionId: "ended" });
	expect(FakePeer.all[0]?.closed).toBe(true);
	proposed("s", true);
	calls.giveUp();
	expect(said.at(-1)).toBe("terminate s");
	await calls.heard;
});
