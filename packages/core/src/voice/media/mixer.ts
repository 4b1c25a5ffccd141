/**
 * Mixes every bridge once per 20 ms: each leg hears all others but not itself (N-1), recordings get two channels.
 * All buffers are made when a leg or bridge is; a tick allocates nothing.
 */

import type { LegMode } from "../media-engine.ts";
import { type AudioSource, clip, FRAME_MS, FRAME_SAMPLES } from "./audio.ts";
import { fillerSource } from "./fillers.ts";
import type { Recorder } from "./recorder.ts";
import type { SideSound } from "./side-sound.ts";
import { Tone } from "./tones.ts";

/** A warning: clear of speech, and over in less than half a second. */
const TONE_HZ = 880;
const TONE_FRAMES = 20;
/** What tells that a call is recorded: 200 ms of what recorders have always sounded. */
const BEEP_HZ = 1400;
const BEEP_FRAMES = 10;

/** One party's media path, as the mixer sees it. */
export interface MixerLeg {
	readonly id: string;
	/** The party can hear and be heard now (connected, answered). */
	readonly present: boolean;
	/** Fills `out` with what the party said; false when that is silence. Called once per tick. */
	pull(out: Int16Array): boolean;
	/** Takes what the party hears. Called once per tick, only while present. */
	push(frame: Int16Array): void;
}

interface Member {
	leg: MixerLeg;
	said: Int16Array;
	speaks: boolean;
	bridge: Bridge | undefined;
	mode: LegMode;
	filler: AudioSource | undefined;
	/** What is left of a tone that only this leg hears. */
	tone: { source: AudioSource; frames: number } | undefined;
}

interface Bridge {
	members: Set<Member>;
	recorders: Map<string, Recorder>;
	/** Who hears each side by itself, beside the recordings. */
	listener: SideSound | undefined;
	/** By recording that is told by a tone: frames between two of them. */
	beeps: Map<string, number>;
	/** Frames until the next one. */
	beepIn: number;
}

const ALONE: LegMode = { muted: false, held: false, filler: "none", channel: "right" };

export class Mixer {
	readonly #members = new Map<string, Member>();
	readonly #bridges = new Map<string, Bridge>();
	readonly #sum = new Int32Array(FRAME_SAMPLES);
	readonly #heard = new Int16Array(FRAME_SAMPLES);
	readonly #left = new Int16Array(FRAME_SAMPLES);
	readonly #right = new Int16Array(FRAME_SAMPLES);
	readonly #said = new Int16Array(FRAME_SAMPLES);
	readonly #silence = new Int16Array(FRAME_SAMPLES);

	get bridgeCount(): number {
		return this.#bridges.size;
	}

