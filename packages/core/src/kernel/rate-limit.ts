import type { FastifyReply } from "fastify";
import { ApiError } from "./api-error.ts";

const windowMs = 60_000;
/** Tokens tracked at once; beyond it, finished windows are forgotten. */
const manyWindows = 10_000;

/** Counts requests per token in windows of a minute and says so in the platform's headers (platform-api 4.4). */
export class RateLimiter {
	readonly #allowed: number;
	readonly #windows = new Map<string, { startedAt: number; count: number }>();

	/** @param allowed requests per minute and token; 0 means no limit */
	constructor(allowed: number) {
		this.#allowed = allowed;
	}

	/** @throws ApiError 429 `too.many.requests` */
	count(key: string, reply: FastifyReply): void {
		if (this.#allowed === 0) return;
		const now = Date.now();
		const window = this.#window(key, now);
		window.count++;
		const resetSeconds = Math.ceil((window.startedAt + windowMs - now) / 1000);
		reply.header("inin-ratelimit-count", window.count);
		reply.header("inin-ratelimit-allowed", this.#allowed);
		reply.header("inin-ratelimit-reset", resetSeconds);
		if (window.count <= this.#allowed) return;
		throw new ApiError(
			429,
			"too.many.requests",
			"More than {maximum} requests in {seconds} seconds. Wait and try again.",
			{
				params: { maximum: String(this.#allowed), seconds: "60" },
				headers: { "retry-after": String(resetSeconds) },
			},
		);
	}

	#window(key: string, now: number): { startedAt: number; count: number } {
		const found = this.#windows.get(key);
		if (found && now - found.startedAt < windowMs) return found;
		if (this.#windows.size > manyWindows) this.#forgetFinished(now);
		const fresh = { startedAt: now, count: 0 };
		this.#windows.set(key, fresh);
		return fresh;
	}

	#forgetFinished(now: number): void {
		for (const [key, window] of this.#windows) if (now - window.startedAt >= windowMs) this.#windows.delete(key);
	}
}
