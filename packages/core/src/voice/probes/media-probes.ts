import { randomUUID } from "node:crypto";
import { ApiError } from "../../kernel/http/api-error.ts";
import type { MediaEngine } from "../media-engine.ts";

/** At once; each costs a leg of the engine. */
const mostAtOnce = 8;
/** So long one may take from its beginning, ms: after that its leg ends, connected or not. */
const longestMs = 15_000;

interface Probe {
	timer: NodeJS.Timeout;
	isAnswered: boolean;
}

/**
 * Connections by which a browser finds out whether sound would come through: a leg of its own on the same port, in the way in which
 * calls have one, that carries nothing. Anybody may try, so they are few and short.
 */
export class MediaProbes {
	readonly #engine: Pick<MediaEngine, "createScreenLeg" | "answerScreenLeg" | "closeLeg">;
	readonly #open = new Map<string, Probe>();

	constructor(engine: Pick<MediaEngine, "createScreenLeg" | "answerScreenLeg" | "closeLeg">) {
		this.#engine = engine;
	}

	/** @throws ApiError 503 `probes.busy` */
	async begin(): Promise<{ id: string; sdp: string }> {
		if (this.#open.size >= mostAtOnce) {
			const text = "Others test their connection just now. Try again in a few seconds.";
			throw new ApiError(503, "probes.busy", text, { headers: { "retry-after": "5" } });
		}
		const id = `probe-${randomUUID()}`;
		const timer = setTimeout(() => this.end(id), longestMs);
		timer.unref();
		this.#open.set(id, { timer, isAnswered: false });
		try {
			const { sdp } = await this.#engine.createScreenLeg(id, id, false);
			return { id, sdp };
		} catch (error) {
			this.end(id);
			throw error;
		}
	}

	/**
	 * The browser's answer.
	 * @returns ICE candidates of the server, best first
	 * @throws ApiError 404 for one that is over, 400 `probe.answer` for what is no answer
	 */
	async answer(id: string, sdp: string): Promise<{ candidates: readonly string[] }> {
		const probe = this.#open.get(id);
		if (!probe || probe.isAnswered) throw new ApiError(404, "not.found", "This test of the connection is over.");
		probe.isAnswered = true;
		try {
			return await this.#engine.answerScreenLeg(id, sdp);
		} catch {
			this.end(id);
			throw new ApiError(400, "probe.answer", "sdp is no answer to the offer.");
		}
	}

	end(id: string): void {
		const probe = this.#open.get(id);
		if (!probe) return;
		clearTimeout(probe.timer);
		this.#open.delete(id);
		this.#engine.closeLeg(id);
	}
}
