import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../log.ts";
import { createHttp } from "./http.ts";
import { Answer, noPermission, publicRoute, route, writeScope } from "./route.ts";
import { securityHeaders } from "./security-headers.ts";

const thing = { permission: noPermission, summary: "", success: { status: 200 } };
const routes = [
	route({
		...thing,
		method: "GET",
		path: "/api/v2/thing",
		operationId: "a",
		scope: writeScope("x"),
		handler: () => ({}),
	}),
	route({ ...thing, method: "GET", path: "/api/v2/open", operationId: "b", scope: publicRoute, handler: () => ({}) }),
	route({
		...thing,
		method: "GET",
		path: "/api/v2/broken",
		operationId: "c",
		scope: publicRoute,
		handler: () => {
			throw new Error("broken");
		},
	}),
	route({
		...thing,
		method: "GET",
		path: "/page",
		operationId: "d",
		scope: publicRoute,
		handler: () => new Answer(200, "<p>page", { "content-type": "text/html", "content-security-policy": "own" }),
	}),
];
let http: Awaited<ReturnType<typeof createHttp>>;

beforeAll(async () => {
	http = await createHttp(routes, {
		log: createLog("silent"),
		authenticator: { authenticate: async () => undefined },
		allowsOrigin: async (origin) => origin === "https://panel.example",
		publicUrl: "https://inlay.example",
		rateLimitPerMinute: 0,
	});
});
afterAll(() => http.close());

const ask = (url: string, headers: Record<string, string> = {}, method: "GET" | "OPTIONS" | "POST" = "GET") =>
	http.inject({ method, url, headers });

function expectHeaders({ headers }: LightMyRequestResponse): void {
	expect(headers["content-security-policy"]).toContain("frame-ancestors");
	expect(headers["x-content-type-options"]).toBe("nosniff");
	expect(headers["referrer-policy"]).toBe("no-referrer");
	expect(headers["cache-control"]).toBe("no-store");
	expect(headers["strict-transport-security"]).toBe("max-age=31536000");
}

describe("security headers", () => {
	it.each([
		["data", "/api/v2/open", 200],
		["a refusal", "/api/v2/thing", 401],
		["a defect", "/api/v2/broken", 500],
		["an unknown address", "/api/v2/nothing", 404],
		["a malformed address", "/api/v2/%E0%A4%A", 400],
		["an address outside the API", "/nowhere", 404],
	])("stood on some answers only: %s", async (_what, url, status) => {
		const answer = await ask(url);
		expect(answer.statusCode).toBe(status);
		expectHeaders(answer);
	});

	it("stand on a preflight, a wrong method, and a redirect, which a frame may follow", async () => {
		const preflight = { origin: "https://panel.example", "access-control-request-method": "GET" };
		expectHeaders(await ask("/api/v2/open", preflight, "OPTIONS"));
		expectHeaders(await ask("/api/v2/open", {}, "POST"));
	});

	it("give way to those of a page", async () => {
		expect((await ask("/page")).headers["content-security-policy"]).toBe("own");
	});

	it("promise no encryption where there is none", () => {
		expect(securityHeaders("http://localhost:8080")).not.toHaveProperty("strict-transport-security");
	});
});

describe("other origins", () => {
	const origin = "https://panel.example";

	it("may read what programs call, if they may call at all", async () => {
		expect((await ask("/api/v2/open", { origin })).headers["access-control-allow-origin"]).toBe(origin);
		const stranger = await ask("/api/v2/open", { origin: "https://evil.example" });
		expect(stranger.headers["access-control-allow-origin"]).toBeUndefined();
	});

	it("read no pages, whose forms carry tickets", async () => {
		expect((await ask("/page", { origin })).headers["access-control-allow-origin"]).toBeUndefined();
	});
});
