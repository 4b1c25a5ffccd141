import { randomInt } from "node:crypto";
import { Audio, PeerConnection, type Track } from "node-datachannel";
import { FRAME_MS, FRAME_SAMPLES } from "../media/audio.ts";
import { isLoud } from "../media/quiet-watch.ts";
import { PCMU_PAYLOAD_TYPE, RtpVoice } from "../media/rtp-voice.ts";
import { Tone } from "../media/tones.ts";

/** Syllables, in ms: sound and pause in turns, over and over. */
const rhythm = [240, 120, 240, 120, 600, 480];
const roundMs = rhythm.reduce((sum, ms) => sum + ms, 0);

/** Whether somebody who speaks in syllables makes a sound at that time. @param atMs since they began to speak */
export function isSyllable(atMs: number): boolean {
	let left = atMs % roundMs;
	const part = rhythm.findIndex((ms) => {
		left -= ms;
		return left < 0;
	});
	return part % 2 === 0;
}

/** The media of one call that a played phone has taken: WebRTC, and a tone in the rhythm of syllables. */
export class ToneCall {
	readonly #connection: PeerConnection;
	readonly #track: Track;
	readonly #voice: RtpVoice;
	readonly #tone: Tone;
	readonly #frame = new Int16Array(FRAME_SAMPLES);
	readonly #heard: ((ms: number) => void) | undefined;
	readonly #startedAt = performance.now();
	readonly #timer: NodeJS.Timeout;
	#framesSent = 0;

	/**
	 * @param answered hears the answer to the offer
	 * @param heard is told of each stretch, in ms, in which somebody was heard at the other end
	 */
	constructor(offer: string, hz: number, answered: (sdp: string) => void, heard?: (ms: number) => void) {
		this.#heard = heard;
		const ssrc = randomInt(1, 0x7fffffff);
		const stream = `played-${ssrc.toString(16)}`;
		this.#tone = new Tone(hz);
		this.#voice = new RtpVoice(ssrc, stream, () => {});
		this.#connection = new PeerConnection(stream, { iceServers: [], disableAutoNegotiation: true });
		this.#connection.onLocalDescription((sdp) => answered(sdp));
		const audio = new Audio("0", "SendRecv");
		audio.addAudioCodec(PCMU_PAYLOAD_TYPE, "PCMU/8000");
		audio.addSSRC(ssrc, stream, stream, "audio");
		this.#track = this.#connection.addTrack(audio);
		this.#track.onMessage((packet) => this.#voice.receive(packet));
		this.#connection.setRemoteDescription(offer, "offer");
		this.#connection.setLocalDescription("answer");
		this.#timer = setInterval(() => this.#speak(), FRAME_MS);
	}

	/** @param sdp an m-line with one candidate (platform-api 6.2, step 13) */
	candidate(sdp: string): void {
		const line = /^a=(candidate:.*)$/m.exec(sdp)?.[1];
		if (line) this.#connection.addRemoteCandidate(line.trim(), "0");
	}

	close(): void {
		clearInterval(this.#timer);
		this.#connection.close();
	}

	/** By the clock, so that the rate is right however late the timer is. */
	#speak(): void {
		const due = (performance.now() - this.#startedAt) / FRAME_MS;
		for (; this.#framesSent < due; this.#framesSent++) {
			if (isSyllable(this.#framesSent * FRAME_MS)) this.#tone.read(this.#frame);
			else this.#frame.fill(0);
			this.#send(this.#voice.packetize(this.#frame));
			if (this.#heard && this.#voice.pull(this.#frame) && isLoud(this.#frame)) this.#heard(FRAME_MS);
		}
	}

	#send(packet: Buffer): void {
		if (!this.#track.isOpen()) return;
		try {
			this.#track.sendMessageBinary(packet);
		} catch {
			// The other end has closed it since: what is said now, nobody hears.
		}
	}
}
