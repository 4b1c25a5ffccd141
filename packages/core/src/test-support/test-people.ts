import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { peopleRoutes } from "../app-people-at-once.ts";
import { type Authorization, createAuthorization } from "../authorization/authorization.ts";
import { authorizationRoutes } from "../authorization/routes.ts";
import type { Config } from "../kernel/config/config.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { createHttp } from "../kernel/http/http.ts";
import { createLog, type Logger } from "../kernel/log.ts";
import type { SignInPorts } from "../oauth/authorize.ts";
import { createOAuth, type OAuth } from "../oauth/oauth.ts";
import { oauthRoutes } from "../oauth/routes.ts";
import { ssoRoutes } from "../sso/routes.ts";
import { createSso, type Sso } from "../sso/sso.ts";
import { usersRoutes } from "../users/routes.ts";
import { createUsers, type Users } from "../users/users.ts";
import { FakeClock } from "./fake-clock.ts";
import { type TestKernel, testKernel } from "./test-kernel.ts";

/** The people of a server with its real guard, on a database of its own. */
export interface TestPeople {
	kernel: TestKernel<FakeClock>;
	authorization: Authorization;
	users: Users;
	oauth: OAuth;
	sso: Sso;
	http: FastifyInstance;
	call(
		method: string,
		url: string,
		options?: { token?: string; body?: unknown; headers?: Record<string, string>; from?: string },
	): Promise<LightMyRequestResponse>;
	close(): Promise<void>;
}

export async function testPeople(
	options: { config?: Partial<Config>; ports?: SignInPorts; log?: Logger } = {},
): Promise<TestPeople> {
	const clock = new FakeClock();
	const { config, log } = options;
	const kernel = await testKernel({ clock, ...(config ? { config } : {}), ...(log ? { log } : {}) });
	const people = await peopleOn(kernel, options.ports);
	return {
		...people,
		async close() {
			await people.close();
			await kernel.close();
		},
	};
}

/** A second server process on the same database. */
export async function siblingPeople(of: TestPeople): Promise<TestPeople> {
	const kernel = await of.kernel.sibling();
	const people = await peopleOn(kernel);
	return {
		...people,
		async close() {
			await people.close();
			await kernel.close();
		},
	};
}

/** There are people alone. */
const noQueues = {
	async require(id: string): Promise<never> {
		throw notFound("queue", id);
	},
	memberIds: async () => [],
	addMembers: async () => [],
	removeMembers: async () => undefined,
};

const noCalls = { workOf: async () => new Map() };

async function peopleOn(kernel: TestKernel<FakeClock>, ports: SignInPorts = {}): Promise<TestPeople> {
	const authorization = createAuthorization(kernel);
	const users = createUsers(kernel, { authorization });
	const oauth = createOAuth(kernel, { users, authorization });
	const sso = createSso(kernel, {
		...{ users, authorization },
		endSession: (trx, familyId) => oauth.tokens.revokeIn(trx, { familyId }, undefined, "SIGNED_OUT"),
	});
	oauth.useProviders(sso.vouchesFor);
	const routes = [
		...authorizationRoutes(authorization),
		...usersRoutes(users, kernel),
		...peopleRoutes({ users, authorization, oauth, queues: noQueues, conversations: noCalls }),
		...oauthRoutes(oauth, { kernel, users, ports: { providers: sso.signIn, ...ports } }),
		...ssoRoutes(sso, users),
	];
	const http = await createHttp(routes, {
		log: createLog("silent"),
		authenticator: oauth,
		allowsAddress: users.organization.allowsAddress,
		allowsOrigin: async (origin) => (await oauth.redirectOrigins()).has(origin),
		cookiesFrom: kernel.config.panelUrl,
		answered: (request) => oauth.usage.count(request),
		rateLimitPerMinute: 0,
	});
	await http.ready();
	return {
		kernel,
		authorization,
		users,
		oauth,
		sso,
		http,
		call: (method, url, { token, body, headers = {}, from } = {}) =>
			http.inject({
				method: method as "GET",
				url,
				...(from ? { remoteAddress: from } : {}),
				headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
				...(body === undefined ? {} : { payload: body as object }),
			}),
		async close() {
			await http.close();
			await oauth.stop();
			users.stop();
			authorization.stop();
		},
	};
}