	addLeg(leg: MixerLeg): void {
		const said = new Int16Array(FRAME_SAMPLES);
		this.#members.set(leg.id, {
			leg,
			said,
			speaks: false,
			bridge: undefined,
			mode: ALONE,
			filler: undefined,
			tone: undefined,
		});
	}

	removeLeg(legId: string): void {
		this.removeFromBridge(legId);
		this.#members.delete(legId);
	}

	/** Puts a leg into a bridge, moving it from another, or changes its mode. Unknown legs are ignored. */
	setLeg(bridgeId: string, legId: string, mode: LegMode): void {
		const member = this.#members.get(legId);
		if (!member) return;
		const bridge = this.#bridge(bridgeId);
		if (member.bridge !== bridge) {
			member.bridge?.members.delete(member);
			bridge.members.add(member);
			member.bridge = bridge;
		}
		if (member.mode.filler !== mode.filler) member.filler = undefined;
		member.mode = mode;
	}

	removeFromBridge(legId: string): void {
		const member = this.#members.get(legId);
		member?.bridge?.members.delete(member);
		if (member) member.bridge = undefined;
	}

	/** Dissolves a bridge; its legs stay, on their own. Returns the recordings that were running, to be finished. */
	closeBridge(bridgeId: string): string[] {
		const bridge = this.#bridges.get(bridgeId);
		if (!bridge) return [];
		for (const member of bridge.members) member.bridge = undefined;
		bridge.listener?.finish();
		this.#bridges.delete(bridgeId);
		return [...bridge.recorders.keys()];
	}

	/** @param beepMs everybody in the talk hears a tone each so many ms while it is written; 0 for none */
	addRecorder(bridgeId: string, recordingId: string, recorder: Recorder, beepMs = 0): void {
		const bridge = this.#bridge(bridgeId);
		bridge.recorders.set(recordingId, recorder);
		if (beepMs > 0) bridge.beeps.set(recordingId, Math.max(BEEP_FRAMES, Math.round(beepMs / FRAME_MS)));
	}

	removeRecorder(bridgeId: string, recordingId: string): void {
		const bridge = this.#bridges.get(bridgeId);
		bridge?.recorders.delete(recordingId);
		bridge?.beeps.delete(recordingId);
	}

	/** Somebody hears each side of the bridge, or with undefined nobody any more; who did before is handed what was left. */
	listen(bridgeId: string, listener: SideSound | undefined): void {
		const bridge = listener ? this.#bridge(bridgeId) : this.#bridges.get(bridgeId);
		if (!bridge) return;
		bridge.listener?.finish();
		bridge.listener = listener;
	}

	/** A short tone beside what the leg hears; unknown legs, and those in no bridge, hear none. */
	playTone(legId: string): void {
		const member = this.#members.get(legId);
		if (member) member.tone = { source: new Tone(TONE_HZ), frames: TONE_FRAMES };
	}

	/** Moves one frame of every leg. */
	tick(): void {
		for (const member of this.#members.values()) member.speaks = member.leg.pull(member.said);
		for (const member of this.#members.values()) {
			if (!member.bridge && member.leg.present) member.leg.push(this.#silence);
		}
		for (const bridge of this.#bridges.values()) this.#mix(bridge);
	}

	#bridge(id: string): Bridge {
		let bridge = this.#bridges.get(id);
		if (!bridge) {
			bridge = { members: new Set(), recorders: new Map(), listener: undefined, beeps: new Map(), beepIn: 0 };
			this.#bridges.set(id, bridge);
		}
		return bridge;
	}

	#mix(bridge: Bridge): void {
		const talking = this.#sumUp(bridge);
		if (bridge.beeps.size > 0) this.#beep(bridge);
		for (const member of bridge.members) {
			if (!member.leg.present) continue;
			const inTalk = !member.mode.held;
			if (!inTalk || talking < 2) this.#playFiller(member);
			else this.#playOthers(member);
		}
		if (bridge.recorders.size > 0 || bridge.listener) this.#record(bridge);
	}

	/** Sums what can be heard and returns how many legs take part in the talk (muted ones do, held ones do not). */
	#sumUp(bridge: Bridge): number {
		const sum = this.#sum.fill(0);
		let talking = 0;
		for (const member of bridge.members) {
			if (!member.leg.present || member.mode.held) continue;
			talking++;
			if (!isHeard(member)) continue;
			const said = member.said;
			for (let i = 0; i < FRAME_SAMPLES; i++) sum[i] = (sum[i] as number) + (said[i] as number);
		}
		return talking;
	}

	#playFiller(member: Member): void {
		member.filler ??= fillerSource(member.mode.filler);
		member.filler.read(this.#heard);
		this.#hear(member);
	}

	#playOthers(member: Member): void {
		member.filler = undefined;
		const heard = this.#heard;
		const sum = this.#sum;
		const said = isHeard(member) ? member.said : this.#silence;
		for (let i = 0; i < FRAME_SAMPLES; i++) heard[i] = clip((sum[i] as number) - (said[i] as number));
		this.#hear(member);
	}

	/** Hands on what is to be heard, with the leg's own tone. */
	#hear(member: Member): void {
		const { tone } = member;
		if (tone) {
			tone.source.read(this.#said);
			for (let i = 0; i < FRAME_SAMPLES; i++)
				this.#heard[i] = clip((this.#heard[i] as number) + (this.#said[i] as number));
			if (--tone.frames === 0) member.tone = undefined;
		}
		member.leg.push(this.#heard);
	}

	/** Two recordings of one call are told by one tone; while all of them rest there is none, and it comes as they go on. */
	#beep(bridge: Bridge): void {
		let every = Number.POSITIVE_INFINITY;
		for (const [id, frames] of bridge.beeps) if (!bridge.recorders.get(id)?.paused) every = Math.min(every, frames);
		if (every === Number.POSITIVE_INFINITY) bridge.beepIn = 0;
		else if (bridge.beepIn-- <= 0) {
			bridge.beepIn = every - 1;
			for (const member of bridge.members)
				if (!member.mode.held) member.tone ??= { source: new Tone(BEEP_HZ), frames: BEEP_FRAMES };
		}
	}

	#record(bridge: Bridge): void {
		this.#left.fill(0);
		this.#right.fill(0);
		for (const member of bridge.members) {
			if (!isHeard(member) || !member.leg.present) continue;
			const channel = member.mode.channel === "left" ? this.#left : this.#right;
			for (let i = 0; i < FRAME_SAMPLES; i++) {
				channel[i] = clip((channel[i] as number) + (member.said[i] as number));
			}
		}
		for (const recorder of bridge.recorders.values()) recorder.write(this.#left, this.#right);
		bridge.listener?.write(this.#left, this.#right);
	}
}

function isHeard(member: Member): boolean {
	return member.speaks && !member.mode.muted && !member.mode.held;
}
