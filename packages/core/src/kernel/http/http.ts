import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import cors from "@fastify/cors";
import formbody from "@fastify/formbody";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from "fastify";
import { type ChangeWitness, witnessed } from "../database/change-witness.ts";
import { connections } from "../database/connections.ts";
import type { Idempotency } from "../idempotency/idempotency.ts";
import type { Logger } from "../log.ts";
import { type Authenticator, actingId, type Principal } from "../principal.ts";
import { answerClientError, answerError, wrongMediaType } from "./answer-error.ts";
import { ApiError } from "./api-error.ts";
import { callerKey } from "./caller-key.ts";
import { pageElsewhere } from "./canonical-host.ts";
import { compressAnswers } from "./compression.ts";
import { contractCheck } from "./contract-check.ts";
import { corsRules } from "./cors-rules.ts";
import { FairShare, mostOfOneSender } from "./fair-share.ts";
import { FileBody } from "./file-body.ts";
import { type AddressRule, guard } from "./guard.ts";
import { createLimitedServer, type ServerOptions } from "./http-server.ts";
import { checkedJson, readJson } from "./json-body.ts";
import { RateLimiter } from "./rate-limit.ts";
import { readRestsAway } from "./read-away.ts";
import { Answer, type Route, type RouteAnswer } from "./route.ts";
import { addSecurityHeaders, redirectPolicy } from "./security-headers.ts";
import { tellRefusal } from "./tell-refusal.ts";
import { limitUnfinishedRequests } from "./unfinished-requests.ts";
import { answerUnserved, isWellFormedAddress, malformedAddress, nothingServed } from "./unserved.ts";
import { tellUntoldProxy } from "./untold-proxy.ts";
import { validatorCompiler } from "./validation.ts";
import { refuseUnseenIfMatch } from "./versions.ts";
import { pathPrefixes } from "./websocket.ts";

export interface HttpOptions extends ServerOptions {
	log: Logger;
	authenticator: Authenticator;
	/** Whether anybody may work from an address; from all of them when absent. What is public is open to every address. */
	allowsAddress?: AddressRule;
	/** Whether pages of this origin may call the API (CORS). Tokens travel in headers, never in cookies. */
	allowsOrigin(origin: string): Promise<boolean>;
	/** Origin whose pages may send the sign-in session's cookie to the token endpoint. */
	cookiesFrom?: string;
	/** Origin under which browsers are to reach the server; pages opened under another name of this machine go there. */
	publicUrl?: string;
	/** False where nothing of the platform's API is ever served: its operations are then unknown addresses as others are. */
	isApi?: boolean;
	/** Where `Idempotency-Key` is honoured. */
	idempotency?: Idempotency;
	/** Hears of each request of a known client when it has been answered; it is not waited for. */
	answered?: (request: AnsweredRequest) => void;
	/** Sees what a request of somebody who is known does; absent where nobody keeps account of it. */
	witness?: (request: WitnessedRequest) => ChangeWitness | undefined;
	/** Requests per minute and token, and per address of those without one; 0 switches the limit off. */
	rateLimitPerMinute: number;
}

/** A request that is about to be done. */
export interface WitnessedRequest {
	route: Pick<Route, "method" | "path" | "operationId">;
	principal: Principal;
	params: Readonly<Record<string, string>>;
	correlationId: string;
	/** Where it comes from, behind reverse proxies that are trusted. */
	ip: string;
}

/** A request of somebody who is known, and what became of it. */
export interface AnsweredRequest {
	clientId: string;
	method: string;
	/** The route's path, as Fastify writes it. */
	path: string;
	status: number;
}

