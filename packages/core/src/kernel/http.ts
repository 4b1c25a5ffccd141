import { randomUUID } from "node:crypto";
import cors from "@fastify/cors";
import formbody from "@fastify/formbody";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from "fastify";
import { answerClientError, answerError } from "./answer-error.ts";
import { ApiError } from "./api-error.ts";
import { pageElsewhere } from "./canonical-host.ts";
import { guard } from "./guard.ts";
import { readJson } from "./json-body.ts";
import type { Logger } from "./log.ts";
import type { Authenticator, Principal } from "./principal.ts";
import { RateLimiter } from "./rate-limit.ts";
import { Answer, type Route } from "./route.ts";
import { answerUnserved, isWellFormedAddress, malformedAddress } from "./unserved.ts";
import { validatorCompiler } from "./validation.ts";
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
	"etag",
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
		// An id may be as long as an address can be: the routes' schemas say what is too long.
		routerOptions: { maxParamLength: 65_536 },
		forceCloseConnections: true,
		clientErrorHandler: answerClientError,
		rewriteUrl: ({ url = "/" }) => (isWellFormedAddress(url) ? url.replace(pathPrefixes, "") : malformedAddress),
	});
	// Before any plugin: what a plugin registers keeps the handler of its time.
	app.setErrorHandler((error, request, reply) => answerError(error, request, reply, options.log));
	app.setValidatorCompiler(validatorCompiler);
	app.removeAllContentTypeParsers();
	app.addContentTypeParser("application/json", { parseAs: "buffer" }, readJson);
	await app.register(formbody);
	await app.register(cors, {
		origin: async (origin: string | undefined) => (origin ? await options.allowsOrigin(origin) : false),
		methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
		exposedHeaders: exposed,
		maxAge: 600,
		// Only adds the headers: unserved.ts answers every OPTIONS, those that are no preflight too.
		strictPreflight: false,
		preflightContinue: true,
	});
	const limiter = new RateLimiter(options.rateLimitPerMinute);
	app.addHook("onRequest", async (request, reply) => {
		reply.header("ININ-Correlation-Id", request.id);
		reply.header("X-Content-Type-Options", "nosniff");
		const elsewhere = options.publicUrl && pageElsewhere(request, options.publicUrl);
		if (elsewhere) return reply.redirect(elsewhere, 307);
	});
	const ownHeads = new Set(routes.filter(({ method }) => method === "HEAD").map(({ path }) => path));
	for (const route of routes) {
		const isReadByHead = route.method === "GET" && !ownHeads.has(route.path);
		app.route({ ...fastifyRoute(route, options.authenticator, limiter), exposeHeadRoute: isReadByHead });
	}
	answerUnserved(app, routes);
	return app;
}

function fastifyRoute(route: Route, authenticator: Authenticator, limiter: RateLimiter): RouteOptions {
	return {
		method: route.method,
		url: route.path,
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
		preParsing: async (request) => {
			if (isForm(request) && !route.acceptsForms)
				throw new ApiError(415, "unsupported.media.type", "Send the body as application/json.");
		},
		handler: async (request, reply) => send(reply, route, await route.handler(routeRequest(request))),
	};
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

function isForm({ headers }: FastifyRequest): boolean {
	return headers["content-type"]?.toLowerCase().startsWith("application/x-www-form-urlencoded") ?? false;
}
