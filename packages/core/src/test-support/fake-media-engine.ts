/** A media engine without media: it remembers what it was told and says what a test makes it say. */

import type { CallFailure } from "@inlay/contract";
import { readRtpSdp, writeRtpSdp } from "../voice/media/rtp-sdp.ts";
import type { FarEndStep, LegMode, Mark, MediaEngine, MediaEvent, MediaStats, RtpPeer } from "../voice/media-engine.ts";

/** One call of the port, as a test compares it: `["setLeg", bridgeId, legId, mode]`. */
export type FakeCommand = {
	[Name in keyof MediaEngine]: [Name, ...Parameters<MediaEngine[Name]>];
}[Exclude<keyof MediaEngine, "onEvent" | "stats" | "stun" | "silentForMs">];

export interface FakeMediaOptions {
	/** Far ends go through their scripts by themselves, in no time. Otherwise tests emit `far-end` events. Default false. */
	playScripts?: boolean;
}

interface FakeRecording {
	bridgeId: string;
	file: string;
	mark: Mark;
}

export class FakeMediaEngine implements MediaEngine {
	/** Everything the engine was told, oldest first. */
	readonly commands: FakeCommand[] = [];
	/** The mode of every leg in a bridge, by leg id. */
	readonly modes = new Map<string, LegMode & { bridgeId: string }>();
	readonly #options: FakeMediaOptions;
	readonly #listeners = new Set<(event: MediaEvent) => void>();
	readonly #legs = new Set<string>();
	readonly #rtpLegs = new Set<string>();
	/** Those whose script makes a sound. */
	readonly #sounding = new Set<string>();
	/** Screens by the ids of their legs. */
	readonly #screenLegs = new Map<string, string>();
	readonly #bridges = new Set<string>();
	readonly #recordings = new Map<string, FakeRecording>();
	#running = false;

	constructor(options: FakeMediaOptions = {}) {
		this.#options = options;
	}

	/** What `silentForMs` answers. */
	silentMs = 0;

	silentForMs(): number {
		return this.silentMs;
	}

