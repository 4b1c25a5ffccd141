/**
 * One WebRTC leg on libdatachannel: ICE, DTLS and SRTP are its business, voice is ours.
 * The track is added before the offer is made and declares its SSRC: without a=ssrc Chromium drops the audio silently.
 */

import { randomInt } from "node:crypto";
import { Audio, PeerConnection, type Track } from "node-datachannel";
import type { LegStats } from "../media-engine.ts";
import { announce, withoutCandidates } from "./candidates.ts";
import type { EngineLeg } from "./leg.ts";
import { isRtcp } from "./rtp.ts";
import { EVENT_PAYLOAD_TYPE, PCMU_PAYLOAD_TYPE, RtpVoice } from "./rtp-voice.ts";
import { SilenceWatch } from "./silence-watch.ts";

const MID = "0";
/** A leg that was connected and then hears nothing of its peer is given this long to come back. */
const DISCONNECTED_GRACE_MS = 10_000;
/** From the answer until media must flow. */
const CONNECT_TIMEOUT_MS = 20_000;

/** Where the transport listens and how it is announced. */
export interface TransportAddress {
	/** Undefined listens on every interface. */
	bindAddress: string | undefined;
	port: number;
	/** Best first. */
	announced: readonly string[];
}

/** What a leg tells the engine. */
export interface WebRtcLegEvents {
	candidate(candidate: string, mid: string): void;
	connected(): void;
	lost(reason: string): void;
	/** Nothing comes from the client, which sent sound until now; and something comes again. */
	silent(): void;
	heard(): void;
	digit(digit: string): void;
}

export class WebRtcLeg implements EngineLeg {
	readonly id: string;
	readonly offer: Promise<string>;
	readonly #events: WebRtcLegEvents;
	readonly #connection: PeerConnection;
	readonly #track: Track;
	readonly #voice: RtpVoice;
	#state: "new" | "answered" | "connected" | "closed" = "new";
	#deadline: NodeJS.Timeout | undefined;
	#announced = false;
	readonly #silence = new SilenceWatch();

	constructor(id: string, address: TransportAddress, events: WebRtcLegEvents) {
		this.id = id;
		this.#events = events;
		const ssrc = randomInt(1, 0x7fffffff);
		const stream = `inlay-${ssrc.toString(16)}`;
		this.#voice = new RtpVoice(ssrc, stream, events.digit);
		this.#connection = openConnection(id, address);
		this.offer = this.#listen(address);
		this.#track = this.#connection.addTrack(describeAudio(ssrc, stream));
		this.#track.onMessage((packet) => {
			if (this.#silence.heard(!isRtcp(packet))) this.#events.heard();
			this.#voice.receive(packet);
		});
		this.#connection.setLocalDescription("offer");
	}

	get present(): boolean {
		return this.#state === "connected";
	}

	/** Applies the client's answer. What cannot be used as one loses the leg; a repeated answer is ignored. */
	acceptAnswer(sdp: string): void {
		if (this.#state !== "new") return;
		try {
			this.#connection.setRemoteDescription(withoutCandidates(sdp), "answer");
		} catch (error) {
			this.#lose(`the answer was refused: ${error instanceof Error ? error.message : String(error)}`);
			return;
		}
		this.#state = "answered";
		this.#expect(CONNECT_TIMEOUT_MS, "no connection within 20 seconds of the answer");
	}

	pull(out: Int16Array): boolean {
		return this.#voice.pull(out);
	}

	push(frame: Int16Array): void {
		this.#followSilence();
		const packet = this.#voice.packetize(frame);
		try {
			this.#track.sendMessageBinary(packet);
			const report = this.#voice.takeDueReport();
			if (report) this.#track.sendMessageBinary(report);
		} catch {
			// The track closed under us; the state change that follows reports it.
		}
	}

	sendDtmf(digits: string): void {
		this.#voice.sendDtmf(digits);
	}

	stats(): LegStats {
		return { legId: this.id, ...this.#voice.counters };
	}

	close(): void {
		if (this.#state === "closed") return;
		this.#state = "closed";
		clearTimeout(this.#deadline);
		this.#connection.close();
	}

	#followSilence(): void {
		const news = this.#silence.tick();
		// Not at once: the mixer is walking through its legs.
		if (news === "gone") queueMicrotask(() => this.#lose("nothing received for 10 seconds"));
		if (news === "silent") queueMicrotask(() => this.#state !== "closed" && this.#events.silent());
	}

	#listen(address: TransportAddress): Promise<string> {
		const connection = this.#connection;
		connection.onLocalCandidate((line, mid) => this.#announceOnce(line, mid, address.announced));
		connection.onStateChange((state) => this.#follow(state));
		return new Promise((resolve) => {
			connection.onLocalDescription((sdp) => resolve(sdp));
		});
	}

	/** All host candidates differ only in their address, which is ours to choose. */
	#announceOnce(line: string, mid: string, addresses: readonly string[]): void {
		if (this.#announced || !line.includes("typ host")) return;
		this.#announced = true;
		for (const candidate of announce(line, addresses)) this.#events.candidate(candidate, mid);
	}

	#follow(state: string): void {
		if (this.#state === "closed") return;
		if (state === "connected") this.#becomeConnected();
		else if (state === "disconnected") this.#expect(DISCONNECTED_GRACE_MS, "disconnected for 10 seconds");
		else if (state === "failed") this.#lose("ICE or DTLS failed");
		else if (state === "closed") this.#lose("closed by the peer");
	}

	#becomeConnected(): void {
		clearTimeout(this.#deadline);
		if (this.#state === "connected") return;
		this.#state = "connected";
		this.#events.connected();
	}

	#expect(ms: number, otherwise: string): void {
		clearTimeout(this.#deadline);
		this.#deadline = setTimeout(() => this.#lose(otherwise), ms);
	}

	#lose(reason: string): void {
		if (this.#state === "closed") return;
		this.close();
		this.#events.lost(reason);
	}
}

function openConnection(id: string, address: TransportAddress): PeerConnection {
	return new PeerConnection(id, {
		iceServers: [],
		bindAddress: address.bindAddress,
		enableIceUdpMux: true,
		portRangeBegin: address.port,
		portRangeEnd: address.port,
		disableAutoNegotiation: true,
	});
}

function describeAudio(ssrc: number, stream: string): Audio {
	const audio = new Audio(MID, "SendRecv");
	audio.addAudioCodec(PCMU_PAYLOAD_TYPE, "PCMU/8000");
	audio.addAudioCodec(EVENT_PAYLOAD_TYPE, "telephone-event/8000", "0-15");
	audio.addSSRC(ssrc, stream, stream, "audio");
	return audio;
}
