/**
 * The server's side of the default media engine: keeps a media process running and speaks the port to it.
 * When the process dies, or hangs and is ended, its recordings are closed as they stand, a new process is started, and `restarted` is reported.
 */

import type { Logger } from "../../kernel/log.ts";
import type { FarEndStep, LegMode, Mark, MediaEngine, MediaEvent, MediaStats, RtpPeer } from "../media-engine.ts";
import { type ChildEnd, ChildHandle, type Ports } from "./child-handle.ts";
import type { ChildOptions, CommandArgs, CommandName } from "./child-protocol.ts";
import { MediaError } from "./media-error.ts";
import { ownAddresses } from "./own-addresses.ts";
import { salvageRecording } from "./salvage.ts";

const LOOPBACK = "127.0.0.1";
const ALL_ADDRESSES = ["0.0.0.0", "::"];
/** A process that dies again soon is restarted ever more slowly, up to this. */
const MAX_RESTART_DELAY_MS = 5_000;
const FIRST_RESTART_DELAY_MS = 100;
const STABLE_AFTER_MS = 10_000;
/** How often the first start is tried with a process that hangs or dies before it answers. */
const FIRST_STARTS = 3;

export interface MediaProcessOptions {
	/** Address that media and STUN listen on. Default 127.0.0.1; `0.0.0.0` for all interfaces. */
	bindAddress?: string;
	/**
	 * Addresses that clients are told, best first. Default: `bindAddress`, or 127.0.0.1 where that means all. `own`: those
	 * that this machine has by then; one that listens on loopback is reached there by this machine alone (local-doors.ts).
	 */
	announce?: string[] | "own";
	/** UDP port shared by all legs; 0 (the default) picks a free one, which restarts keep. */
	udpPort?: number;
	/** UDP port of the STUN responder; 0 (the default) picks a free one. */
	stunPort?: number;
	/** UDP ports of trunks' sound, first and last; any free ones where absent. */
	rtpPorts?: readonly [number, number];
	/** Hears of the process' ends, and what it prints. */
	log?: MediaLog;
}

/** Where the engine reports; the server's log fits. */
export type MediaLog = Pick<Logger, "warn" | "error">;

/** A media engine in a process of its own. */
export function createMediaProcess(
	options: MediaProcessOptions = {},
): MediaEngine & { readonly pid: number | undefined } {
	return new MediaProcess(options);
}

class MediaProcess implements MediaEngine {
	readonly #options: ChildOptions;
	readonly #log: MediaLog | undefined;
	readonly #listeners = new Set<(event: MediaEvent) => void>();
	/** Running recordings, kept here so that they outlive the process that writes them. */
	readonly #recordings = new Map<string, { bridgeId: string; file: string }>();
	#child: ChildHandle | undefined;
	#ready: Promise<ChildHandle> | undefined;
	#ports: Ports | undefined;
	#stopping = false;
	#restartDelayMs = 0;
	#startedAt = 0;
	/** Since when there has been no sound; undefined while there is, and before the first start. */
	#silentSince: number | undefined;
	#restartNow: () => void = () => {};

