import type { FastifyReply } from "fastify";
import { ApiError } from "./api-error.ts";

const windowMs = 60_000;
/** Keys tracked at once; beyond it, the oldest windows are forgotten. */
const maxWindows = 10_000;

/** What one key has used of its minute. */
interface RateUse {
	count: number;
	/** Until the minute is over. */
	resetSeconds: number;
}

/** Counts requests per token, or another key, in windows of a minute (platform-api 4.4). */
export class RateLimiter {
	readonly #allowed: number;
	readonly #code: string;
	/** In the order in which the windows began. */
	readonly #windows = new Map<string, { startedAt: number; count: number }>();

	/**
	 * @param allowed requests per minute and key; 0 means no limit
	 * @param code stable, of the refusal
	 */
	constructor(allowed: number, code = "too.many.requests") {
		this.#allowed = allowed;
		this.#code = code;
	}

	/** Counts, and says so in the platform's headers. @throws ApiError 429 `too.many.requests` */
	count(key: string, reply: FastifyReply): void {
		if (this.#allowed === 0) return;
		const use = this.#take(key);
		reply.header("inin-ratelimit-count", use.count);
		reply.header("inin-ratelimit-allowed", this.#allowed);
		reply.header("inin-ratelimit-reset", use.resetSeconds);
		this.#require(use);
	}

	/** Counts without headers, for what has no token or a limit of its own. @throws ApiError 429, by its own code */
	use(key: string): void {
		if (this.#allowed > 0) this.#require(this.#take(key));
	}

	#take(key: string): RateUse {
		// Steady, so that a clock that is set neither ends windows nor makes them last.
		const now = performance.now();
		const window = this.#window(key, now);
		window.count++;
		return { count: window.count, resetSeconds: Math.ceil((window.startedAt + windowMs - now) / 1000) };
	}

	#require({ count, resetSeconds }: RateUse): void {
		if (count <= this.#allowed) return;
		throw new ApiError(429, this.#code, "More than {maximum} requests in {seconds} seconds. Wait and try again.", {
			params: { maximum: String(this.#allowed), seconds: "60" },
			headers: { "retry-after": String(resetSeconds) },
		});
	}

	#window(key: string, now: number): { startedAt: number; count: number } {
		const found = this.#windows.get(key);
		if (found && now - found.startedAt < windowMs) return found;
		this.#windows.delete(key);
		this.#makeRoom(now);
		const fresh = { startedAt: now, count: 0 };
		this.#windows.set(key, fresh);
		return fresh;
	}

	/** Forgets finished windows, and the oldest one where there are too many. */
	#makeRoom(now: number): void {
		for (const [key, window] of this.#windows) {
			const isFinished = now - window.startedAt >= windowMs;
			if (!isFinished && this.#windows.size < maxWindows) return;
			this.#windows.delete(key);
		}
	}
}
