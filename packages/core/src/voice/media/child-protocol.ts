/** What the server and its media process say to each other over the IPC channel. */

import type { MediaEngine, MediaEvent, MediaStats, RtpPeer } from "../media-engine.ts";

/** Commands without an answer. */
export type CommandName =
	| "acceptAnswer"
	| "createScriptedLeg"
	| "closeLeg"
	| "setLeg"
	| "removeFromBridge"
	| "closeBridge"
	| "sendDtmf"
	| "startRecording"
	| "pauseRecording"
	| "stopRecording"
	| "listen"
	| "playTone";

export type CommandArgs<Name extends CommandName> = Parameters<MediaEngine[Name]>;

export interface ChildOptions {
	/** Address to listen on; undefined for all interfaces. */
	bindAddress: string | undefined;
	/** Addresses put into candidates; `own`: those that this machine has when a leg is made. */
	announced: string[] | "own";
	/** 0 picks a free port. */
	udpPort: number;
	stunPort: number;
	/** UDP ports of trunks' sound; any free ones where absent. */
	rtpPorts?: readonly [number, number];
}

export type ToChild =
	| { kind: "start"; options: ChildOptions }
	| { kind: "command"; name: CommandName; args: unknown[] }
	| { kind: "create-leg"; request: number; legId: string }
	| { kind: "open-rtp-leg"; request: number; legId: string; peer: RtpPeer }
	| { kind: "create-screen-leg"; request: number; legId: string; screenId: string; shows: boolean }
	| { kind: "answer-screen-leg"; request: number; legId: string; sdp: string }
	| { kind: "stats"; request: number }
	/** Answered with `alive` as soon as the process gets to it. */
	| { kind: "ping" }
	| { kind: "stop" };

export type FromChild =
	| { kind: "ready"; udpPort: number; stunPort: number }
	| { kind: "start-failed"; message: string }
	| { kind: "leg-created"; request: number; sdp: string }
	| { kind: "leg-answered"; request: number; candidates: readonly string[] }
	| { kind: "stats"; request: number; stats: MediaStats }
	| { kind: "refused"; request: number; message: string }
	| { kind: "alive" }
	| { kind: "event"; event: MediaEvent };