	constructor(options: MediaProcessOptions) {
		const bind = options.bindAddress ?? LOOPBACK;
		const everywhere = ALL_ADDRESSES.includes(bind);
		this.#options = {
			bindAddress: everywhere ? undefined : bind,
			announced: options.announce ?? [everywhere ? LOOPBACK : bind],
			udpPort: options.udpPort ?? 0,
			stunPort: options.stunPort ?? 0,
			...(options.rtpPorts ? { rtpPorts: options.rtpPorts } : {}),
		};
		this.#log = options.log;
	}

	/** Process id of the media process, for diagnosis. */
	get pid(): number | undefined {
		return this.#child?.pid;
	}

	async start(): Promise<void> {
		this.#stopping = false;
		this.#ready ??= this.#launchFirst();
		try {
			await this.#ready;
		} catch (error) {
			this.#ready = undefined;
			throw error;
		}
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		this.#restartNow();
		const starting = this.#ready;
		this.#ready = undefined;
		await starting?.catch(() => {});
		await this.#child?.stop();
		// Events of the last moments are delivered on the next turn of the loop (child-handle.ts).
		await new Promise((resolve) => setImmediate(resolve));
		this.#child = undefined;
	}

	async createWebRtcLeg(legId: string): Promise<{ sdp: string }> {
		const child = await this.#running();
		return { sdp: await child.createLeg(legId) };
	}

	async openRtpLeg(legId: string, peer: RtpPeer): Promise<{ sdp: string }> {
		const child = await this.#running();
		return { sdp: await child.openRtpLeg(legId, peer) };
	}

	async createScreenLeg(legId: string, screenId: string, shows: boolean): Promise<{ sdp: string }> {
		const child = await this.#running();
		return { sdp: await child.createScreenLeg(legId, screenId, shows) };
	}

	async answerScreenLeg(legId: string, sdp: string): Promise<{ candidates: readonly string[] }> {
		const child = await this.#running();
		return { candidates: await child.answerScreenLeg(legId, sdp) };
	}

	async stats(): Promise<MediaStats> {
		const child = await this.#running();
		return child.stats();
	}

	acceptAnswer(legId: string, sdp: string): void {
		this.#command("acceptAnswer", [legId, sdp]);
	}

	createScriptedLeg(legId: string, steps: FarEndStep[]): void {
		this.#command("createScriptedLeg", [legId, steps]);
	}

	closeLeg(legId: string): void {
		this.#command("closeLeg", [legId]);
	}

	setLeg(bridgeId: string, legId: string, mode: LegMode): void {
		this.#command("setLeg", [bridgeId, legId, mode]);
	}

	removeFromBridge(legId: string): void {
		this.#command("removeFromBridge", [legId]);
	}

	closeBridge(bridgeId: string): void {
		this.#command("closeBridge", [bridgeId]);
	}

	sendDtmf(legId: string, digits: string): void {
		this.#command("sendDtmf", [legId, digits]);
	}

	startRecording(
		bridgeId: string,
		recordingId: string,
		file: string,
		paused = false,
		mark: Mark = "none",
		beepMs = 0,
	): void {
		if (!this.#child) return;
		if (!this.#recordings.has(recordingId)) this.#recordings.set(recordingId, { bridgeId, file });
		this.#command("startRecording", [bridgeId, recordingId, file, paused, mark, beepMs]);
	}

	pauseRecording(recordingId: string, paused: boolean, mark: Mark = "none"): void {
		this.#command("pauseRecording", [recordingId, paused, mark]);
	}

	listen(bridgeId: string, listens: boolean): void {
		this.#command("listen", [bridgeId, listens]);
	}

	playTone(legId: string): void {
		this.#command("playTone", [legId]);
	}

	stopRecording(recordingId: string): void {
		this.#command("stopRecording", [recordingId]);
	}

	onEvent(listener: (event: MediaEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	stun(): { host: string; port: number } {
		if (!this.#ports) throw new MediaError("media.unavailable", "The media engine has not been started yet.");
		const { announced, bindAddress } = this.#options;
		const own = announced === "own" ? (bindAddress ?? ownAddresses()[0]) : announced[0];
		return { host: own ?? LOOPBACK, port: this.#ports.stunPort };
	}

	silentForMs(): number {
		return this.#silentSince === undefined ? 0 : performance.now() - this.#silentSince;
	}

	/** Commands while the process is down concern legs that are gone; after `restarted` everything is made anew. */
	#command<Name extends CommandName>(name: Name, args: CommandArgs<Name>): void {
		this.#child?.send({ kind: "command", name, args });
	}

	#running(): Promise<ChildHandle> {
		const stopped = new MediaError("media.unavailable", "The media engine is not running.");
		return this.#ready ?? Promise.reject(stopped);
	}

	/** A refusal, such as of a port that is taken, is final; a process that came to nothing is replaced. */
	async #launchFirst(): Promise<ChildHandle> {
		for (let left = FIRST_STARTS - 1; ; left--) {
			try {
				return await this.#launch();
			} catch (error) {
				const isFinal = !(error instanceof MediaError) || error.code !== "media.unavailable";
				if (isFinal || left === 0 || this.#stopping) throw error;
			}
		}
	}

	async #launch(): Promise<ChildHandle> {
		let isUp = false;
		const child: ChildHandle = new ChildHandle({
			event: (event) => this.#deliver(event),
			line: (text) => this.#log?.warn({ part: "media", pid: child.pid }, text),
			hung: () => this.#log?.error({ part: "media", pid: child.pid }, "the media process hangs; ending it"),
			ended: (end) => {
				if (isUp) void this.#recover(end);
			},
		});
		try {
			this.#ports = await child.start({ ...this.#options, ...this.#ports });
		} catch (error) {
			await child.stop();
			throw error;
		}
		isUp = true;
		this.#startedAt = performance.now();
		this.#child = child;
		this.#tellReturn(child);
		return child;
	}

	#tellReturn({ pid }: ChildHandle): void {
		if (this.#silentSince === undefined) return;
		const silentMs = Math.round(this.silentForMs());
		this.#silentSince = undefined;
		this.#log?.warn({ part: "media", pid, silentMs }, "there is sound again");
	}

	/** The process died: tell what its recordings hold, and bring up another one. */
	async #recover({ silentMs, ...end }: ChildEnd): Promise<void> {
		if (this.#stopping) return;
		this.#silentSince ??= performance.now() - silentMs;
		this.#log?.error(
			{ part: "media", ...end },
			"the media process has ended, and with it all sound; starting it again",
		);
		this.#child = undefined;
		const relaunched = this.#relaunchUntilUp();
		this.#ready = relaunched;
		relaunched.catch(() => {});
		await this.#closeLostRecordings();
		await relaunched.then(
			() => this.#deliver({ type: "restarted" }),
			() => {},
		);
	}

	async #relaunchUntilUp(): Promise<ChildHandle> {
		if (performance.now() - this.#startedAt > STABLE_AFTER_MS) this.#restartDelayMs = 0;
		while (!this.#stopping) {
			await this.#pauseBeforeRestart();
			if (this.#stopping) break;
			try {
				return await this.#launch();
			} catch (error) {
				this.#log?.error({ part: "media", err: error }, "the media process did not start");
			}
		}
		throw new MediaError("media.unavailable", "The media engine was stopped.");
	}

	#pauseBeforeRestart(): Promise<void> {
		const delay = this.#restartDelayMs;
		this.#restartDelayMs = Math.min(MAX_RESTART_DELAY_MS, Math.max(FIRST_RESTART_DELAY_MS, delay * 2));
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, delay);
			this.#restartNow = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	async #closeLostRecordings(): Promise<void> {
		const lost = [...this.#recordings];
		for (const [recordingId, { bridgeId, file }] of lost) {
			const held = await salvageRecording(file);
			if (held) this.#deliver({ type: "recording-finished", bridgeId, recordingId, file, ...held });
			else this.#deliver({ type: "recording-failed", bridgeId, recordingId, file, reason: "nothing was written" });
		}
	}

	#deliver(event: MediaEvent): void {
		if (event.type === "recording-finished" || event.type === "recording-failed") {
			this.#recordings.delete(event.recordingId);
		}
		for (const listener of this.#listeners) listener(event);
	}
}
