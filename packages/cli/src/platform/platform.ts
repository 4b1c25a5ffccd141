/** An organization, by the platform's public API. */
import { setTimeout as wait } from "node:timers/promises";
import type { Address } from "./address.ts";
import { causeOf, errorOf, PlatformError } from "./platform-error.ts";

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
}

/** An answer that was read whole. */
interface Heard extends Pick<Response, "ok" | "status" | "headers"> {
	text: string;
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

	async function ask(method: string, path: string, body?: unknown, seen?: string): Promise<Answer> {
		const isReading = method === "GET";
		for (let tries = 1; ; tries++) {
			const mayRepeat = tries < mostTries;
			const answer = await gate
				.through(() => once(method, path, body, seen))
				.catch((error: unknown) => {
					// What may have been done is not done again: the next run sees.
					if (isReading && mayRepeat) return undefined;
					throw unreachable(address, error);
				});
			if (answer?.ok) return read(answer, `${method} ${path}`);
			if (answer && !(mayRepeat && isUnbegun(answer, isReading)))
				throw errorOf(answer.status, answer.text, `${method} ${path}`);
			await transport.pause(pauseBefore(answer?.headers.get("retry-after"), tries));
		}
	}

	/** To the last byte: an answer that breaks off is none. */
	async function once(method: string, path: string, body: unknown, seen: string | undefined): Promise<Heard> {
		const answer = await transport.fetch(new URL(path, address.api), {
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
		const { ok, status, headers } = answer;
		return { ok, status, headers, text: await answer.text() };
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
	};
}

/** Too much at once: the server has not looked at it. By 503 it may say as well that it does not know what was done. */
function isUnbegun({ status }: Heard, isReading: boolean): boolean {
	return status === 429 || (status === 503 && isReading);
}

function read({ text, status, headers }: Heard, what: string): Answer {
	try {
		const body = text === "" ? {} : ((JSON.parse(text) ?? {}) as Thing);
		return { body, etag: headers.get("etag") ?? undefined };
	} catch {
		const sentence = `${what} was answered with ${status} and no JSON. Is the address right, and nothing between that answers itself?`;
		throw new PlatformError(status, "answer.unreadable", sentence);
	}
}

function pauseBefore(retryAfter: string | null | undefined, tries: number): number {
	const seconds = Number(retryAfter);
	const wanted = retryAfter && Number.isFinite(seconds) ? seconds * 1_000 : 500 * 2 ** (tries - 1);
	return Math.min(longestPauseMs, Math.max(100, wanted));
}

function unreachable({ api }: Address, error: unknown): PlatformError {
	return new PlatformError(0, "unreachable", `${api} does not answer (${causeOf(error)}).`);
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
