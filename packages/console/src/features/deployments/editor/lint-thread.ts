import type { LintAnswers, LintQuestion } from "./lint-question.ts";

/** A thread that answers one question at a time, in order. */
export interface AskedThread {
	postMessage(question: LintQuestion): void;
	onAnswer(hear: (answer: unknown) => void): void;
	/** It could not be loaded, or has died. */
	onFailure(hear: () => void): void;
	end(): void;
}

interface Waiting {
	question: LintQuestion;
	resolve: (answer: unknown) => void;
	reject: (error: Error) => void;
}

/**
 * Asks the linter beside the page. While it works on one question, only the newest of each kind waits: what was typed over
 * is never looked at. Whoever asked that gets no answer.
 */
export class LintThread {
	readonly #begin: () => AskedThread;
	readonly #longestMs: number;
	#thread: AskedThread | undefined;
	#asked: Waiting | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #waiting = new Map<LintQuestion["kind"], Waiting>();

	/** @param longestMs after which a question is given up, and its thread with it */
	constructor(begin: () => AskedThread, longestMs = 20_000) {
		this.#begin = begin;
		this.#longestMs = longestMs;
	}

	/** Rejects where there is no thread, it takes too long, or a newer question of the kind has come. */
	ask<Kind extends LintQuestion["kind"]>(question: LintQuestion & { kind: Kind }): Promise<LintAnswers[Kind]> {
		const { promise, resolve, reject } = Promise.withResolvers<unknown>();
		this.#waiting.get(question.kind)?.reject(new Error("overtaken"));
		this.#waiting.set(question.kind, { question, resolve, reject });
		this.#next();
		return promise as Promise<LintAnswers[Kind]>;
	}

	#next(): void {
		const [next] = this.#waiting.values();
		if (this.#asked || !next) return;
		this.#waiting.delete(next.question.kind);
		this.#asked = next;
		this.#timer = setTimeout(() => this.#failed(this.#thread), this.#longestMs);
		try {
			this.#thread ??= this.#open();
			this.#thread.postMessage(next.question);
		} catch {
			this.#failed(this.#thread);
		}
	}

	#open(): AskedThread {
		const thread = this.#begin();
		thread.onAnswer((answer) => {
			if (thread === this.#thread) this.#done((asked) => asked.resolve(answer));
		});
		thread.onFailure(() => this.#failed(thread));
		return thread;
	}

	#failed(thread: AskedThread | undefined): void {
		if (thread !== this.#thread) return;
		thread?.end();
		this.#thread = undefined;
		this.#done((asked) => asked.reject(new Error("no answer")));
	}

	#done(answer: (asked: Waiting) => void): void {
		clearTimeout(this.#timer);
		const asked = this.#asked;
		this.#asked = undefined;
		if (asked) answer(asked);
		this.#next();
	}
}

/** The one of this page; it begins with the first script. */
export const linter = new LintThread(() => {
	const worker = new Worker(new URL("./lint-worker.ts", import.meta.url), { type: "module" });
	return {
		postMessage: (question) => worker.postMessage(question),
		onAnswer: (hear) => worker.addEventListener("message", ({ data }) => hear(data)),
		onFailure: (hear) => worker.addEventListener("error", hear),
		end: () => worker.terminate(),
	};
});