declare module "fastify" {
	interface FastifyRequest {
		principal?: Principal;
		/** When it was decided that they may, by the process's own clock, ms. */
		letInAt?: number;
		/** The body, where it is a file. */
		file?: FileBody;
	}
	interface FastifyContextConfig {
		/** Of the route, where it is one of this server's. */
		operationId?: string;
		/** Its handler reads the body's bytes. */
		keepsBytes?: true;
		/** The media type of its body, where that is a file. */
		takes?: string;
	}
}

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
		...(options.trustProxy?.length ? { trustProxy: [...options.trustProxy] } : {}),
		serverFactory: (handler) => createLimitedServer(handler, options),
		clientErrorHandler: answerClientError,
		rewriteUrl: ({ url = "/" }) => (isWellFormedAddress(url) ? url.replace(pathPrefixes, "") : malformedAddress),
	});
	// Before any plugin: what a plugin registers keeps the handler of its time.
	app.setErrorHandler((error, request, reply) => {
		tellRefusal(error, request, options.operators);
		return answerError(error, request, reply, options.log);
	});
	app.setValidatorCompiler(validatorCompiler);
	app.removeAllContentTypeParsers();
	app.addContentTypeParser("application/json", { parseAs: "buffer" }, readJson);
	// Its handler reads it row by row; it may be larger than any other body.
	for (const type of [csvType, fileType]) app.addContentTypeParser(type, (_request, file, done) => done(null, file));
	await app.register(formbody);
	// Forms come from their own reader, and may hold no more than JSON.
	app.addHook("preValidation", async (request) => {
		if (isForm(request)) checkedJson(request.body);
	});
	addSecurityHeaders(app, options.publicUrl);
	await app.register(cors, { delegator: corsRules(options.allowsOrigin, options.cookiesFrom) });
	const limiter = new RateLimiter(options.rateLimitPerMinute);
	// Whoever fetches one token after the other gets no further than with a few.
	const senders = new RateLimiter(options.rateLimitPerMinute * tokensOfOne);
	app.addHook("onRequest", async (request, reply) => {
		reply.header("ININ-Correlation-Id", request.id);
		const elsewhere = options.publicUrl && pageElsewhere(request, options.publicUrl);
		if (elsewhere) return reply.header("content-security-policy", redirectPolicy).redirect(elsewhere, 307);
	});
	const { answered } = options;
	if (answered)
		app.addHook("onResponse", async ({ principal, method, routeOptions }, { statusCode: status }) => {
			if (principal) answered({ clientId: principal.clientId, method, path: routeOptions.url ?? "", status });
		});
	tellUntoldProxy(app, options.operators);
	limitUnfinishedRequests(app);
	readRestsAway(app);
	compressAnswers(app);
	const share = new FairShare(mostOfOneSender(connections));
	const ownHeads = new Set(routes.filter(({ method }) => method === "HEAD").map(({ path }) => path));
	for (const route of routes) {
		const isReadByHead = route.method === "GET" && !ownHeads.has(route.path);
		app.route({ ...fastifyRoute(route, options, { limiter, senders, share }), exposeHeadRoute: isReadByHead });
	}
	answerUnserved(app, routes, options.isApi ?? true);
	return app;
}

/** As many tokens' worth of requests has one user, or program, with one client: tabs, a renewal meanwhile. */
const tokensOfOne = 3;

type DoorKeepers = Pick<HttpOptions, "authenticator" | "allowsAddress" | "idempotency" | "witness">;

function fastifyRoute(
	route: Route,
	{ authenticator, allowsAddress, idempotency, witness }: DoorKeepers,
	{ limiter, senders, share }: { limiter: RateLimiter; senders: RateLimiter; share: FairShare },
): RouteOptions {
	const check = contractCheck(route);
	const judge = (request: FastifyRequest, known?: (principal: Principal) => void) =>
		guard(route, request, authenticator, { ...(known ? { known } : {}), allowsAddress });
	/** As they are now: a body may take long, and a turn. @throws ApiError as {@link guard} */
	const judgeAgain = async (request: FastifyRequest): Promise<Principal> => {
		const principal = (await judge(request)) as Principal;
		Object.assign(request, { principal, letInAt: performance.now() });
		return principal;
	};
	return {
		method: route.method,
		url: route.path,
		...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
		config: {
			compress: route.compress ?? true,
			operationId: route.operationId,
			...(route.acceptsSigned ? { keepsBytes: true } : {}),
			...(takenBy(route) ? { takes: takenBy(route) } : {}),
			...(route.refusalPage ? { refusalPage: route.refusalPage } : {}),
		},
		schema: {
			...(route.params ? { params: route.params } : {}),
			...(route.query ? { querystring: route.query } : {}),
			...(route.body ? { body: route.body } : {}),
		},
		onRequest: async (request, reply) => {
			if (lacksSegment(request)) throw nothingServed(request, reply);
			const known = (principal: Principal) => {
				request.principal = principal;
			};
			const principal = await judge(request, known).catch((error: unknown) => {
				if (error instanceof ApiError && error.status === 401) limiter.use(callerKey(request.ip));
				throw error;
			});
			if (!principal) return probes.has(route.path) ? undefined : limiter.use(callerKey(request.ip));
			limiter.count(principal.tokenHash, reply);
			senders.use(`${actingId(principal)} ${principal.clientId}`);
			request.letInAt = performance.now();
		},
		preParsing: async (request) => {
			refuseUnseenIfMatch(route, request.headers["if-match"]);
			requireUtf8(request);
			const isElsewhere =
				(isForm(request) && !route.acceptsForms) ||
				(isOf(request, csvType) && !route.acceptsCsv) ||
				(isOf(request, fileType) && !route.acceptsFile);
			if (isElsewhere) throw wrongMediaType(request);
		},
		// Before the schemas: of a name that nobody knows it does not matter what else is wrong.
		preValidation: async (request) => {
			check(request.query, isFile(request) || route.acceptsSigned ? undefined : request.body);
			if (!(request.body instanceof Readable)) return;
			request.file = new FileBody(request.body);
			request.body = request.file.stream;
		},
		handler: async (request, reply) => {
			const { principal: known } = request;
			if (!known) return send(reply, route, await route.handler(routeRequest(request, judgeAgain)));
			const work = async () => {
				const isLate = performance.now() - (request.letInAt ?? 0) > judgedForMs;
				const principal = isLate ? await judgeAgain(request) : known;
				const seen = witness?.({ route, principal, ...placeOf(request) });
				const plain = () => once(route, request, principal, { idempotency, judgeAgain });
				return seen ? witnessed(seen, plain) : plain();
			};
			return send(reply, route, await share.run(actingId(known), work));
		},
	};
}

