import { afterAll, beforeAll, expect, it } from "vitest";
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
	const routes = changing().filter((route) => !route.honoursIfMatch);
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
	// The version in the body, where the operation demands one, is the same: only its age is wrong.
	const payload = { payload: JSON.stringify({ ...body, version: 999 }) };
	const outcomes = await callEvery(server, routes, async (route, call) => [
		["stale", await call({ ...stale, ...(route.body ? payload : {}) }), 409, "version.conflict"],
	]);
	const wrong = outcomes.filter(({ answer, code }) => answer.stored || answer.code !== code);
	expect(wrong.map(({ route, answer }) => [route.method, pathOf(route), answer])).toEqual([]);
});

/** What the bodies of these operations have in common: a name, and somebody to add. */
const body = { name: "Another", authorizedGrantType: "CODE", memberIds: [] as string[] };
