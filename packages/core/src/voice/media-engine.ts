/**
 * The media-engine port: what the voice domain asks of whatever moves the sound.
 * Implementations: `media/` (node-datachannel in a child process) and the fake in test-support,
 * both proven by the same contract tests.
 *
 * A *leg* is one party's media path. A *bridge* is the room in which the legs of one conversation
 * are mixed; its id is the conversation's. All calls are idempotent towards a leg or bridge that has
 * gone: a late command about a closed leg is ignored, never an error.
 */

import type { CallFailure } from "@inlay/contract";

/** Which recording channel a party's voice goes to: customers left, the organization's people right. */
export type RecordingChannel = "left" | "right";

/** Why a stretch of a recording is as it is: somebody paused it, or somebody was on hold (agent-features 6). */
export type Mark = "none" | "pause" | "hold";

/**
 * What a leg hears while nobody else is heard. `take`: the question whether they take a call that is forwarded to them; `say:…`: the
 * text, spoken once.
 */
export type Filler = "none" | "music" | "ringback" | "asking" | "comfort" | "take" | `say:${string}`;

/** How a leg takes part in its bridge. */
export interface LegMode {
	/** Others do not hear this leg. */
	muted: boolean;
	/** This leg neither hears nor is heard; it listens to `filler`. */
	held: boolean;
	filler: Filler;
	channel: RecordingChannel;
}

/** What a simulated far end does, in order. */
export type FarEndStep =
	| { kind: "ring"; ms: number }
	| { kind: "answer"; isMachine?: boolean }
	/** Speaks a synthesised phrase; the engine chooses the voice. */
	| { kind: "speak"; text: string }
	| { kind: "tone"; hz: number; ms: number }
	| { kind: "silence"; ms: number }
	/** Presses a key, which is told as a `dtmf` event. */
	| { kind: "press"; digit: string }
	/** Plays a WAV file of one channel, 8 kHz, 16 bits (PCM). One that cannot be read is passed over. */
	| { kind: "play"; file: string }
	/** Says, as a `far-end` event, that it has come here. */
	| { kind: "done" }
	/** Waits until it has heard something, and then nothing for so long: for the tone of a mailbox. */
	| { kind: "await"; quietMs: number }
	/** Listens without end; says `silent` once what it hears has been quiet for so long. */
	| { kind: "listen"; silenceMs: number }
	/** Hangs up; before it has answered, for this reason. Default: nobody answered. */
	| { kind: "hangup"; cause?: CallFailure };

/**
 * What a far end says of itself. `early`: the network lets us hear something before anybody has answered, such as that there is
 * no such number. `machine`: it has answered, and the trunk takes it for an answering machine.
 */
export type FarEndNews = "ringing" | "early" | "answered" | "machine" | "hungup" | "done" | "silent";

export type MediaEvent =
	| { type: "candidate"; legId: string; candidate: string; mid: string }
	/** Media flows both ways (ICE and DTLS are up). */
	| { type: "leg-connected"; legId: string }
	/** ICE or DTLS failed or timed out; the leg is gone. */
	| { type: "leg-lost"; legId: string; reason: string }
	/** Nothing has come from a leg's party for about two seconds, who sent sound until then; and something has come again. */
	| { type: "leg-silent"; legId: string }
	| { type: "leg-heard"; legId: string }
	/** The party pressed keys (RFC 4733), or a scripted leg answered or hung up. */
	| { type: "dtmf"; legId: string; digit: string }
	/** `cause`: why it hung up without having answered, as far as the far end said so. */
	| { type: "far-end"; legId: string; step: FarEndNews; cause?: CallFailure }
	| {
			type: "recording-finished";
			bridgeId: string;
			recordingId: string;
			file: string;
			durationMs: number;
			bytes: number;
	  }
	/** From that moment of the file on, in ms from its beginning, it has this mark; `none` ends one. */
	| { type: "recording-marked"; bridgeId: string; recordingId: string; file: string; mark: Mark; offsetMs: number }
	/** The file could not be created or written (folder, rights, disk full, already there); nothing more is recorded into it. */
	| { type: "recording-failed"; bridgeId: string; recordingId: string; file: string; reason: string }
	/**
	 * What each side of a bridge has said since the piece before, that is listened to: 16 bit samples at 8 kHz, little-endian, in
	 * base64. A side that was silent is left out.
	 * @param offsetMs since listening began
	 */
	| {
			type: "sound";
			bridgeId: string;
			offsetMs: number;
			durationMs: number;
			left?: string;
			right?: string;
	  }
	/** The engine's process died and was started again: every leg is gone and must be made anew. */
	| { type: "restarted" };

/** The other side of a plain RTP leg. */
export interface RtpPeer {
	/** IPv4 address that its signalling comes from: sound is taken from there, too, for who is behind NAT. */
	address: string;
	/** Its SDP offer; absent where ours is wanted. */
	offer?: string;
	/**
	 * Our own SRTP keys of before, base64 by suite, where a call gets a new leg: there are peers that take no new key in a call
	 * (baresip 1.0). The new stream has a source of its own, so nothing is encrypted twice alike.
	 */
	keys?: Readonly<Record<string, string>>;
	/** Sound has to be encrypted (SRTP, keys in SDP): an offer or answer in the clear is refused. */
	secure: boolean;
}

