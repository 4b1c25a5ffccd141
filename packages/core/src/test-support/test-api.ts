import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { createHttp, type HttpOptions } from "../kernel/http/http.ts";
import type { Route } from "../kernel/http/route.ts";
import { createLog } from "../kernel/log.ts";
import type { Principal } from "../kernel/principal.ts";

interface CallOptions {
	as?: string;
	body?: unknown;
	headers?: Record<string, string>;
}

export interface TestApi {
	http: FastifyInstance;
	/** Calls as the principal that `as` names; without it no token is sent. */
	call(method: string, url: string, options?: CallOptions): Promise<LightMyRequestResponse>;
	close(): Promise<void>;
}

/** The HTTP kernel with some routes and known principals, by name: the name is the token. */
export async function testApi(
	routes: Route[],
	principals: Record<string, Principal>,
	{ allowedOrigin, ...options }: Partial<HttpOptions> & { allowedOrigin?: string } = {},
): Promise<TestApi> {
	const http = await createHttp(routes, {
		log: createLog("silent"),
		authenticator: { authenticate: async (token) => principals[token] },
		allowsOrigin: async (origin) => origin === allowedOrigin,
		rateLimitPerMinute: 0,
		...options,
	});
	await http.ready();
	return {
		http,
		call: (method, url, options = {}) =>
			http.inject({
				method: method as "GET",
				url,
				headers: { ...options.headers, ...(options.as ? { authorization: `Bearer ${options.as}` } : {}) },
				...(options.body === undefined ? {} : { payload: options.body as object }),
			}),
		close: () => http.close(),
	};
}

/** A principal for tests: every permission everywhere and every scope, unless told otherwise. */
export function testPrincipal(overrides: Partial<Principal> = {}): Principal {
	return {
		tokenHash: "test-token",
		clientId: "00000000-0000-4000-8000-000000000001",
		clientName: "Test client",
		scopes: null,
		grants: [{ permission: "*:*:*", divisions: "all" }],
		...overrides,
	};
}
