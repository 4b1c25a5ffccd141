import { randomUUID } from "node:crypto";
import cors from "@fastify/cors";
import formbody from "@fastify/formbody";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { ApiError } from "./api-error.ts";
import { pageElsewhere } from "./canonical-host.ts";
import { guard } from "./guard.ts";
import type { Logger } from "./log.ts";
import type { Authenticator, Principal } from "./principal.ts";
import { RateLimiter } from "./rate-limit.ts";
import { Answer, type Route } from "./route.ts";
import { bodyTooLarge, readJson, refusedByValidation, unstorableText, validatorCompiler } from "./validation.ts";
import { pathPrefixes } from "./websocket.ts";

export interface HttpOptions {
	log: Logger;
	authenticator: Authenticator;
	/** Whether pages of this origin may call the API (CORS). Tokens travel in headers, never in cookies. */
	allowsOrigin(origin: string): Promise<boolean>;
	/** Origin under which browsers are to reach the server; pages opened under another name of this machine go there. */
	publicUrl?: string;
	/** Requests per minute and token; 0 switches the limit off. */
	rateLimitPerMinute: number;
}

declare module "fastify" {
	interface FastifyRequest {
		principal?: Principal;
	}
}

const exposed = [
	"inin-correlation-id",
	"retry-after",
	"inin-ratelimit-count",
	"inin-ratelimit-allowed",
	"inin-ratelimit-reset",
];

/** Builds the HTTP server from the domains' routes. It does not listen yet. */
export async function createHttp(routes: Route[], options: HttpOptions): Promise<FastifyInstance> {
	const app = fastify({
		// The kernel logs what fails itself, with the correlation id and without anybody's tokens.
		logger: false,
		genReqId: () => randomUUID(),
		bodyLimit: 1_048_576,
		routerOptions: { maxParamLength: 400 },
		forceCloseConnections: true,
		rewriteUrl: (request) => (request.url ?? "/").replace(pathPrefixes, ""),
	});
	app.setValidatorCompiler(validatorCompiler);
	app.removeContentTypeParser("application/json");
	app.addContentTypeParser("application/json", { parseAs: "string" }, readJson);
	await app.register(formbody);
	await app.register(cors, {
		origin: async (origin: string | undefined) => (origin ? await options.allowsOrigin(origin) : false),
		methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
		exposedHeaders: exposed,
		maxAge: 600,
	});
	const limiter = new RateLimiter(options.rateLimitPerMinute);
	app.addHook("onRequest", async (request, reply) => {
		reply.header("ININ-Correlation-Id", request.id);
		reply.header("X-Content-Type-Options", "nosniff");
		const elsewhere = options.publicUrl && pageElsewhere(request, options.publicUrl);
		if (elsewhere) return reply.redirect(elsewhere, 307);
	});
	app.setErrorHandler((error, request, reply) => answerError(error, request, reply, options.log));
	app.setNotFoundHandler(answerUnknownRoute);
	for (const route of routes) addRoute(app, route, options.authenticator, limiter);
	return app;
}

function addRoute(app: FastifyInstance, route: Route, authenticator: Authenticator, limiter: RateLimiter): void {
	app.route({
		method: route.method,
		url: route.path,
		exposeHeadRoute: false,
		...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
		schema: {
			...(route.params ? { params: route.params } : {}),
			...(route.query ? { querystring: route.query } : {}),
			...(route.body ? { body: route.body } : {}),
		},
		onRequest: async (request, reply) => {
			const principal = await guard(route, request, authenticator);
			if (!principal) return;
			request.principal = principal;
			limiter.count(principal.tokenHash, reply);
		},
		handler: async (request, reply) => send(reply, route, await route.handler(routeRequest(request))),
	});
}

function routeRequest(request: FastifyRequest) {
	return {
		params: request.params,
		query: request.query,
		body: request.body,
		// Public routes are declared so; their handlers know that nobody is signed in.
		principal: request.principal as Principal,
		headers: request.headers,
		url: request.url,
		correlationId: request.id,
		ip: request.ip,
	};
}

function send(reply: FastifyReply, route: Route, result: unknown): FastifyReply {
	if (result instanceof Answer) {
		reply.code(result.status).headers(result.headers);
		return reply.send(result.body);
	}
	reply.code(route.success.status);
	return reply.send(result);
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply {
	const refusal = asApiError(error);
	if (refusal.status >= 500)
		log.error({ err: error, correlationId: request.id, url: request.url.split("?")[0] }, "request failed");
	reply.code(refusal.status).headers(refusal.options.headers ?? {});
	return reply.type("application/json").send(refusal.body(request.id));
}

/** Turns whatever was thrown into the platform's error; the unexpected becomes a 500 that says nothing more. */
function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	return (
		refusedByValidation(error) ??
		bodyTooLarge(error) ??
		unstorableText(error) ??
		new ApiError(
			500,
			"internal.server.error",
			"Something went wrong on the server. Its log has the details under this contextId.",
		)
	);
}

function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const path = request.url.split("?")[0] ?? "";
	const refusal = new ApiError(404, "not.found", "Nothing is served at {method} {path}.", {
		params: { method: request.method, path },
	});
	// Tells tools apart "no such operation" from "no such entity".
	reply.code(404).header("inlay-unknown-route", "1");
	return reply.send(refusal.body(request.id));
}
