/** The engine inside the child process: legs, mixer, recordings and the clock that drives them. */

import { performance } from "node:perf_hooks";
import type { FarEndStep, LegMode, Mark, MediaEvent, MediaStats, RtpPeer } from "../media-engine.ts";
import type { FarEndReport } from "./far-end.ts";
import type { EngineLeg } from "./leg.ts";
import { MediaClock } from "./media-clock.ts";
import { Mixer } from "./mixer.ts";
import { Recordings } from "./recordings.ts";
import type { TransportAddress } from "./rtc-connection.ts";
import { RtpLeg } from "./rtp-leg.ts";
import { addressTowards, type RtpPorts } from "./rtp-ports.ts";
import { Screens } from "./screens.ts";
import { ScriptedLeg } from "./scripted-leg.ts";
import { SideSound } from "./side-sound.ts";
import { WebRtcLeg, type WebRtcLegEvents } from "./webrtc-leg.ts";

/** Where trunks' sound comes in. */
export interface RtpTransport {
	ports: RtpPorts;
	/** The address that peers are told; undefined for the one of this machine's that leads to them. */
	announced: string | undefined;
}

export class Engine {
	readonly #address: () => Promise<TransportAddress>;
	readonly #rtp: RtpTransport;
	readonly #emit: (event: MediaEvent) => void;
	readonly #mixer = new Mixer();
	readonly #clock = new MediaClock(() => this.#mixer.tick());
	readonly #recordings: Recordings;
	readonly #legs = new Map<string, EngineLeg>();
	readonly #screens: Screens;
	#cpuThen = process.cpuUsage();
	#timeThen = performance.now();

	/** @param address asked for every leg: a machine's addresses change */
	constructor(address: () => Promise<TransportAddress>, rtp: RtpTransport, emit: (event: MediaEvent) => void) {
		this.#address = address;
		this.#rtp = rtp;
		this.#emit = emit;
		this.#recordings = new Recordings(this.#mixer, emit);
		this.#screens = new Screens(emit);
	}

	start(): void {
		this.#clock.start();
	}

	/** Completes all files and closes all legs. */
	async stop(): Promise<void> {
		await this.#recordings.stopAll();
		this.#clock.stop();
		for (const legId of [...this.#legs.keys()]) this.closeLeg(legId);
		this.#screens.closeAll();
	}

	/** Makes a leg and its offer. A leg that already has this id is closed first. */
	async createWebRtcLeg(legId: string): Promise<{ sdp: string }> {
		const leg = new WebRtcLeg(legId, await this.#address(), this.#eventsOf(legId));
		this.#addLeg(leg);
		return { sdp: await leg.offer };
	}

	/** Makes a leg of a shared screen and its offer. */
	async createScreenLeg(legId: string, screenId: string, shows: boolean): Promise<{ sdp: string }> {
		return this.#screens.createLeg(legId, screenId, shows, await this.#address());
	}

	/** @throws Error for a leg that is not there, or an answer that cannot be used */
	answerScreenLeg(legId: string, sdp: string): readonly string[] {
		return this.#screens.answerLeg(legId, sdp);
	}

	/** Makes a plain RTP leg, or agrees on one anew. @throws Error in words */
	async openRtpLeg(legId: string, peer: RtpPeer): Promise<{ sdp: string }> {
		const known = this.#legs.get(legId);
		if (known instanceof RtpLeg) return { sdp: known.describe(peer) };
		const socket = await this.#rtp.ports.open();
		try {
			const address = this.#rtp.announced ?? (await addressTowards(peer.address));
			const leg = new RtpLeg(legId, socket, address, peer, this.#lifeOf(legId));
			const sdp = leg.describe(peer);
			this.#addLeg(leg);
			return { sdp };
		} catch (error) {
			socket.close();
			throw error;
		}
	}

	createScriptedLeg(legId: string, steps: FarEndStep[]): void {
		const report: FarEndReport = (step, cause) =>
			this.#emit({ type: "far-end", legId, step, ...(cause ? { cause } : {}) });
		const pressed = (digit: string) => this.#emit({ type: "dtmf", legId, digit });
		this.#addLeg(new ScriptedLeg(legId, steps, report, pressed));
	}

	acceptAnswer(legId: string, sdp: string): void {
		const leg = this.#legs.get(legId);
		if (leg instanceof WebRtcLeg || leg instanceof RtpLeg) leg.acceptAnswer(sdp);
	}

	closeLeg(legId: string): void {
		this.#legs.get(legId)?.close();
		this.#screens.closeLeg(legId);
		this.#forget(legId);
	}

	setLeg(bridgeId: string, legId: string, mode: LegMode): void {
		this.#mixer.setLeg(bridgeId, legId, mode);
	}

	removeFromBridge(legId: string): void {
		this.#mixer.removeFromBridge(legId);
	}

	closeBridge(bridgeId: string): void {
		for (const recordingId of this.#mixer.closeBridge(bridgeId)) this.#recordings.stop(recordingId);
	}

	sendDtmf(legId: string, digits: string): void {
		this.#legs.get(legId)?.sendDtmf(digits);
	}

	startRecording(...asked: Parameters<Recordings["start"]>): void {
		this.#recordings.start(...asked);
	}

	pauseRecording(recordingId: string, paused: boolean, mark?: Mark): void {
		this.#recordings.pause(recordingId, paused, mark);
	}

	listen(bridgeId: string, listens: boolean): void {
		this.#mixer.listen(bridgeId, listens ? new SideSound(bridgeId, this.#emit) : undefined);
	}

	playTone(legId: string): void {
		this.#mixer.playTone(legId);
	}

	stopRecording(recordingId: string): void {
		this.#recordings.stop(recordingId);
	}

	stats(): MediaStats {
		return {
			legs: this.#legs.size,
			bridges: this.#mixer.bridgeCount,
			cpuPercent: this.#takeCpuPercent(),
			latenessP99Ms: this.#clock.takeLatenessP99(),
			perLeg: [...this.#legs.values()].map((leg) => leg.stats()),
			screens: this.#screens.stats(),
		};
	}

	#addLeg(leg: EngineLeg): void {
		this.closeLeg(leg.id);
		this.#legs.set(leg.id, leg);
		this.#mixer.addLeg(leg);
	}

	#forget(legId: string): void {
		this.#legs.delete(legId);
		this.#mixer.removeLeg(legId);
	}

	#eventsOf(legId: string): WebRtcLegEvents {
		return {
			candidate: (candidate, mid) => this.#emit({ type: "candidate", legId, candidate, mid }),
			connected: () => this.#emit({ type: "leg-connected", legId }),
			silent: () => this.#emit({ type: "leg-silent", legId }),
			heard: () => this.#emit({ type: "leg-heard", legId }),
			...this.#lifeOf(legId),
		};
	}

	#lifeOf(legId: string): Pick<WebRtcLegEvents, "digit" | "lost"> {
		return {
			digit: (digit) => this.#emit({ type: "dtmf", legId, digit }),
			lost: (reason) => {
				this.#forget(legId);
				this.#emit({ type: "leg-lost", legId, reason });
			},
		};
	}

	#takeCpuPercent(): number {
		const used = process.cpuUsage(this.#cpuThen);
		const now = performance.now();
		const elapsedMs = now - this.#timeThen;
		this.#cpuThen = process.cpuUsage();
		this.#timeThen = now;
		return (used.user + used.system) / 10 / Math.max(1, elapsedMs);
	}
}
