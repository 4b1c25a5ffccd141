/** The platform's public API as commands speak to it: JSON, waits where the server asks for it, pages read to their end. */
import { setTimeout as pause } from "node:timers/promises";
import type { ApiPlace } from "./place.ts";
import { ApiPlaceError } from "./place.ts";
import { reasonOf, type TokenSource } from "./sign-in.ts";

/** The server has answered, and refused. */
export class ApiRefusal extends Error {
	readonly status: number;
	/** Stable code of the answer, such as `not.found`; empty where it has none. */
	readonly code: string;

	constructor(method: string, path: string, status: number, body: { code?: unknown; message?: unknown }) {
		super(`${method} ${path}: ${status}${typeof body.message === "string" ? ` ${body.message}` : ""}`);
		this.status = status;
		this.code = typeof body.code === "string" ? body.code : "";
	}
}

export interface PublicApi {
	/**
	 * @param path from `/api/`, with its query
	 * @throws ApiRefusal where the server refuses; ApiPlaceError where nobody answers
	 */
	request<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
	/** The `entities` of all pages. @param path without `pageSize` and `pageNumber` */
	all<T>(path: string): Promise<T[]>;
}

/** Tries of one request; a server that asks to wait is waited for. */
const mostTries = 6;
/** Longest wait between two tries, ms. */
const longestPause = 20_000;
const pageSize = 100;

export interface PublicApiParts {
	place: ApiPlace;
	/** Absent: nobody signs in, and only what is public answers. */
	token?: TokenSource;
	fetch?: typeof fetch;
	/** Waits, ms; for tests. */
	wait?: (ms: number) => Promise<unknown>;
}

export function publicApi({ place, token, fetch: send = fetch, wait = pause }: PublicApiParts): PublicApi {
	async function once(method: string, path: string, body: unknown, headers: Record<string, string>, refused?: string) {
		const bearer = await token?.(refused);
		const url = new URL(path, place.api);
		const answer = await send(url, {
			method,
			headers: {
				accept: "application/json",
				...(body === undefined ? {} : { "content-type": "application/json" }),
				...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
				...headers,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			redirect: "error",
			signal: AbortSignal.timeout(60_000),
		});
		return { answer, bearer };
	}

	async function request<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
		let refused: string | undefined;
		for (let tries = 1; ; tries++) {
			const sent = await once(method, path, body, headers, refused).catch((error: unknown) => {
				if (error instanceof ApiPlaceError) throw error;
				// What has changed something may have been done: only what changes nothing is asked again.
				if (method === "GET" && tries < mostTries) return undefined;
				throw new ApiPlaceError(`Nobody answers at ${place.api}: ${reasonOf(error)}`);
			});
			if (sent?.answer.ok) return (await bodyOf(sent.answer)) as T;
			if (sent && sent.answer.status === 401 && sent.bearer && refused === undefined) {
				refused = sent.bearer;
				continue;
			}
			const isBusy = sent === undefined || sent.answer.status === 429 || sent.answer.status === 503;
			if (!isBusy || tries >= mostTries) {
				const said = ((await sent?.answer.json().catch(() => ({}))) ?? {}) as { code?: unknown; message?: unknown };
				throw new ApiRefusal(method, path, sent?.answer.status ?? 0, said);
			}
			await wait(pauseFor(sent?.answer, tries));
		}
	}

	return {
		request,
		async all<T>(path: string) {
			const found: T[] = [];
			for (let page = 1; ; page++) {
				const joint = path.includes("?") ? "&" : "?";
				const asked = `${path}${joint}pageSize=${pageSize}&pageNumber=${page}`;
				const { entities = [], pageCount } = await request<{ entities?: T[]; pageCount?: number }>("GET", asked);
				found.push(...entities);
				const isLast = pageCount === undefined ? entities.length < pageSize : page >= pageCount;
				if (isLast || entities.length === 0) return found;
			}
		},
	};
}

async function bodyOf(answer: Response): Promise<unknown> {
	const text = await answer.text();
	return text === "" ? undefined : JSON.parse(text);
}

/** As long as the server says, else twice as long each time. */
function pauseFor(answer: Response | undefined, tries: number): number {
	const told = Number(answer?.headers.get("retry-after"));
	const wanted = told > 0 ? told * 1000 : 250 * 2 ** tries;
	return Math.min(wanted, longestPause);
}
