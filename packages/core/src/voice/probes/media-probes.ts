import { randomUUID } from "node:crypto";
import { ApiError } from "../../kernel/http/api-error.ts";
import type { MediaEngine } from "../media-engine.ts";

/** At once; each costs a leg of the engine. */
const mostAtOnce = 8;
/** Of them, those that one address may have: two are a page beside its own in a frame. */
const mostOfOne = 2;
/** So long one may take from its beginning, ms: after that its leg ends, connected or not. */
const longestMs = 15_000;

interface Probe {
	timer: NodeJS.Timeout;
	isAnswered: boolean;
	/** Whose it is; absent for the server's own. */
	caller?: string;
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

	/**
	 * @param caller whose it is; absent for the server's own look, which finds a place whoever else tries
	 * @throws ApiError 503 `probes.busy`
	 */
	async begin(caller?: string): Promise<{ id: string; sdp: string }> {
		const others = [...this.#open.values()].flatMap((one) => one.caller ?? []);
		const own = others.filter((one) => one === caller).length;
		if (caller !== undefined && (others.length >= mostAtOnce || own >= mostOfOne)) {
			const text = "Others test their connection just now. Try again in a few seconds.";
			throw new ApiError(503, "probes.busy", text, { headers: { "retry-after": "5" } });
		}
		const id = `probe-${randomUUID()}`;
		const timer = setTimeout(() => this.end(id), longestMs);
		timer.unref();
		this.#open.set(id, { timer, isAnswered: false, ...(caller === undefined ? {} : { caller }) });
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
