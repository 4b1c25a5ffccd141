import { operationIndex, retiredOperations } from "@inlay/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError, nothingAt } from "./api-error.ts";
import { KnownPaths } from "./known-paths.ts";
import type { Route } from "./route.ts";

/** Where a request goes whose address cannot be decoded; no route has it. Programs are told, so it is below /api. */
export const malformedAddress = "/api/.malformed";

const unknownRoute = "inlay-unknown-route";

/** False for broken percent-encoding, and for U+0000, which no text here may contain. */
export function isWellFormedAddress(url: string): boolean {
	if (!url.includes("%")) return true;
	if (url.includes("%00")) return false;
	try {
		decodeURIComponent(url.split("?", 1)[0] ?? "");
		return true;
	} catch {
		return false;
	}
}

/**
 * Answers what no route serves: 501 naming the operation where the contract has one, 405 with `Allow` where the address is
 * served by other methods, a plain OPTIONS, and 404 for the rest.
 */
export function answerUnserved(app: FastifyInstance, routes: readonly Route[], isApi: boolean): void {
	const known = knownPaths(routes, isApi);
	const answer = (request: FastifyRequest, reply: FastifyReply) => refuseUnserved(known, request, reply);
	app.setNotFoundHandler(answer);
	for (const { method, path } of known.mistakable(routes)) app.route({ method, url: path, handler: answer });
	// Files and documentation, which come later and from plugins.
	app.addHook("onRoute", ({ method, url }) => {
		for (const one of [method].flat()) known.serve(one, url);
	});
	app.addHook("onRequest", async (request, reply) => {
		if (request.method !== "OPTIONS") return;
		// Whether a page may go on is told by the headers that CORS has added or not.
		if (request.headers["access-control-request-method"] !== undefined) return reply.code(204).send();
		return answer(request, reply);
	});
}

function knownPaths(routes: readonly Route[], isApi: boolean): KnownPaths {
	const known = new KnownPaths();
	for (const { method, path } of routes) known.serve(method, path);
	const contract = isApi ? [...operationIndex, ...retiredOperations] : [];
	for (const [method, path, id] of contract) known.know(method, path, id);
	return known;
}

function refuseUnserved(known: KnownPaths, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const { method } = request;
	const path = (request.url.split("?", 1)[0] ?? "").slice(0, 500);
	if (path === malformedAddress)
		throw new ApiError(400, "bad.request", "The address is not properly percent-encoded, or contains U+0000.");
	const place = known.find(decodeURIComponent(request.url.split("?", 1)[0] ?? ""));
	const operationId = place?.contract.get(method === "HEAD" ? "GET" : method);
	const allow = [...(place?.served ?? [])];
	const isServed = place?.served.has(method);
	if (method === "OPTIONS" && allow.length > 0) return reply.code(204).header("allow", withOptions(allow)).send();
	if (operationId && !isServed) throw notImplemented(operationId, method, path, reply);
	// Else it is a file that is not there, below an address where there are some.
	if (allow.length > 0 && !isServed) throw wrongMethod(method, path, withOptions(allow), reply);
	throw nothingServed(request, reply);
}

/** 404 of an address, not of a thing: tools tell the two apart by the header. */
export function nothingServed({ method, url }: FastifyRequest, reply: FastifyReply): ApiError {
	reply.header(unknownRoute, "1");
	return nothingAt(method, url);
}

function withOptions(methods: readonly string[]): string {
	return [...methods, "OPTIONS"].sort().join(", ");
}

function notImplemented(operationId: string, method: string, path: string, reply: FastifyReply): ApiError {
	reply.header(unknownRoute, "1");
	return new ApiError(
		501,
		"not.implemented",
		"Inlay does not have the operation {operationId} ({method} {path}) yet.",
		{
			params: { operationId, method, path },
			entityId: operationId,
			entityName: "operation",
		},
	);
}

function wrongMethod(method: string, path: string, allow: string, reply: FastifyReply): ApiError {
	reply.header(unknownRoute, "1");
	return new ApiError(405, "method.not.allowed", "{method} is not served at {path}; {allow} are.", {
		params: { method, path, allow },
		headers: { allow },
	});
}
