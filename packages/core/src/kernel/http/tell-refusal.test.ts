import { Type } from "typebox";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { keptLog } from "../../test-support/log-lines.ts";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { OperatorLog } from "../operator-log.ts";
import { ApiError } from "./api-error.ts";
import { anyOf, noPermission, publicRoute, readScope, route } from "./route.ts";

let api: TestApi;
const clock = new FakeClock();
const { log, lines } = keptLog();
const operators = new OperatorLog(log, clock);
const path = "/api/v2/things";

const routes = [
	route({
		method: "GET",
		path,
		operationId: "getThings",
		summary: "",
		permission: anyOf("things:thing:view"),
		scope: readScope("things"),
		query: Type.Object({ division: Type.Optional(Type.String()) }),
		success: { status: 200 },
		handler: ({ query }) => {
			if (query.division) throw new ApiError(403, "missing.division.permission", "Not there.");
			return {};
		},
	}),
	route({
		method: "GET",
		path: "/api/v2/open",
		operationId: "getOpen",
		summary: "",
		permission: noPermission,
		scope: publicRoute,
		success: { status: 200 },
		handler: () => ({}),
	}),
];

beforeAll(async () => {
	const who = { clientId: "c1", userId: "u1" };
	const principals = {
		may: testPrincipal({ ...who, tokenHash: "may" }),
		"no-right": testPrincipal({ ...who, grants: [], tokenHash: "no-right" }),
		"no-scope": testPrincipal({ ...who, scopes: [], tokenHash: "no-scope" }),
		eager: testPrincipal({ ...who, tokenHash: "eager" }),
	};
	api = await testApi(routes, principals, { operators, rateLimitPerMinute: 5 });
});
afterAll(() => api.close());
beforeEach(() => {
	clock.advance(61_000);
	// The end of a minute tells what came twice in it.
	operators.warn({ event: "new.minute" }, "");
	lines.length = 0;
});

it.each([
	["no-right", path, "missing.permissions"],
	["no-scope", path, "app.not.authorized.for.scope"],
	["may", `${path}?division=other`, "missing.division.permission"],
])("nobody saw what was tried without the right: %s", async (as, address, code) => {
	await api.call("GET", address, { as });
	await api.call("GET", address, { as });
	expect(lines).toEqual([
		{
			level: 40,
			time: expect.any(Number),
			event: "access.refused",
			code,
			operationId: "getThings",
			userId: "u1",
			clientId: "c1",
			msg: "a request was refused",
		},
	]);
});

it("nor tokens that are guessed: a line says from where, and never the token", async () => {
	await api.call("GET", path, { as: "guessed-token" });
	expect(lines).toMatchObject([{ level: 40, event: "access.refused", code: "bad.credentials", address: "127.0.0.1" }]);
	expect(JSON.stringify(lines)).not.toContain("guessed-token");
});

it("nor who asks too much", async () => {
	for (let times = 0; times < 6; times++) await api.call("GET", path, { as: "eager" });
	expect(lines).toMatchObject([{ code: "too.many.requests", userId: "u1" }]);
});

it("who has not signed in yet, or asks for nothing that there is, is nobody to tell of", async () => {
	expect((await api.call("GET", path)).statusCode).toBe(401);
	expect((await api.call("GET", "/api/v2/nowhere")).statusCode).toBe(404);
	expect(lines).toEqual([]);
});
