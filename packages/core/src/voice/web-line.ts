import { randomUUID } from "node:crypto";
import type { PageChannel, ScreenInvitation } from "../screen-share/invitations.ts";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";

/** What a caller's page is told of its call. */
export interface WebLineState {
	type: "state";
	/** `interrupted`: who talks with the caller is not heard just now, and may come back; there is music meanwhile. */
	state: "connecting" | "waiting" | "ringing" | "connected" | "held" | "interrupted" | "voicemail" | "ended";
	agentName?: string;
	reason?: string;
	/** How whoever waits stands, where the queue tells it: from 1 on, and about how long it still takes. */
	place?: number;
	waitSeconds?: number;
	/** Whoever waits may leave a message instead. */
	mayLeaveMessage?: boolean;
	/** Whoever speaks to a mailbox may press 0 to speak to somebody. */
	leadsOn?: boolean;
	/** Whether the caller may be recorded: asked by `text` just now, agreed to (a no counts while they may refuse), or refused. */
	consent?: { state: "asked" | "given" | "refused"; text?: string; mayRefuse?: true };
	/** Nothing comes from the page itself: it is not heard. */
	unheard?: boolean;
}

/** What the server tells a caller's page. */
export type WebLineMessage =
	| { type: "offer"; legId: string; sdp: string }
	| { type: "candidate"; legId: string; candidate: string; mid: string }
	| WebLineState
	| ScreenInvitation
	| { type: "error"; code: string; text: string };

/** The page of an outside party, connected by a socket. */
export interface WebLineSocket {
	send(message: WebLineMessage): void;
	close(code: number, reason: string): void;
}

interface Line {
	conversationId: string;
	socket: WebLineSocket;
	leg?: { id: string; offered: boolean; early: WebLineMessage[] };
	/** The state last told, as text: the same is not told twice. */
	told?: string;
}

/** The media lines of outside parties who call from a page: one per conversation, the latest socket wins. */
export class WebLines implements PageChannel {
	readonly #engine: MediaEngine;
	readonly #failed: (legId: string, reason: string) => void;
	readonly #lines = new Map<string, Line>();
	readonly #byLeg = new Map<string, Line>();
	readonly #unsubscribe: () => void;

	/** @param failed is told of legs that could not be made */
	constructor(engine: MediaEngine, failed: (legId: string, reason: string) => void) {
		this.#engine = engine;
		this.#failed = failed;
		this.#unsubscribe = engine.onEvent((event) => this.#onMedia(event));
	}

	/** Stops listening; lines stay as they are. */
	stop(): void {
		this.#unsubscribe();
	}

	/** A page has (re)connected: it replaces an earlier one and gets a leg of its own. */
	connect(conversationId: string, socket: WebLineSocket): void {
		this.drop(conversationId, 4000, "opened elsewhere");
		this.#lines.set(conversationId, { conversationId, socket });
	}

	/** @returns whether `socket` was the line's current one */
	disconnect(conversationId: string, socket: WebLineSocket): boolean {
		const line = this.#lines.get(conversationId);
		if (line?.socket !== socket) return false;
		this.#lines.delete(conversationId);
		this.#closeLeg(line);
		return true;
	}

	isThere(conversationId: string): boolean {
		return this.#lines.has(conversationId);
	}

	/** A screen is to be shared with the page. */
	invite(conversationId: string, invitation: ScreenInvitation): void {
		this.#lines.get(conversationId)?.socket.send(invitation);
	}

	/** The leg of a conversation's outside party, if its page is connected and has one. */
	legOf(conversationId: string): string | undefined {
		return this.#lines.get(conversationId)?.leg?.id;
	}

	/** Makes a leg and offers it to the page; undefined when no page is connected. */
	offer(conversationId: string): string | undefined {
		const line = this.#lines.get(conversationId);
		if (!line) return undefined;
		this.#closeLeg(line);
		const legId = randomUUID();
		line.leg = { id: legId, offered: false, early: [] };
		this.#byLeg.set(legId, line);
		void this.#makeLeg(legId);
		return legId;
	}

	/** Ends a leg; the page stays connected and may be offered another one. */
	closeLeg(legId: string): void {
		const line = this.#byLeg.get(legId);
		if (line) this.#closeLeg(line);
	}

	answer(conversationId: string, legId: string, sdp: string): void {
		if (this.legOf(conversationId) === legId) this.#engine.acceptAnswer(legId, sdp);
	}

	/** Tells a page what its call is like now, if it does not know. */
	tell(conversationId: string, state: WebLineState): void {
		const line = this.#lines.get(conversationId);
		const told = JSON.stringify(state);
		if (!line || line.told === told) return;
		line.told = told;
		line.socket.send(state);
	}

	drop(conversationId: string, code: number, reason: string): void {
		const line = this.#lines.get(conversationId);
		if (!line) return;
		this.#lines.delete(conversationId);
		this.#closeLeg(line);
		line.socket.close(code, reason);
	}

	async #makeLeg(legId: string): Promise<void> {
		try {
			const { sdp } = await this.#engine.createWebRtcLeg(legId);
			const line = this.#byLeg.get(legId);
			// The page left meanwhile: the engine may have been told to close the leg before it had made it.
			if (!line?.leg) return this.#engine.closeLeg(legId);
			line.socket.send({ type: "offer", legId, sdp });
			line.leg.offered = true;
			for (const message of line.leg.early.splice(0)) line.socket.send(message);
		} catch (error) {
			if (this.#byLeg.has(legId)) this.#failed(legId, error instanceof Error ? error.message : String(error));
		}
	}

	#onMedia(event: MediaEvent): void {
		if (event.type !== "candidate") return;
		const line = this.#byLeg.get(event.legId);
		if (!line?.leg) return;
		const { legId, candidate, mid } = event;
		const message: WebLineMessage = { type: "candidate", legId, candidate, mid };
		if (line.leg.offered) line.socket.send(message);
		else line.leg.early.push(message);
	}

	#closeLeg(line: Line): void {
		if (!line.leg) return;
		this.#byLeg.delete(line.leg.id);
		this.#engine.closeLeg(line.leg.id);
		line.leg = undefined;
	}
}
