import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import { databaseRefusal, valueRefusal } from "../database/database-errors.ts";
import type { Logger } from "../log.ts";
import { ApiError, nothingAt } from "./api-error.ts";
import { endLingering, isReadingAway } from "./read-away.ts";
import type { Answer, Refusal, RefusalPage } from "./route.ts";
import { securityHeaders } from "./security-headers.ts";
import { refusedByValidation } from "./validation.ts";

declare module "fastify" {
	interface FastifyContextConfig {
		refusalPage?: RefusalPage;
	}
}

/** Whatever was thrown becomes an `ErrorBody` (platform-api 4.3); the unexpected is logged and says nothing more. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply {
	const refusal = asApiError(error, request);
	const { operationId } = refusal.options.params ?? {};
	const context = { err: error, contextId: request.id, url: request.url.split("?")[0] };
	// Of a database that is away the log tells once, not with every request that it costs.
	if (databaseRefusal(error)) log.debug(context, "request refused");
	else if (refusal.status >= 500 && !operationId) log.error(context, "request failed");
	else if (valueRefusal(error)) log.warn(context, "a value was refused by the database");
	// Fastify would cut the connection of a body that it has not read: the rest is read away.
	reply.removeHeader("connection");
	reply.code(refusal.status).headers(refusal.options.headers ?? {});
	reply.removeHeader("content-encoding").removeHeader("content-length");
	const { refusalPage } = request.routeOptions.config;
	if (refusalPage) return answerPage(reply, refusalPage(refusalOf(refusal, request.id), request));
	return reply.type("application/json").send(refusal.body(request.id));
}

function refusalOf({ status, code, options }: ApiError, contextId: string): Refusal {
	const retryAfter = Number(options.headers?.["retry-after"]);
	return { status, code, contextId, ...(retryAfter > 0 ? { retryAfter } : {}) };
}

/** The status and the headers of the refusal stay. */
function answerPage(reply: FastifyReply, { body, headers }: Answer): FastifyReply {
	return reply.headers(headers).send(body);
}

function asApiError(error: unknown, request: FastifyRequest): ApiError {
	if (error instanceof ApiError) return error;
	return (
		refusedByValidation(error) ??
		refusedByHttp(error, request) ??
		valueRefusal(error) ??
		databaseRefusal(error) ??
		new ApiError(
			500,
			"internal.server.error",
			"Something went wrong on the server. Its log has the details under this contextId.",
		)
	);
}

/** The HTTP library's own refusals: a body too large or of a type nobody reads, a file outside its folder. */
function refusedByHttp(error: unknown, request: FastifyRequest): ApiError | undefined {
	const status = (error as { statusCode?: unknown } | null)?.statusCode;
	if (typeof status !== "number" || status < 400 || status > 499) return undefined;
	switch (status) {
		case 403:
		case 404:
			return nothingAt(request.method, request.url);
		case 413:
			return new ApiError(413, "request.entity.too.large", "The body is larger than this operation accepts.");
		case 415:
			return wrongMediaType(request);
		default:
			return new ApiError(status, "bad.request", "The request could not be read.");
	}
}

/** 415: what the operation takes, and what came. */
export function wrongMediaType({ headers, routeOptions }: FastifyRequest): ApiError {
	const taken = routeOptions.config.takes ?? "application/json";
	const sent = headers["content-type"]?.split(";")[0]?.trim().slice(0, 100) || "no media type";
	return new ApiError(415, "unsupported.media.type", "Send the body as {taken}, not as {sent}.", {
		params: { taken, sent },
	});
}

const clientErrors: Readonly<Record<string, [status: number, reason: string, code: string, text: string]>> = {
	HPE_HEADER_OVERFLOW: [
		431,
		"Request Header Fields Too Large",
		"request.header.too.large",
		"The address and the headers together are larger than this server accepts.",
	],
	ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "request.timeout", "The request did not arrive in time."],
};

/** What Node's HTTP parser refuses never becomes a request: it is answered on the socket itself. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
	if (error.code === "ECONNRESET" || socket.destroyed) return void socket.destroy();
	// What comes behind what has been refused.
	if (!socket.writable) return;
	const [status, reason, code, text] = clientErrors[error.code ?? ""] ?? [
		400,
		"Bad Request",
		"bad.request",
		"The request is not well-formed HTTP.",
	];
	// A second answer would be taken for that of the next request.
	if (isReadingAway(socket)) return void socket.destroy();
	const contextId = randomUUID();
	const body = JSON.stringify(new ApiError(status, code, text).body(contextId));
	const head = [
		`HTTP/1.1 ${status} ${reason}`,
		"content-type: application/json; charset=utf-8",
		`content-length: ${Buffer.byteLength(body)}`,
		`inin-correlation-id: ${contextId}`,
		...Object.entries(securityHeaders()).map(([name, value]) => `${name}: ${value}`),
		"connection: close",
	];
	socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
	endLingering(socket);
}
