/**
 * One WebRTC leg that speaks: ICE, DTLS and SRTP are libdatachannel's business (rtc-connection.ts), voice is ours.
 * The track is added before the offer is made and declares its SSRC: without a=ssrc Chromium drops the audio silently.
 */

import { randomInt } from "node:crypto";
import { Audio } from "node-datachannel";
import type { LegStats } from "../media-engine.ts";
import type { EngineLeg } from "./leg.ts";
import { MID, RtcConnection, type RtcConnectionEvents, type TransportAddress } from "./rtc-connection.ts";
import { isRtcp } from "./rtp.ts";
import { EVENT_PAYLOAD_TYPE, PCMU_PAYLOAD_TYPE, RtpVoice } from "./rtp-voice.ts";
import { SilenceWatch } from "./silence-watch.ts";

/** How often a connection is looked at that is there. */
const LOOK_EVERY_TICKS = 5;

/** What a leg tells the engine. */
export interface WebRtcLegEvents extends RtcConnectionEvents {
	candidate(candidate: string, mid: string): void;
	/** Nothing comes from the client, which sent sound until now; and something comes again. */
	silent(): void;
	heard(): void;
	digit(digit: string): void;
}

export class WebRtcLeg implements EngineLeg {
	readonly id: string;
	readonly #events: WebRtcLegEvents;
	readonly #connection: RtcConnection;
	readonly #voice: RtpVoice;
	#ticks = 0;
	readonly #silence = new SilenceWatch();

	constructor(id: string, address: TransportAddress, events: WebRtcLegEvents) {
		this.id = id;
		this.#events = events;
		const ssrc = randomInt(1, 0x7fffffff);
		const stream = `inlay-${ssrc.toString(16)}`;
		this.#voice = new RtpVoice(ssrc, stream, events.digit);
		this.#connection = new RtcConnection(id, address, describeAudio(ssrc, stream), events);
		this.#connection.track.onMessage((packet) => {
			if (this.#silence.heard(!isRtcp(packet))) this.#events.heard();
			this.#voice.receive(packet);
		});
	}

	get offer(): string {
		return this.#connection.offer;
	}

	get present(): boolean {
		return this.#connection.isConnected;
	}

	/** Applies the client's answer. What cannot be used as one loses the leg; a repeated answer is ignored. */
	acceptAnswer(sdp: string): void {
		if (this.#connection.acceptAnswer(sdp)) this.#announce();
	}

	pull(out: Int16Array): boolean {
		return this.#voice.pull(out);
	}

	push(frame: Int16Array): void {
		this.#followSilence();
		if (++this.#ticks % LOOK_EVERY_TICKS === 0 && this.#connection.hasNews()) {
			// Not at once: the mixer is walking through its legs.
			queueMicrotask(() => this.#connection.look());
		}
		this.#connection.send(this.#voice.packetize(frame));
		const report = this.#voice.takeDueReport();
		if (report) this.#connection.send(report);
	}

	sendDtmf(digits: string): void {
		this.#voice.sendDtmf(digits);
	}

	stats(): LegStats {
		return { legId: this.id, ...this.#voice.counters };
	}

	close(): void {
		this.#connection.close();
	}

	#followSilence(): void {
		const news = this.#silence.tick();
		// Likewise not at once.
		if (news === "gone") queueMicrotask(() => this.#connection.lose("nothing received for 10 seconds"));
		if (news === "silent") queueMicrotask(() => !this.#connection.isClosed && this.#events.silent());
	}

	/** Not at once: whoever brings the answer hears of it first. */
	#announce(): void {
		setImmediate(() => {
			if (this.#connection.isClosed) return;
			for (const candidate of this.#connection.candidates) this.#events.candidate(candidate, MID);
		});
	}
}

function describeAudio(ssrc: number, stream: string): Audio {
	const audio = new Audio(MID, "SendRecv");
	audio.addAudioCodec(PCMU_PAYLOAD_TYPE, "PCMU/8000");
	audio.addAudioCodec(EVENT_PAYLOAD_TYPE, "telephone-event/8000", "0-15");
	audio.addSSRC(ssrc, stream, stream, "audio");
	return audio;
}
