/** An organization, by the platform's public API. */
import { setTimeout as wait } from "node:timers/promises";
import type { Address } from "./address.ts";
import { errorOf, PlatformError } from "./platform-error.ts";

/** A thing as it was answered. */
export type Thing = Readonly<Record<string, unknown>>;

export interface Answer {
	body: Thing;
	/** As `If-Match` takes it; undefined where none was told. */
	etag: string | undefined;
}

export interface Platform {
	readonly isRegion: boolean;
	get(path: string): Promise<Answer>;
	/** All pages of a listing. */
	list(path: string): Promise<Thing[]>;
	/** @param seen `If-Match`: what the change is based on */
	send(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown, seen?: string): Promise<Answer>;
	/** Requests so far that change something, or could. */
	readonly writes: number;
}

export interface Transport {
	fetch: typeof fetch;
	pause(ms: number): Promise<unknown>;
}

const system: Transport = { fetch: (...args) => fetch(...args), pause: (ms) => wait(ms) };

/** Requests at a time. More are no faster at one server, and a region answers 429. */
const mostAtOnce = 16;
const pageSize = 100;
/** How often a request that the server has not begun is tried again. */
const mostTries = 6;
const longestPauseMs = 60_000;
const answerWithinMs = 60_000;

/** @param token whose rights count */
export function openPlatform(address: Address, token: string, transport: Transport = system): Platform {
	const gate = new Gate(mostAtOnce);
	let writes = 0;

	async function ask(method: string, path: string, body?: unknown, seen?: string): Promise<Answer> {
		const isReading = method === "GET";
		if (!isReading) writes++;
		for (let tries = 1; ; tries++) {
			const mayRepeat = tries < mostTries;
			const answer = await gate
				.through(() => once(method, path, body, seen))
				.catch((error: unknown) => {
					// What may have been done is not done again: the next run sees.
					if (isReading && mayRepeat) return undefined;
					throw unreachable(address, error);
				});
			if (answer?.ok) return read(answer);
			if (answer && !(mayRepeat && isUnbegun(answer, isReading)))
				throw errorOf(answer.status, await answer.text(), `${method} ${path}`);
			await answer?.text();
			await transport.pause(pauseBefore(answer?.headers.get("retry-after"), tries));
		}
	}

	function once(method: string, path: string, body: unknown, seen: string | undefined): Promise<Response> {
		return transport.fetch(new URL(path, address.api), {
			method,
			headers: {
				authorization: `Bearer ${token}`,
				...(body === undefined ? {} : { "content-type": "application/json" }),
				...(seen === undefined ? {} : { "if-match": seen }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			// A redirect would take token and file to whoever is named.
			redirect: "error",
			signal: AbortSignal.timeout(answerWithinMs),
		});
	}

	async function page(path: string, number: number): Promise<{ entities: Thing[]; pages: number }> {
		const { body } = await ask(
			"GET",
			`${path}${path.includes("?") ? "&" : "?"}pageSize=${pageSize}&pageNumber=${number}`,
		);
		const entities = Array.isArray(body.entities) ? (body.entities as Thing[]) : [];
		return { entities, pages: typeof body.pageCount === "number" ? body.pageCount : 1 };
	}

	return {
		isRegion: address.isRegion,
		get: (path) => ask("GET", path),
		async list(path) {
			const first = await page(path, 1);
			const others = Array.from({ length: Math.max(0, first.pages - 1) }, (_, index) => page(path, index + 2));
			return [...first.entities, ...(await Promise.all(others)).flatMap(({ entities }) => entities)];
		},
		send: ask,
		get writes() {
			return writes;
		},
	};
}

/** Too much at once: the server has not looked at it. By 503 it may say as well that it does not know what was done. */
function isUnbegun({ status }: Response, isReading: boolean): boolean {
	return status === 429 || (status === 503 && isReading);
}

async function read(answer: Response): Promise<Answer> {
	const text = await answer.text();
	const body = text === "" ? {} : (JSON.parse(text) as Thing);
	return { body, etag: answer.headers.get("etag") ?? undefined };
}

function pauseBefore(retryAfter: string | null | undefined, tries: number): number {
	const seconds = Number(retryAfter);
	const wanted = retryAfter && Number.isFinite(seconds) ? seconds * 1_000 : 500 * 2 ** (tries - 1);
	return Math.min(longestPauseMs, Math.max(100, wanted));
}

function unreachable({ api }: Address, error: unknown): PlatformError {
	const { cause, message } = error as Error & { cause?: { message?: string } };
	return new PlatformError(0, "unreachable", `${api} does not answer (${cause?.message ?? message}).`);
}

/** Lets so many through at a time, in the order in which they came. */
class Gate {
	#free: number;
	readonly #waiting: (() => void)[] = [];

	constructor(places: number) {
		this.#free = places;
	}

	async through<T>(work: () => Promise<T>): Promise<T> {
		if (this.#free > 0) this.#free--;
		else await new Promise<void>((go) => this.#waiting.push(go));
		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#free++;
		}
	}
}
