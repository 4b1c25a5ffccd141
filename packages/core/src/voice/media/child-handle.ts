/** One life of the media process: starting it, talking to it, noticing its end. */

import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { MediaEvent, MediaStats, RtpPeer } from "../media-engine.ts";
import type { ChildOptions, FromChild, ToChild } from "./child-protocol.ts";
import { Heartbeat, type HeartbeatTiming } from "./heartbeat.ts";
import { MediaError } from "./media-error.ts";
import { workOf } from "./process-work.ts";

/** A busy machine may need a while to start a process, however much it is at work; more than this is a fault. */
const START_TIMEOUT_MS = 20_000;
/** A process that starts, says nothing for so long and is not at work either, hangs. */
const START_SILENCE_MS = 1500;
const STOP_TIMEOUT_MS = 5_000;
/** The process gets no more of the environment than it needs, and so none of the server's secrets. */
const ENVIRONMENT = ["PATH", "HOME", "TZ", "LANG", "SystemRoot", "NODE_COMPILE_CACHE"];

interface Waiting {
	resolve(message: FromChild): void;
	reject(error: MediaError): void;
}

export interface Ports {
	udpPort: number;
	stunPort: number;
}

/** How a process has ended. */
export interface ChildEnd {
	pid: number | undefined;
	exitCode: number | null;
	signal: NodeJS.Signals | null;
	/** Since its last sign of life, in ms. */
	silentMs: number;
}

export interface ChildListeners {
	event(event: MediaEvent): void;
	/** What it has printed. */
	line(text: string): void;
	/** It is there and does nothing; it is being ended. */
	hung(): void;
	/** The process has ended, for whatever reason. */
	ended(end: ChildEnd): void;
}

export class ChildHandle {
	readonly #child: ChildProcess;
	readonly #listeners: ChildListeners;
	readonly #waiting = new Map<number, Waiting>();
	readonly #exited: Promise<Pick<ChildEnd, "exitCode" | "signal">>;
	/** While it starts, then while it runs. */
	#heartbeat: Heartbeat;
	#nextRequest = 1;

