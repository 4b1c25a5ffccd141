/**
 * One WebRTC leg on libdatachannel: ICE, DTLS and SRTP are its business, voice is ours.
 * The track is added before the offer is made and declares its SSRC: without a=ssrc Chromium drops the audio silently.
 */

import { randomInt } from "node:crypto";
import { Audio, PeerConnection, type Track } from "node-datachannel";
import type { LegStats } from "../media-engine.ts";
import { announce, withoutAddress, withoutCandidates } from "./candidates.ts";
import type { EngineLeg } from "./leg.ts";
import { isRtcp } from "./rtp.ts";
import { EVENT_PAYLOAD_TYPE, PCMU_PAYLOAD_TYPE, RtpVoice } from "./rtp-voice.ts";
import { SilenceWatch } from "./silence-watch.ts";

const MID = "0";
/** A leg that was connected and then hears nothing of its peer is given this long to come back. */
const DISCONNECTED_GRACE_MS = 10_000;
/** From the answer until media must flow. */
const CONNECT_TIMEOUT_MS = 20_000;

/** How often a connection is looked at: while somebody waits for it, and once it is there. */
const LOOK_EVERY_MS = 5;
const LOOK_EVERY_TICKS = 5;

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
	readonly offer: string;
	readonly #events: WebRtcLegEvents;
	readonly #connection: PeerConnection;
	readonly #track: Track;
	readonly #voice: RtpVoice;
	/** Where the client's checks are to go, best first. */
	#candidates: readonly string[] = [];
	#state: "new" | "answered" | "connected" | "closed" = "new";
	#deadline: NodeJS.Timeout | undefined;
	#seen = "";
	#watch: NodeJS.Timeout | undefined;
	#ticks = 0;
	readonly #silence = new SilenceWatch();

	constructor(id: string, address: TransportAddress, events: WebRtcLegEvents) {
		this.id = id;
		this.#events = events;
		const ssrc = randomInt(1, 0x7fffffff);
		const stream = `inlay-${ssrc.toString(16)}`;
		this.#voice = new RtpVoice(ssrc, stream, events.digit);
		this.#connection = openConnection(id, address);
		this.#track = this.#connection.addTrack(describeAudio(ssrc, stream));
		this.#track.onMessage((packet) => {
			if (this.#silence.heard(!isRtcp(packet))) this.#events.heard();
			this.#voice.receive(packet);
		});
		this.offer = this.#makeOffer(address.announced);
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
		this.#announce();
		this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
		this.#expect(CONNECT_TIMEOUT_MS, "no connection within 20 seconds of the answer");
	}

	pull(out: Int16Array): boolean {
		return this.#voice.pull(out);
	}

	push(frame: Int16Array): void {
		this.#followSilence();
		if (++this.#ticks % LOOK_EVERY_TICKS === 0 && this.#connection.state() !== this.#seen) {
			// Not at once: the mixer is walking through its legs.
			queueMicrotask(() => this.#look());
		}
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
		clearInterval(this.#watch);
		this.#connection.close();
	}

	#followSilence(): void {
		const news = this.#silence.tick();
		// Likewise not at once.
		if (news === "gone") queueMicrotask(() => this.#lose("nothing received for 10 seconds"));
		if (news === "silent") queueMicrotask(() => this.#state !== "closed" && this.#events.silent());
	}

	/**
	 * Everything about our side is known at once, as it has no server to ask. The client is not told where we are before its
	 * answer has been taken in: of a check that comes before, the handshake begins within the call that takes the answer, and
	 * libdatachannel refuses the client's certificate when that overtakes the fingerprint it is compared with (setRemoteDescription
	 * and checkFingerprint in libdatachannel: one call in twenty on a busy machine).
	 */
	#makeOffer(addresses: readonly string[]): string {
		this.#connection.setLocalDescription("offer");
		const { sdp } = this.#connection.localDescription() ?? {};
		if (sdp === undefined) throw new Error("the transport made no offer");
		this.#candidates = announce(sdp, addresses);
		return withoutAddress(asClient(sdp));
	}

	/** Not at once: whoever brings the answer hears of it first. */
	#announce(): void {
		setImmediate(() => {
			if (this.#state !== "closed") for (const candidate of this.#candidates) this.#events.candidate(candidate, MID);
		});
	}

	/**
	 * Looks at the connection instead of being told: whoever listens gets a handle in the event loop, and each packet of each leg
	 * walks past all handles of all legs (libuv, uv__async_io).
	 */
	#look(): void {
		if (this.#state === "closed") return;
		const seen = this.#connection.state();
		if (seen === this.#seen) return;
		this.#seen = seen;
		this.#follow(seen);
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
		clearInterval(this.#watch);
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

/**
 * We begin the handshake (RFC 8842 section 5.2): a browser that does begins as soon as its own checks have succeeded, before
 * ours have, loses its first message and waits for its timer.
 */
function asClient(sdp: string): string {
	return sdp.replace("a=setup:actpass", "a=setup:active");
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
