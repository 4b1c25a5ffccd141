/** One life of the media process: starting it, talking to it, noticing its end. */

import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { MediaEvent, MediaStats } from "../media-engine.ts";
import type { ChildOptions, FromChild, ToChild } from "./child-protocol.ts";
import { Heartbeat } from "./heartbeat.ts";
import { MediaError } from "./media-error.ts";

/** A busy machine may need a while to start a process; more than this is a fault. */
const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;
/** The process gets no more of the environment than it needs, and so none of the server's secrets. */
const ENVIRONMENT = ["PATH", "HOME", "TZ", "LANG", "SystemRoot"];

interface Waiting {
	resolve(message: FromChild): void;
	reject(error: MediaError): void;
}

export interface Ports {
	udpPort: number;
	stunPort: number;
}

export interface ChildListeners {
	event(event: MediaEvent): void;
	log(line: string): void;
	/** The process has ended, for whatever reason. */
	ended(): void;
}

export class ChildHandle {
	readonly #child: ChildProcess;
	readonly #listeners: ChildListeners;
	readonly #waiting = new Map<number, Waiting>();
	readonly #exited: Promise<void>;
	readonly #heartbeat = new Heartbeat(
		() => this.send({ kind: "ping" }),
		() => this.#endHung(),
	);
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
		this.#child.on("error", (error) => listeners.log(`media process: ${error.message}`));
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			if (stream) createInterface({ input: stream }).on("line", listeners.log);
		}
		this.#exited = new Promise((resolve) => this.#child.once("exit", () => resolve()));
		void this.#exited.then(() => this.#end());
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
				this.#heartbeat.start();
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

	/** One that hangs does not hear anything else; when it is gone, it is replaced as one that died. */
	#endHung(): void {
		this.#listeners.log("media process hangs; ending it");
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

	#end(): void {
		this.#heartbeat.stop();
		for (const { reject } of this.#waiting.values()) {
			reject(new MediaError("media.unavailable", "The media process ended before it answered."));
		}
		this.#waiting.clear();
		// After the events that are still on their way (see #receive).
		setImmediate(() => this.#listeners.ended());
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