	/** Says an event, as the engine would. A lost leg is gone; after `restarted` all legs, bridges and recordings are. */
	emit(event: MediaEvent): void {
		if (event.type === "leg-lost") this.#forgetLeg(event.legId);
		if (event.type === "restarted") this.#forgetEverything();
		for (const listener of this.#listeners) listener(event);
	}

	/** Ids of the legs that exist now. */
	get legs(): string[] {
		return [...this.#legs];
	}

	/** The commands of one name. */
	commandsOf<Name extends FakeCommand[0]>(name: Name): Extract<FakeCommand, [Name, ...unknown[]]>[] {
		return this.commands.filter(
			(command): command is Extract<FakeCommand, [Name, ...unknown[]]> => command[0] === name,
		);
	}

	async start(): Promise<void> {
		this.commands.push(["start"]);
		this.#running = true;
	}

	async stop(): Promise<void> {
		this.commands.push(["stop"]);
		for (const recordingId of [...this.#recordings.keys()]) this.#finish(recordingId);
		await afterThis();
		this.#forgetEverything();
		this.#running = false;
	}

	async createWebRtcLeg(legId: string): Promise<{ sdp: string }> {
		if (!this.#running) throw new Error("The media engine is not running.");
		this.commands.push(["createWebRtcLeg", legId]);
		this.#legs.add(legId);
		return { sdp: offer(this.#legs.size) };
	}

	async createScreenLeg(legId: string, screenId: string, shows: boolean): Promise<{ sdp: string }> {
		if (!this.#running) throw new Error("The media engine is not running.");
		this.commands.push(["createScreenLeg", legId, screenId, shows]);
		this.#screenLegs.set(legId, screenId);
		return { sdp: screenOffer(this.#screenLegs.size, shows) };
	}

	async answerScreenLeg(legId: string, sdp: string): Promise<{ candidates: readonly string[] }> {
		this.commands.push(["answerScreenLeg", legId, sdp]);
		if (!this.#screenLegs.has(legId)) throw new Error("There is no such leg.");
		if (sdp.includes("a=ice-ufrag:")) return { candidates: ["candidate:1 1 UDP 2122317823 127.0.0.1 9 typ host"] };
		this.#later({ type: "leg-lost", legId, reason: "the answer was refused: it has no ICE user fragment" });
		throw new Error("The answer was refused.");
	}

	async openRtpLeg(legId: string, peer: RtpPeer): Promise<{ sdp: string }> {
		if (!this.#running) throw new Error("The media engine is not running.");
		this.commands.push(["openRtpLeg", legId, peer]);
		const said = peer.offer === undefined ? undefined : readRtpSdp(peer.offer);
		this.#legs.add(legId);
		this.#rtpLegs.add(legId);
		return { sdp: rtpSdp(this.#legs.size, said?.voiceTypes[0]) };
	}

	acceptAnswer(legId: string, sdp: string): void {
		this.commands.push(["acceptAnswer", legId, sdp]);
		if (this.#rtpLegs.has(legId)) {
			this.#judge(legId, sdp);
			return;
		}
		if (!this.#legs.has(legId) || sdp.includes("a=ice-ufrag:")) return;
		this.#later({ type: "leg-lost", legId, reason: "the answer was refused: it has no ICE user fragment" });
	}

	/** An answer that names no stream of G.711 loses the leg. */
	#judge(legId: string, sdp: string): void {
		try {
			readRtpSdp(sdp);
		} catch (error) {
			this.#later({ type: "leg-lost", legId, reason: `the answer was refused: ${String(error)}` });
		}
	}

	createScriptedLeg(legId: string, steps: FarEndStep[]): void {
		this.commands.push(["createScriptedLeg", legId, steps]);
		this.#legs.add(legId);
		if (!this.#options.playScripts) return;
		if (steps.some(({ kind }) => kind === "tone" || kind === "speak")) this.#sounding.add(legId);
		for (const step of steps) {
			if (step.kind === "ring") this.#later({ type: "far-end", legId, step: "ringing" });
			if (step.kind === "answer") this.#later({ type: "far-end", legId, step: "answered" });
			if (step.kind === "press") this.#later({ type: "dtmf", legId, digit: step.digit });
			if (step.kind === "hangup") this.#later({ type: "far-end", legId, step: "hungup", ...causeOf(step) });
		}
	}

	closeLeg(legId: string): void {
		this.commands.push(["closeLeg", legId]);
		this.#forgetLeg(legId);
	}

	setLeg(bridgeId: string, legId: string, mode: LegMode): void {
		this.commands.push(["setLeg", bridgeId, legId, mode]);
		if (!this.#legs.has(legId)) return;
		this.#bridges.add(bridgeId);
		this.modes.set(legId, { ...mode, bridgeId });
	}

	removeFromBridge(legId: string): void {
		this.commands.push(["removeFromBridge", legId]);
		this.modes.delete(legId);
	}

	closeBridge(bridgeId: string): void {
		this.commands.push(["closeBridge", bridgeId]);
		this.#bridges.delete(bridgeId);
		for (const [legId, mode] of this.modes) if (mode.bridgeId === bridgeId) this.modes.delete(legId);
		for (const [recordingId, recording] of this.#recordings) {
			if (recording.bridgeId === bridgeId) this.#finish(recordingId);
		}
	}

	sendDtmf(legId: string, digits: string): void {
		this.commands.push(["sendDtmf", legId, digits]);
	}

	startRecording(bridgeId: string, recordingId: string, file: string, paused = false, mark: Mark = "none"): void {
		this.commands.push(["startRecording", bridgeId, recordingId, file]);
		if (paused || mark !== "none") this.commands.push(["pauseRecording", recordingId, paused, mark]);
		this.#bridges.add(bridgeId);
		if (!this.#recordings.has(recordingId)) this.#recordings.set(recordingId, { bridgeId, file, mark: "none" });
	}

	pauseRecording(recordingId: string, paused: boolean, mark: Mark = "none"): void {
		this.commands.push(["pauseRecording", recordingId, paused, mark]);
		const recording = this.#recordings.get(recordingId);
		if (!recording || recording.mark === mark) return;
		recording.mark = mark;
		const { bridgeId, file } = recording;
		this.#later({ type: "recording-marked", recordingId, bridgeId, file, mark, offsetMs: 500 });
	}

	listen(bridgeId: string, listens: boolean): void {
		this.commands.push(["listen", bridgeId, listens]);
		if (!listens) return;
		this.#bridges.add(bridgeId);
		for (const [legId, mode] of this.modes) {
			if (mode.bridgeId !== bridgeId || mode.muted || mode.held || !this.#sounding.has(legId)) continue;
			const sound = Buffer.alloc(3200, 1).toString("base64");
			this.#later({ type: "sound", bridgeId, offsetMs: 0, durationMs: 200, [mode.channel]: sound });
		}
	}

	playTone(legId: string): void {
		this.commands.push(["playTone", legId]);
	}

	stopRecording(recordingId: string): void {
		this.commands.push(["stopRecording", recordingId]);
		this.#finish(recordingId);
	}

	async stats(): Promise<MediaStats> {
		if (!this.#running) throw new Error("The media engine is not running.");
		const perLeg = this.legs.map((legId) => ({
			legId,
			packetsReceived: 0,
			packetsSent: 0,
			framesConcealed: 0,
			framesPlayed: 0,
		}));
		const screens = [...new Set(this.#screenLegs.values())].map((screenId) => ({ screenId, ...noPictures }));
		return { legs: perLeg.length, bridges: this.#bridges.size, cpuPercent: 0, latenessP99Ms: 0, perLeg, screens };
	}

	onEvent(listener: (event: MediaEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	stun(): { host: string; port: number } {
		return { host: "127.0.0.1", port: 3478 };
	}

	#later(event: MediaEvent): void {
		queueMicrotask(() => this.emit(event));
	}

	/** Reports a recording of one second; no file is written. */
	#finish(recordingId: string): void {
		const recording = this.#recordings.get(recordingId);
		if (!recording) return;
		this.#recordings.delete(recordingId);
		const { bridgeId, file } = recording;
		this.#later({ type: "recording-finished", recordingId, bridgeId, file, durationMs: 1000, bytes: 32_044 });
	}

	#forgetLeg(legId: string): void {
		this.#legs.delete(legId);
		this.#rtpLegs.delete(legId);
		this.#sounding.delete(legId);
		this.#screenLegs.delete(legId);
		this.modes.delete(legId);
	}

	#forgetEverything(): void {
		this.#legs.clear();
		this.#rtpLegs.clear();
		this.#sounding.clear();
		this.#screenLegs.clear();
		this.modes.clear();
		this.#bridges.clear();
		this.#recordings.clear();
	}
}

function afterThis(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** A far end that has answered hangs up for no other reason; scripts here say a cause only before. */
function causeOf({ cause }: { cause?: CallFailure }): { cause?: CallFailure } {
	return cause ? { cause } : {};
}

const noPictures = { packets: 0, dropped: 0, bytes: 0, pictures: 0, viewers: 0 };

/** What a plain RTP leg says: an offer of both laws, or an answer of one. */
function rtpSdp(number: number, voiceType: number | undefined): string {
	const own = {
		address: "127.0.0.1",
		port: 40_000 + 2 * number,
		eventType: 101,
		direction: "sendrecv",
		keys: [],
	} as const;
	return writeRtpSdp({ ...own, secure: false, voiceTypes: voiceType === undefined ? [0, 8] : [voiceType] }, number, 1);
}

/** The same for a shared screen: VP8 one way. */
function screenOffer(number: number, shows: boolean): string {
	return offer(number)
		.replace("m=audio 9 UDP/TLS/RTP/SAVPF 0 101", "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000")
		.replace("a=sendrecv", shows ? "a=recvonly" : "a=sendonly");
}

/** What the real engine offers, with made-up credentials: PCMU and telephone events, one stream, trickled candidates. */
function offer(number: number): string {
	const fingerprint = Array.from({ length: 32 }, (_, i) => ((i * 7 + number) & 0xff).toString(16).padStart(2, "0"));
	return [
		"v=0",
		`o=- ${1000 + number} 0 IN IP4 127.0.0.1`,
		"s=-",
		"t=0 0",
		"a=group:BUNDLE 0",
		"a=ice-options:ice2,trickle",
		`a=fingerprint:sha-256 ${fingerprint.join(":").toUpperCase()}`,
		"m=audio 9 UDP/TLS/RTP/SAVPF 0 101",
		"c=IN IP4 0.0.0.0",
		"a=mid:0",
		"a=sendrecv",
		`a=ssrc:${1000 + number} cname:inlay`,
		`a=msid:inlay-${number} audio`,
		"a=rtcp-mux",
		"a=rtpmap:0 PCMU/8000",
		"a=rtpmap:101 telephone-event/8000",
		"a=fmtp:101 0-15",
		"a=setup:actpass",
		`a=ice-ufrag:fake${number}`,
		"a=ice-pwd:fakefakefakefakefakefake",
		"",
	].join("\r\n");
}
