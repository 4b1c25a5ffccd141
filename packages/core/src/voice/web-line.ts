import { randomUUID } from "node:crypto";
import type { MediaEngine } from "./media-engine.ts";

/** What the server tells a caller's page. */
export type WebLineMessage =
	| { type: "offer"; legId: string; sdp: string }
	| { type: "candidate"; legId: string; candidate: string; mid: string }
	| {
			type: "state";
			state: "connecting" | "waiting" | "ringing" | "connected" | "held" | "ended";
			agentName?: string;
			reason?: string;
	  }
	| { type: "error"; code: string; text: string };

/** The page of an outside party, connected by a socket. */
export interface WebLineSocket {
	send(message: WebLineMessage): void;
	close(code: number, reason: string): void;
}

interface Line {
	conversationId: string;
	socket: WebLineSocket;
	legId: string | undefined;
}

/** The media lines of outside parties who call from a page: one per conversation, the latest socket wins. */
export class WebLines {
	readonly #engine: MediaEngine;
	readonly #lines = new Map<string, Line>();

	constructor(engine: MediaEngine) {
		this.#engine = engine;
		engine.onEvent((event) => {
			if (event.type !== "candidate") return;
			const line = this.#byLeg(event.legId);
			line?.socket.send({ type: "candidate", legId: event.legId, candidate: event.candidate, mid: event.mid });
		});
	}

	/** A page has (re)connected: it replaces an earlier one and gets a leg of its own. */
	connect(conversationId: string, socket: WebLineSocket): void {
		this.drop(conversationId, 4000, "opened elsewhere");
		this.#lines.set(conversationId, { conversationId, socket, legId: undefined });
	}

	/** @returns whether `socket` was the line's current one */
	disconnect(conversationId: string, socket: WebLineSocket): boolean {
		const line = this.#lines.get(conversationId);
		if (line?.socket !== socket) return false;
		this.#lines.delete(conversationId);
		if (line.legId) this.#engine.closeLeg(line.legId);
		return true;
	}

	isConnected(conversationId: string): boolean {
		return this.#lines.has(conversationId);
	}

	/** The leg of a conversation's outside party, if its page is connected and has one. */
	legOf(conversationId: string): string | undefined {
		return this.#lines.get(conversationId)?.legId;
	}

	/** Makes a leg and offers it to the page; undefined when no page is connected. */
	offer(conversationId: string): string | undefined {
		const line = this.#lines.get(conversationId);
		if (!line) return undefined;
		const legId = randomUUID();
		line.legId = legId;
		void this.#engine.createWebRtcLeg(legId).then(({ sdp }) => {
			if (line.legId === legId) line.socket.send({ type: "offer", legId, sdp });
		});
		return legId;
	}

	/** The leg is gone although the page is there: it may be offered another. */
	forgetLeg(legId: string): void {
		const line = this.#byLeg(legId);
		if (line) line.legId = undefined;
	}

	answer(conversationId: string, legId: string, sdp: string): void {
		if (this.#lines.get(conversationId)?.legId === legId) this.#engine.acceptAnswer(legId, sdp);
	}

	addCandidate(conversationId: string, legId: string, candidate: string, mid: string): void {
		if (this.#lines.get(conversationId)?.legId === legId) this.#engine.addCandidate(legId, candidate, mid);
	}

	tell(conversationId: string, message: WebLineMessage): void {
		this.#lines.get(conversationId)?.socket.send(message);
	}

	drop(conversationId: string, code: number, reason: string): void {
		const line = this.#lines.get(conversationId);
		if (!line) return;
		this.#lines.delete(conversationId);
		if (line.legId) this.#engine.closeLeg(line.legId);
		line.socket.close(code, reason);
	}

	#byLeg(legId: string): Line | undefined {
		for (const line of this.#lines.values()) if (line.legId === legId) return line;
		return undefined;
	}
}
