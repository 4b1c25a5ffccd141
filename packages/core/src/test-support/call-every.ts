import type { JsonSchema } from "@inlay/contract";
import type { Route } from "../kernel/http/route.ts";
import { sample } from "./bad-bodies.ts";
import type { WholeServer } from "./whole-server.ts";

export interface Answered {
	status: number;
	/** The platform's code; empty where the answer has none. */
	code: string;
	/** What kind of answer a refusal was, in words, where it is not an `ErrorBody`. */
	fault?: string;
	/** The tables changed. */
	stored: boolean;
}

export interface CallOptions {
	/** Name of an admitted principal. */
	as?: string;
	/** Replaces ids of the server's own. */
	ids?: Record<string, string>;
	path?: string;
	query?: string;
	payload?: string | Buffer;
	contentType?: string;
	headers?: Record<string, string>;
}

export type Call = (options: CallOptions) => Promise<Answered>;

export interface Outcome {
	route: Route;
	what: string;
	answer: Answered;
	status: number;
	code: string | RegExp;
}

type Expectation = [what: string, answer: Answered, status: number, code: string | RegExp];

/** Calls routes one after the other, and tells of each answer whether it left anything behind. */
export async function callEvery(
	server: WholeServer,
	routes: readonly Route[],
	ask: (route: Route, call: Call) => Promise<Expectation[]>,
): Promise<Outcome[]> {
	const answers = new Map<Route, Expectation[]>();
	const storing = await whichStore(server, routes, async (route) => {
		answers.set(route, await ask(route, (options) => callRoute(server, route, options)));
	});
	return [...answers].flatMap(([route, found]) =>
		found.map(([what, answer, status, code]) => {
			return { route, what, answer: { ...answer, stored: storing.includes(route) }, status, code };
		}),
	);
}

/**
 * Sends to routes what should leave nothing behind, and gives those that have stored something. A look at every table costs more than
 * what is sent, so that only where all together have changed one each is sent again, and looked at by itself.
 */
export async function whichStore(
	server: WholeServer,
	routes: readonly Route[],
	send: (route: Route) => Promise<void>,
): Promise<Route[]> {
	let before = await server.fingerprint();
	for (const route of routes) await send(route);
	let after = await server.fingerprint();
	if (after === before) return [];
	const found: Route[] = [];
	for (const route of routes) {
		before = after;
		await send(route);
		after = await server.fingerprint();
		if (after !== before) found.push(route);
	}
	// What a second sending does not store any more was stored by one of them all the same.
	return found.length > 0 ? found : [...routes];
}

let addresses = 0;

function nextAddress(): string {
	addresses = (addresses + 1) % 65_536;
	return `10.1.${addresses >> 8}.${addresses & 255}`;
}

/** Calls one route with ids of things that are there, and a body that its schema takes. */
export async function callRoute(server: WholeServer, route: Route, options: CallOptions): Promise<Answered> {
	const { as, payload = goodBody(route), contentType = "application/json" } = options;
	const answer = await server.http.inject({
		method: route.method,
		url:
			(options.path ?? filledPath(route, { ...idsFor(route, server.ids), ...options.ids })) +
			(options.query ?? requiredQuery(route)),
		headers: {
			...(as ? { authorization: `Bearer ${as}` } : {}),
			...(payload === undefined ? {} : { "content-type": contentType }),
			...options.headers,
		},
		...(payload === undefined ? {} : { payload }),
		// A refused body stays unread, which the server allows an address for a while.
		remoteAddress: nextAddress(),
	});
	const body = parsed(answer.body);
	const fault = faultOf(answer.statusCode, body, answer.headers["inin-correlation-id"], route);
	return { status: answer.statusCode, code: String(body?.code ?? ""), ...(fault ? { fault } : {}), stored: false };
}

/** Every refusal below /api is an `ErrorBody`, with the id under which the log has it. */
function faultOf(
	status: number,
	body: Record<string, unknown> | undefined,
	correlationId: unknown,
	{ method, path }: Route,
): string | undefined {
	if (status >= 500) return `${status}`;
	if (status < 400 || method === "HEAD" || !path.startsWith("/api/")) return undefined;
	if (!body) return "no ErrorBody";
	return body.status === status && body.contextId === correlationId && body.code && body.message
		? undefined
		: "an ErrorBody with gaps";
}

export function pathOf({ path }: Route): string {
	return path.replace(/^\/api\/v2/, "");
}

/** The ids of things that are there; below the path of a medium, those of an interaction of that medium. */
export function idsFor({ path }: Route, ids: Readonly<Record<string, string>>): Record<string, string> {
	const [, list = ""] = /^\/api\/(?:inlay\/v1|v2)\/conversations\/(\w+)\/:/.exec(path) ?? [];
	const own = Object.entries(ids).filter(([name]) => name.startsWith(`${list}.`));
	return { ...ids, ...Object.fromEntries(own.map(([name, id]) => [name.slice(list.length + 1), id])) };
}

export function filledPath({ path }: Route, ids: Readonly<Record<string, string>>): string {
	return path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(ids[name] ?? `unknown-${name}`));
}

export function goodBody(route: Route): string | undefined {
	return route.body === undefined ? undefined : JSON.stringify(sample(route.body as JsonSchema));
}

function requiredQuery({ query }: Route): string {
	const { required = [] } = (query ?? {}) as JsonSchema;
	return required.length === 0 ? "" : `?${required.map((name) => `${name}=x`).join("&")}`;
}

function parsed(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}