	constructor(listeners: ChildListeners) {
		this.#listeners = listeners;
		this.#child = fork(entryFile(), [], {
			execPath: process.execPath,
			execArgv: [],
			env: pick(process.env, ENVIRONMENT),
			serialization: "json",
			stdio: ["ignore", "pipe", "pipe", "ipc"],
		});
		this.#child.on("message", (message) => this.#receive(message as FromChild));
		this.#child.on("error", (error) => listeners.line(error.message));
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			if (stream) createInterface({ input: stream }).on("line", listeners.line);
		}
		this.#exited = new Promise((resolve) => {
			this.#child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
			// One that could not be started has no exit.
			this.#child.once("error", () => this.pid === undefined && resolve({ exitCode: null, signal: null }));
		});
		void this.#exited.then((end) => this.#end(end));
		this.#heartbeat = this.#beat({ silenceMs: START_SILENCE_MS, isAtWork: workOf(this.pid ?? 0) });
	}

	get pid(): number | undefined {
		return this.#child.pid;
	}

	/** Sends the options and waits for the ports. */
	async start(options: ChildOptions): Promise<Ports> {
		const timer = setTimeout(() => this.#child.kill("SIGKILL"), START_TIMEOUT_MS);
		try {
			// Request 0 is the start itself: `ready` and `start-failed` answer it.
			const reply = await this.#ask(0, { kind: "start", options });
			if (reply.kind === "ready") {
				this.#heartbeat.stop();
				this.#heartbeat = this.#beat();
				return { udpPort: reply.udpPort, stunPort: reply.stunPort };
			}
			const why = reply.kind === "start-failed" ? reply.message : "unexpected reply";
			throw new MediaError("media.start-failed", `The media engine could not start: ${why}.`);
		} finally {
			clearTimeout(timer);
		}
	}

	async createLeg(legId: string): Promise<string> {
		const request = this.#nextRequest++;
		const reply = await this.#ask(request, { kind: "create-leg", request, legId });
		if (reply.kind === "leg-created") return reply.sdp;
		throw refusal(reply);
	}

	async openRtpLeg(legId: string, peer: RtpPeer): Promise<string> {
		const request = this.#nextRequest++;
		const reply = await this.#ask(request, { kind: "open-rtp-leg", request, legId, peer });
		if (reply.kind === "leg-created") return reply.sdp;
		throw refusal(reply);
	}

	async createScreenLeg(legId: string, screenId: string, shows: boolean): Promise<string> {
		const request = this.#nextRequest++;
		const reply = await this.#ask(request, { kind: "create-screen-leg", request, legId, screenId, shows });
		if (reply.kind === "leg-created") return reply.sdp;
		throw refusal(reply);
	}

	async answerScreenLeg(legId: string, sdp: string): Promise<readonly string[]> {
		const request = this.#nextRequest++;
		const reply = await this.#ask(request, { kind: "answer-screen-leg", request, legId, sdp });
		if (reply.kind === "leg-answered") return reply.candidates;
		throw refusal(reply);
	}

	async stats(): Promise<MediaStats> {
		const request = this.#nextRequest++;
		const reply = await this.#ask(request, { kind: "stats", request });
		if (reply.kind === "stats") return reply.stats;
		throw refusal(reply);
	}

	send(message: ToChild): void {
		if (this.#child.connected) this.#child.send(message, () => {});
	}

	/** Lets the process complete its recordings; one that does not end in time is killed. */
	async stop(): Promise<void> {
		// Completing recordings on a slow disk is no hanging.
		this.#heartbeat.stop();
		this.send({ kind: "stop" });
		const timer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_TIMEOUT_MS);
		await this.#exited;
		clearTimeout(timer);
	}

	#ask(request: number, message: ToChild): Promise<FromChild> {
		return new Promise((resolve, reject) => {
			this.#waiting.set(request, { resolve, reject });
			this.send(message);
		});
	}

	#beat(timing: Partial<HeartbeatTiming> = {}): Heartbeat {
		const heartbeat = new Heartbeat(
			() => this.send({ kind: "ping" }),
			() => this.#endHung(),
			timing,
		);
		heartbeat.start();
		return heartbeat;
	}

	/** One that hangs does not hear anything else; when it is gone, it is replaced as one that died. */
	#endHung(): void {
		this.#listeners.hung();
		this.#child.kill("SIGKILL");
	}

	#receive(message: FromChild): void {
		this.#heartbeat.heard();
		if (message.kind === "alive") return;
		if (message.kind === "event") {
			// Later, so that whoever awaits createWebRtcLeg has its offer before the first candidate.
			setImmediate(() => this.#listeners.event(message.event));
			return;
		}
		const request = "request" in message ? message.request : 0;
		this.#waiting.get(request)?.resolve(message);
		this.#waiting.delete(request);
	}

	#end(how: Pick<ChildEnd, "exitCode" | "signal">): void {
		const { silentMs } = this.#heartbeat;
		this.#heartbeat.stop();
		for (const { reject } of this.#waiting.values()) {
			reject(new MediaError("media.unavailable", "The media process ended before it answered."));
		}
		this.#waiting.clear();
		// After the events that are still on their way (see #receive).
		setImmediate(() => this.#listeners.ended({ pid: this.pid, ...how, silentMs }));
	}
}

/** The entry beside this file, as source (.ts) or built (.js). */
function entryFile(): string {
	const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
	return fileURLToPath(new URL(`./media-child${extension}`, import.meta.url));
}

function refusal(reply: FromChild): MediaError {
	const why = reply.kind === "refused" ? reply.message : "unexpected reply";
	return new MediaError("media.refused", `The media process refused the request: ${why}.`);
}

function pick(environment: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv {
	return Object.fromEntries(names.map((name) => [name, environment[name]]).filter(([, value]) => value !== undefined));
}
