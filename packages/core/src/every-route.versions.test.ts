import type { JsonSchema } from "@inlay/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/http/route.ts";
import { sample } from "./test-support/bad-bodies.ts";
import { callEvery, pathOf } from "./test-support/call-every.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

const stale = { as: "admin", headers: { "if-match": '"999"' } };
const changing = () => server.routes.filter(({ method }) => method !== "GET" && method !== "HEAD");

it("a stale If-Match was taken and dropped, and the change done", async () => {
	const routes = changing().filter((route) => !route.honoursIfMatch && !route.refusalPage);
	const outcomes = await callEvery(server, routes, async (_route, call) => [
		["not looked at", await call(stale), 400, "not.supported"],
	]);
	const wrong = outcomes.filter(
		({ answer, status, code }) => answer.stored || answer.status !== status || answer.code !== code,
	);
	expect(wrong.map(({ route, answer }) => [route.method, pathOf(route), answer])).toEqual([]);
});

it("what honours If-Match refuses a version that there is not", async () => {
	const routes = changing().filter((route) => route.honoursIfMatch);
	expect(routes.length).toBeGreaterThan(5);
	const outcomes = await callEvery(server, routes, async (route, call) => [
		["stale", await call({ ...stale, ...bodyOf(route) }), 409, "version.conflict"],
	]);
	const wrong = outcomes.filter(({ answer, code }) => answer.stored || answer.code !== code);
	expect(wrong.map(({ route, answer }) => [route.method, pathOf(route), answer])).toEqual([]);
});

/** The version in the body, where the operation has one, is the same: only its age is wrong. */
function bodyOf({ body }: Route): { payload?: string } {
	if (body === undefined) return {};
	const fields = Object.keys((body as JsonSchema).properties ?? {});
	const wanted = { ...(sample(body as JsonSchema) as object), ...likely };
	return {
		payload: JSON.stringify(Object.fromEntries(Object.entries(wanted).filter(([name]) => fields.includes(name)))),
	};
}

/** What the rules behind the schemas ask for. */
const likely = {
	...{ name: "Another", authorizedGrantType: "CODE", memberIds: [], version: 999 },
	...{ libraries: [{ id: "any" }], texts: [{ content: "Hello" }] },
};