export interface LegStats {
	legId: string;
	packetsReceived: number;
	packetsSent: number;
	/** Frames the mixer had to invent because none had arrived in time. */
	framesConcealed: number;
	framesPlayed: number;
}

/** Of one shared screen. */
export interface ScreenStats {
	screenId: string;
	/** Packets of picture that came, and of them those that were dropped as too many. */
	packets: number;
	dropped: number;
	bytes: number;
	/** How often a whole picture was asked for. */
	pictures: number;
	viewers: number;
}

export interface MediaStats {
	legs: number;
	bridges: number;
	/** Of one core, 0–100, since the previous call of `stats`. */
	cpuPercent: number;
	/** 99th percentile of the mixer's lateness in ms, since the previous call. */
	latenessP99Ms: number;
	perLeg: LegStats[];
	screens: ScreenStats[];
}

export interface MediaEngine {
	start(): Promise<void>;
	stop(): Promise<void>;
	/** Makes a WebRTC leg and returns its SDP offer (the server is always the offerer, platform-api 6). Candidates trickle as events. */
	createWebRtcLeg(legId: string): Promise<{ sdp: string }>;
	/**
	 * Of a WebRTC leg, an engine sends to no address that the client names, in its answer or as a candidate, but to where its valid checks come
	 * from; so candidates of clients are not passed on.
	 */
	acceptAnswer(legId: string, sdp: string): void;
	/**
	 * Makes a leg of a shared screen, which carries pictures one way and nothing else, and returns its SDP offer. What comes from
	 * the leg that shows goes to all that see; a later one that shows takes its place. `closeLeg` ends it; `leg-connected` and
	 * `leg-lost` tell of it.
	 * @param screenId whatever is given first makes a screen
	 */
	createScreenLeg(legId: string, screenId: string, shows: boolean): Promise<{ sdp: string }>;
	/**
	 * The client's answer to it, and where its checks are to go then.
	 * @returns ICE candidates, best first, of mid `0`
	 * @throws Error for a leg that is not there, or an answer that cannot be used: that leg is lost
	 */
	answerScreenLeg(legId: string, sdp: string): Promise<{ candidates: readonly string[] }>;
	/**
	 * Makes a leg of plain RTP towards a trunk, G.711 with telephone events, and returns its SDP: an offer, which `acceptAnswer`
	 * completes, or the answer to the peer's. Again for the same leg: it is agreed on anew, on the same port. A peer that sends
	 * nothing for a minute though it should is gone (`leg-lost`).
	 * @throws Error in words, where the offer names no stream that can be used, or no port is free
	 */
	openRtpLeg(legId: string, peer: RtpPeer): Promise<{ sdp: string }>;
	/** Makes a leg whose far end is simulated; it reports `far-end` events. */
	createScriptedLeg(legId: string, steps: FarEndStep[]): void;
	closeLeg(legId: string): void;
	/** Puts a leg into a bridge (made on first use), or changes how it takes part. */
	setLeg(bridgeId: string, legId: string, mode: LegMode): void;
	removeFromBridge(legId: string): void;
	closeBridge(bridgeId: string): void;
	/** Sends keys towards the leg's party (RFC 4733). Characters 0–9 * # A–D. */
	sendDtmf(legId: string, digits: string): void;
	/**
	 * Records the bridge as a stereo 8 kHz WAV. Survives changes of legs; finishes on stop or when the bridge closes.
	 * @param paused from its first sample on, as by `pauseRecording`: a command that follows would be a sample late
	 * @param beepMs everybody in the talk hears a tone each so many ms while it is not paused; 0 for none
	 */
	startRecording(
		bridgeId: string,
		recordingId: string,
		file: string,
		paused?: boolean,
		mark?: Mark,
		beepMs?: number,
	): void;
	/**
	 * While paused, silence is written, so that both channels stay in time. Where the mark changes, a `recording-marked`
	 * event says at which moment of the file.
	 */
	pauseRecording(recordingId: string, paused: boolean, mark?: Mark): void;
	/**
	 * Hands on what each side of the bridge says, as `sound` events, or no longer. Who is muted or on hold says nothing. A bridge
	 * that closes is listened to no longer.
	 */
	listen(bridgeId: string, listens: boolean): void;
	/** A short tone that this leg hears beside everything else. */
	playTone(legId: string): void;
	stopRecording(recordingId: string): void;
	stats(): Promise<MediaStats>;
	/** How long no sound has been possible, in ms; 0 while it is. */
	silentForMs(): number;
	onEvent(listener: (event: MediaEvent) => void): () => void;
	/** STUN server the engine answers on, for clients that want one. */
	stun(): { host: string; port: number };
}
