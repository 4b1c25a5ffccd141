import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { PanelSessions } from "./panel-session.ts";
import { panelSessionRoutes } from "./panel-session-routes.ts";
import { panelSessionStore } from "./panel-session-store.ts";

const panel = { "inlay-panel": "1", "sec-fetch-site": "same-origin" };
let kernel: TestKernel<FakeClock>;
let api: TestApi;
let good: boolean;
let expiresAt: Date;

beforeAll(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
	const tokens = { expiryOf: async () => expiresAt, isGood: async () => good };
	const store = panelSessionStore(kernel.database.db);
	const sessions = new PanelSessions(kernel.database, store, tokens, kernel.clock);
	const routes = panelSessionRoutes(sessions);
	api = await testApi(routes, { "token-of-anna": testPrincipal() });
});

afterAll(async () => {
	await api.close();
	await kernel.close();
});

beforeEach(() => {
	good = true;
	expiresAt = new Date(kernel.clock.now().getTime() + 3600_500);
});

const get = (headers: Record<string, string>, deployment = "d1") =>
	api.http.inject({ method: "GET", url: `/crm/session?deployment=${deployment}`, headers });

/** Keeps the token; gives the cookie as a browser would send it back. */
async function keep(more: Record<string, string> = {}): Promise<{ cookie: string; set: string }> {
	const answer = await api.http.inject({
		method: "POST",
		url: "/crm/session",
		headers: { ...panel, authorization: "Bearer token-of-anna", ...more },
		payload: { deployment: "d1" },
	});
	expect(answer.statusCode).toBe(204);
	const set = String(answer.headers["set-cookie"]);
	return { cookie: set.split(";")[0] ?? "", set };
}

describe("a panel without storage", () => {
	test("gets its token back by a partitioned cookie that lives no longer than the token", async () => {
		const { cookie, set } = await keep();
		expect(set.split("; ").slice(1).sort()).toEqual(
			["HttpOnly", "Max-Age=3600", "Partitioned", "Path=/", "SameSite=None", "Secure"].sort(),
		);
		const answer = await get({ ...panel, cookie });
		expect(answer.json()).toEqual({ accessToken: "token-of-anna", expiresAt: expiresAt.getTime() });
		expect(answer.headers["cache-control"]).toBe("no-store");
	});

	test("gets nothing without a cookie, for another deployment, or with a cookie that was altered", async () => {
		const { cookie } = await keep();
		const altered = `${cookie.slice(0, -2)}${cookie.endsWith("AA") ? "BB" : "AA"}`;
		const answers = [await get(panel), await get({ ...panel, cookie }, "d2"), await get({ ...panel, cookie: altered })];
		expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(Array(3).fill([204, ""]));
	});

	test("gets nothing once the token has ended, by time or by force", async () => {
		const { cookie } = await keep();
		good = false;
		expect((await get({ ...panel, cookie })).statusCode).toBe(204);
		good = true;
		kernel.clock.advance(3600_500);
		expect((await get({ ...panel, cookie })).statusCode).toBe(204);
	});

	test("gets nothing after signing out, and the browser forgets the cookie", async () => {
		const { cookie } = await keep();
		const answer = await api.http.inject({ method: "DELETE", url: "/crm/session", headers: { ...panel, cookie } });
		expect(answer.headers["set-cookie"]).toMatch(/^__Host-inlay_panel=; .*Max-Age=0/);
		expect((await get({ ...panel, cookie })).statusCode).toBe(204);
	});

	test("replaces what it kept before", async () => {
		const before = await keep();
		const after = await keep({ cookie: before.cookie });
		expect((await get({ ...panel, cookie: before.cookie })).statusCode).toBe(204);
		expect((await get({ ...panel, cookie: after.cookie })).statusCode).toBe(200);
	});
});

describe("the kept token", () => {
	test.each([
		["another site's page", { "inlay-panel": "1", "sec-fetch-site": "cross-site" }],
		["a link or a form", { "sec-fetch-site": "same-origin" }],
		["what tells nothing about itself", { "inlay-panel": "1" }],
	])("is refused to %s", async (_who, headers) => {
		const { cookie } = await keep();
		const answer = await get({ ...(headers as Record<string, string>), cookie });
		expect(answer.statusCode).toBe(403);
		expect(answer.json().code).toBe("not.the.panel");
	});

	test("cannot be read from the database alone, and leaves it with the next sign-in after its end", async () => {
		const { cookie } = await keep();
		const secret = cookie.split("=")[1] ?? "";
		const rows = () => kernel.database.db.selectFrom("panel_sessions").selectAll().execute();
		const stored = (await rows()).map((row) => `${JSON.stringify(row)} ${row.sealed_token.toString("latin1")}`).join();
		expect(secret).toHaveLength(43);
		expect(stored).not.toContain(secret);
		expect(stored).not.toContain("token-of-anna");
		kernel.clock.advance(3600_500);
		expiresAt = new Date(kernel.clock.now().getTime() + 1000);
		await keep();
		expect(await rows()).toHaveLength(1);
	});

	test("is kept only for who has one", async () => {
		const url = "/crm/session";
		const answer = await api.http.inject({ method: "POST", url, headers: panel, payload: { deployment: "d1" } });
		expect(answer.statusCode).toBe(401);
	});
});
