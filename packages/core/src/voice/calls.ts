import type { LegMode, Mark } from "./media-engine.ts";
import type { SoftphoneSession } from "./softphone.ts";
import type { Trunk } from "./trunk.ts";

/** One party's leg. Users have softphones; outside parties sit at a page or behind a trunk. */
export interface PartyMedia {
	kind: "softphone" | "web" | "trunk" | "voicemail";
	legId: string;
	session?: SoftphoneSession;
	/** By which it goes out. */
	trunk?: Trunk;
	/** What a mailbox says: when it is to say something else, it gets another leg. */
	script?: string;
	/** Media flows. */
	connected: boolean;
	/** It has not answered, and is heard: the network plays its own ringing, or says why there will be no answer. */
	early?: boolean;
	/** Nothing has come from it for a while, though it counts as connected. */
	silent?: boolean;
	/** What the engine was told last; the same is not told twice. */
	mode?: LegMode;
}

/** What runs in this process for one conversation. */
export interface CallState {
	readonly id: string;
	/** By participant. Changed through `LiveCalls` alone, which keeps the index of legs. */
	readonly parties: ReadonlyMap<string, PartyMedia>;
	/** Those who talk by the document and whose sound is interrupted: who talks with them is told, customers hear music. */
	readonly interrupted: Set<string>;
	/** Whose media was up in this process. */
	readonly heard: Set<string>;
	/** The caller's page has said by its end that it was closed, or is loaded anew, and has not come back. */
	pageClosed: boolean;
	/** When a party's media was lost, in steady ms. */
	readonly losses: Map<string, number[]>;
	/** Whose media did not come up however often it was tried. */
	readonly givenUp: Set<string>;
	/** Who outside was being rung when the engine went down. */
	readonly rungBefore: Set<string>;
	/** What is being written, by recording. */
	readonly recordings: Map<string, { file: string; paused: boolean; mark: Mark }>;
	/** When the latest file of each recording began, epoch ms, whether or not it came to anything. */
	readonly recordingFiles: Map<string, number>;
	failedRecordings: number;
	/** The engine hands on what each side says. */
	listened: boolean;
	/** The engine knows a bridge of this conversation. */
	bridged: boolean;
	/** What is under way, one step after the other. */
	work: Promise<void>;
	/** A step is queued that has not begun: one more would find nothing new. */
	queued: boolean;
	/** Failed steps in a row. */
	failures: number;
	retry?: NodeJS.Timeout;
}

/** A leg with all it belongs to. */
export interface FoundLeg {
	call: CallState;
	participantId: string;
	party: PartyMedia;
}

interface OwnCall extends CallState {
	readonly parties: Map<string, PartyMedia>;
}

/** The calls of this process, found by conversation and by leg. */
export class LiveCalls {
	readonly #calls = new Map<string, OwnCall>();
	readonly #legs = new Map<string, FoundLeg>();

	/** The call of a conversation, made when there is none. */
	of(conversationId: string): CallState {
		const found = this.#calls.get(conversationId);
		if (found) return found;
		const call: OwnCall = {
			id: conversationId,
			parties: new Map(),
			interrupted: new Set(),
			heard: new Set(),
			pageClosed: false,
			losses: new Map(),
			givenUp: new Set(),
			rungBefore: new Set(),
			recordings: new Map(),
			recordingFiles: new Map(),
			failedRecordings: 0,
			listened: false,
			bridged: false,
			work: Promise.resolve(),
			queued: false,
			failures: 0,
		};
		this.#calls.set(conversationId, call);
		return call;
	}

	find(conversationId: string): CallState | undefined {
		return this.#calls.get(conversationId);
	}

	byLeg(legId: string): FoundLeg | undefined {
		return this.#legs.get(legId);
	}

	all(): CallState[] {
		return [...this.#calls.values()];
	}

	add({ id }: CallState, participantId: string, party: PartyMedia): void {
		const call = this.#calls.get(id);
		if (!call) return;
		call.parties.set(participantId, party);
		this.#legs.set(party.legId, { call, participantId, party });
	}

	/** @returns the party's media, which belongs to the call no longer */
	take({ id }: CallState, participantId: string): PartyMedia | undefined {
		const call = this.#calls.get(id);
		const party = call?.parties.get(participantId);
		if (!call || !party) return undefined;
		call.parties.delete(participantId);
		this.#legs.delete(party.legId);
		return party;
	}

	/** Forgets a call with its parties. */
	remove(call: CallState): void {
		if (this.#calls.get(call.id) !== call) return;
		for (const party of call.parties.values()) this.#legs.delete(party.legId);
		clearTimeout(call.retry);
		this.#calls.delete(call.id);
	}
}
