import type { PhoneNews } from "./phone-stream.ts";

/** The media of a call. */
export interface PlayedCall {
	candidate(sdp: string): void;
	close(): void;
}

export interface PhoneActions {
	proceed(sessionId: string): void;
	/** Answers the offer, and talks. */
	talk(sessionId: string, offer: string): PlayedCall;
}

/** What somebody does at a phone who takes each call after a while and talks until it ends. */
export class PlayedCalls {
	readonly #ringing = new Map<string, NodeJS.Timeout>();
	readonly #calls = new Map<string, PlayedCall>();
	readonly #actions: PhoneActions;
	readonly #answerAfterMs: number;

	constructor(actions: PhoneActions, answerAfterMs: number) {
		this.#actions = actions;
		this.#answerAfterMs = answerAfterMs;
	}

	hear(news: PhoneNews): void {
		if (news.kind === "bound") return;
		const { sessionId } = news;
		if (news.kind === "propose") this.#ring(sessionId, news.autoAnswer ? 0 : this.#answerAfterMs);
		else if (news.kind === "offer") this.#calls.set(sessionId, this.#actions.talk(sessionId, news.sdp));
		else if (news.kind === "iceCandidate") this.#calls.get(sessionId)?.candidate(news.sdp);
		else this.#end(sessionId);
	}

	endAll(): void {
		for (const sessionId of [...this.#ringing.keys(), ...this.#calls.keys()]) this.#end(sessionId);
	}

	#ring(sessionId: string, afterMs: number): void {
		clearTimeout(this.#ringing.get(sessionId));
		this.#ringing.set(
			sessionId,
			setTimeout(() => {
				this.#ringing.delete(sessionId);
				this.#actions.proceed(sessionId);
			}, afterMs),
		);
	}

	#end(sessionId: string): void {
		clearTimeout(this.#ringing.get(sessionId));
		this.#ringing.delete(sessionId);
		this.#calls.get(sessionId)?.close();
		this.#calls.delete(sessionId);
	}
}
