import { join } from "node:path";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { originMatches } from "@inlay/contract";
import type { FastifyInstance } from "fastify";
import { clientFolder, consoleFolder, createPanelRoutes, createSockets } from "./app-routes.ts";
import type { Services } from "./app-services.ts";
import type { Config } from "./kernel/config/config.ts";
import { listenFailed } from "./kernel/config/ports.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createHttp, type HttpOptions } from "./kernel/http/http.ts";
import { openApi } from "./kernel/http/openapi.ts";
import type { Route } from "./kernel/http/route.ts";
import { contentPolicy, redirectPolicy } from "./kernel/http/security-headers.ts";
import { serveAssets } from "./kernel/http/static-files.ts";
import { attachWebSockets } from "./kernel/http/websocket.ts";

/**
 * The two origins of a server: one for API, sign-in and administration, one for the panel, in which customers' scripts
 * run (docs/decisions/0013). They share nothing but the process.
 */
export interface Doors {
	/** @throws StartError `port.taken` */
	listen(): Promise<void>;
	/** Lets nobody in any more and closes what is open. */
	close(): Promise<void>;
}

/** Builds both. Nobody is let in before `listen`. @param routes of the server's own origin */
export async function createDoors(kernel: Kernel, services: Services, routes: Route[]): Promise<Doors> {
	const { config } = kernel;
	const panel = await createPanelDoor(kernel, services);
	const api = await createApiDoor(kernel, services, routes, panel);
	const sockets = attachWebSockets(api.server, createSockets(kernel, services), {
		allowsOrigin: (origin) => allowsOrigin(origin, config, services),
		allowsAddress: services.users.organization.allowsAddress,
		operators: kernel.operators,
		trustProxy: config.trustProxy,
		strangersPerMinute: config.rateLimit,
	});
	const unsubscribe = kernel.feed.subscribe(async ({ type }) => {
		if (type === "organization.changed") await sockets.endDisallowed();
	});
	return {
		async listen() {
			if (config.panelPort !== config.port) await listen(panel, config.host, config.panelPort, "the panel");
			await listen(api, config.host, config.port, "the API");
		},
		async close() {
			unsubscribe();
			sockets.close();
			await Promise.all([api.close(), panel.close()]);
		},
	};
}

async function createApiDoor(
	kernel: Kernel,
	services: Services,
	routes: Route[],
	panel: FastifyInstance,
): Promise<FastifyInstance> {
	const { publicUrl, panelUrl } = kernel.config;
	const panelHost = new URL(panelUrl).host;
	const api = await createHttp(routes, {
		...commonOptions(kernel, services),
		allowsOrigin: (origin) => allowsOrigin(origin, kernel.config, services),
		cookiesFrom: panelUrl,
		publicUrl,
		// A reverse proxy may send both host names to this port.
		elsewhere: ({ headers }) => (headers.host === panelHost ? panel.routing : undefined),
	});
	await serveAssets(api, join(consoleFolder, "assets"), "/admin/assets/");
	await serveDocs(api, routes, publicUrl);
	// Where panels were before they had an origin of their own: addresses in CRMs and redirect URIs go on working.
	api.all("/crm/*", (request, reply) =>
		reply.header("content-security-policy", redirectPolicy).redirect(`${panelUrl}${request.url}`, 307),
	);
	return api;
}

async function createPanelDoor(kernel: Kernel, services: Services): Promise<FastifyInstance> {
	const panel = await createHttp(createPanelRoutes(kernel, services), {
		...commonOptions(kernel, services),
		isApi: false,
		allowsOrigin: async () => false,
		publicUrl: kernel.config.panelUrl,
	});
	// Code that is no secret: the frame that runs scripts isolated has no origin by which it could be named.
	await serveAssets(panel, join(clientFolder, "assets"), "/crm/assets/", { "access-control-allow-origin": "*" });
	await panel.ready();
	return panel;
}

function commonOptions(
	{ log, operators, config, idempotency }: Kernel,
	{ oauth, users, audit }: Services,
): Omit<HttpOptions, "allowsOrigin"> {
	const { rateLimit: rateLimitPerMinute, trustProxy } = config;
	const { allowsAddress } = users.organization;
	const answered: HttpOptions["answered"] = (request) => oauth.usage.count(request);
	return {
		...{ log, operators, authenticator: oauth, allowsAddress, answered, idempotency, rateLimitPerMinute, trustProxy },
		witness: audit.witness,
	};
}

async function listen(http: FastifyInstance, host: string, port: number, name: string): Promise<void> {
	try {
		await http.listen({ port, host });
	} catch (error) {
		throw listenFailed(error, host, { port, purpose: name });
	}
}

/**
 * Pages that may call the API and open its sockets: the server's own, the panel, those to which tokens are sent, those on
 * the allow-list of the organization or of a deployment (with the token that the panel gave them), and those that may
 * place calls or embed a messenger.
 */
async function allowsOrigin(
	origin: string,
	{ publicUrl, panelUrl }: Config,
	{ oauth, boot, voice, messaging }: Services,
): Promise<boolean> {
	if (origin === panelUrl || origin === publicUrl) return true;
	if ((await oauth.redirectOrigins()).has(origin)) return true;
	if (originMatches(origin, await boot.everyHost())) return true;
	return (await voice.webCalls.allowsOrigin(origin)) || messaging.web.allowsOrigin(origin);
}

/** The documentation reads its own description, and nobody frames it. */
const docsPolicy = contentPolicy({
	"default-src": ["'self'"],
	"img-src": ["'self'", "data:"],
	"object-src": ["'none'"],
	"base-uri": ["'none'"],
	"form-action": ["'none'"],
	"frame-ancestors": ["'none'"],
});

async function serveDocs(http: FastifyInstance, routes: Route[], publicUrl: string): Promise<void> {
	const document = openApi(routes, publicUrl);
	http.get("/api/v2/docs/openapi.json", async (_request, reply) => reply.send(document));
	await http.register(swagger, { mode: "static", specification: { document: document as never } });
	await http.register(swaggerUi, {
		routePrefix: "/api/v2/docs",
		// Hundreds of operations at once took a browser many seconds: a group opens by a click.
		uiConfig: { tryItOutEnabled: false, deepLinking: true, layout: "BaseLayout", docExpansion: "none", filter: true },
		theme: { title: "Inlay API" },
		staticCSP: docsPolicy,
	});
}