/** For so long after it was decided, a request may be done, ms: its body has come, and its turn. */
const judgedForMs = 50;

type JudgeAgain = (request: FastifyRequest) => Promise<Principal>;

function placeOf({ params, id, ip }: FastifyRequest): Omit<WitnessedRequest, "route" | "principal"> {
	return { params: (params ?? {}) as Record<string, string>, correlationId: id, ip };
}

/** Others do once what they say, however often they are sent. */
const keyed: ReadonlySet<string> = new Set(["POST", "PATCH"]);

/** What creates or starts something does so once per `Idempotency-Key`; the key of a reading request changes nothing. */
async function once(
	route: Route,
	request: FastifyRequest,
	principal: Principal,
	{ idempotency, judgeAgain }: { idempotency: Idempotency | undefined; judgeAgain: JudgeAgain },
): Promise<RouteAnswer> {
	const work = async () => route.handler(routeRequest(request, judgeAgain));
	const key = request.headers["idempotency-key"];
	if (!idempotency || !keyed.has(route.method) || typeof key !== "string") return work();
	const { method, url, body, file } = request;
	return idempotency.once({ route, principal, key, method, url, ...(file ? { file } : { body }) }, work);
}

/** `/users/` is no user whose id is empty. */
function lacksSegment({ params }: FastifyRequest): boolean {
	const all = params as Record<string, string> | undefined;
	// With every request: no lists are made for it.
	for (const name in all) if (all[name] === "" && name !== "*") return true;
	return false;
}

/** Whoever watches the server must hear of it also when somebody at the same address asks too much. */
const probes = new Set(["/healthz", "/readyz"]);

function routeRequest(request: FastifyRequest, judgeAgain: JudgeAgain) {
	return {
		asNow: () => judgeAgain(request),
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

/** Bodies are read as UTF-8: one that says otherwise would be taken for what it is not. */
function requireUtf8({ headers }: FastifyRequest): void {
	const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(headers["content-type"] ?? "")?.[1]?.toLowerCase();
	if (charset === undefined || charset === "utf-8" || charset === "utf8" || charset === "us-ascii") return;
	throw new ApiError(415, "unsupported.media.type", "Send the body in UTF-8: charset {charset} is not read.", {
		params: { charset: charset.slice(0, 50) },
	});
}

function takenBy({ acceptsCsv, acceptsFile }: Route): string | undefined {
	if (acceptsFile) return fileType;
	return acceptsCsv ? csvType : undefined;
}

const csvType = "text/csv";
const fileType = "application/octet-stream";

function isOf({ headers }: FastifyRequest, type: string): boolean {
	return headers["content-type"]?.toLowerCase().startsWith(type) ?? false;
}

/** Its body is no JSON: its handler reads it. */
function isFile(request: FastifyRequest): boolean {
	return isOf(request, csvType) || isOf(request, fileType);
}

function isForm({ headers }: FastifyRequest): boolean {
	return headers["content-type"]?.toLowerCase().startsWith("application/x-www-form-urlencoded") ?? false;
}
