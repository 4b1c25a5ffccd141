import { afterEach, describe, expect, it } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { noPermission, publicRoute, route, writeScope } from "./route.ts";

let api: TestApi;
afterEach(() => api.close());

it("tells how many requests are left and refuses the one too many with when to come back", async () => {
	const thing = route({
		method: "GET",
		path: "/api/v2/thing",
		operationId: "getThing",
		summary: "",
		permission: noPermission,
		scope: writeScope("things"),
		success: { status: 200 },
		handler: () => ({}),
	});
	const principals = { one: testPrincipal({ tokenHash: "1" }), two: testPrincipal({ tokenHash: "2" }) };
	api = await testApi([thing], principals, { rateLimitPerMinute: 2 });
	const answers = [];
	for (let i = 0; i < 3; i++) answers.push(await api.call("GET", "/api/v2/thing", { as: "one" }));
	expect(answers.map((one) => one.statusCode)).toEqual([200, 200, 429]);
	expect(answers.map((one) => one.headers["inin-ratelimit-count"])).toEqual(["1", "2", "3"]);
	expect(answers[2]?.headers["inin-ratelimit-allowed"]).toBe("2");
	expect(Number(answers[2]?.headers["retry-after"])).toBeGreaterThan(0);
	expect(answers[2]?.json().code).toBe("too.many.requests");
	expect((await api.call("GET", "/api/v2/thing", { as: "two" })).statusCode, "another token has its own count").toBe(
		200,
	);
});

it("a program had as many requests as it liked by fetching one token after the other", async () => {
	const thing = route({
		method: "GET",
		path: "/api/v2/thing",
		operationId: "getThing",
		summary: "",
		permission: noPermission,
		scope: writeScope("things"),
		success: { status: 200 },
		handler: () => ({}),
	});
	const tokens = ["a", "b", "c", "d"].map((tokenHash) => [tokenHash, testPrincipal({ tokenHash })] as const);
	const other = testPrincipal({ tokenHash: "other", userId: "somebody else" });
	api = await testApi([thing], { ...Object.fromEntries(tokens), other }, { rateLimitPerMinute: 2 });
	const status = async (as: string) => (await api.call("GET", "/api/v2/thing", { as })).statusCode;
	for (const as of ["a", "a", "b", "b", "c", "c"]) expect(await status(as)).toBe(200);
	expect(await status("d")).toBe(429);
	expect(await status("other")).toBe(200);
});

describe("those without a token", () => {
	const open = (path: string) =>
		route({
			method: "GET",
			path,
			operationId: path,
			summary: "",
			permission: noPermission,
			scope: publicRoute,
			success: { status: 200 },
			handler: () => ({}),
		});
	const closed = route({ ...open("/api/v2/closed"), scope: writeScope("things"), handler: () => ({}) });
	const limited = { rateLimitPerMinute: 2, trustProxy: ["10.0.0.1"] };

	/** Asks once for each of these; gives the statuses. */
	async function statuses(url: string, ...from: Array<{ remoteAddress: string; forwarded?: string; token?: string }>) {
		const answers = [];
		for (const { remoteAddress, forwarded, token } of from) {
			const headers = {
				...(forwarded ? { "x-forwarded-for": forwarded } : {}),
				...(token ? { authorization: `Bearer ${token}` } : {}),
			};
			answers.push((await api.http.inject({ url, remoteAddress, headers })).statusCode);
		}
		return answers;
	}

	it("are counted by their address", async () => {
		api = await testApi([open("/open")], {}, limited);
		const [one, two] = [{ remoteAddress: "192.0.2.1" }, { remoteAddress: "192.0.2.2" }];
		expect(await statuses("/open", one, one, one, two)).toEqual([200, 200, 429, 200]);
	});

	it("shared one bucket behind a reverse proxy: one that is named says whose request it is, others only claim to", async () => {
		api = await testApi([open("/open")], {}, limited);
		const by = (remoteAddress: string, forwarded: string) => ({ remoteAddress, forwarded });
		const proxied = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"].map((caller) => by("10.0.0.1", caller));
		expect(await statuses("/open", ...proxied)).toEqual([200, 200, 429, 200]);
		const liar = ["192.0.2.7", "192.0.2.8", "192.0.2.9"].map((claimed) => by("10.0.0.2", claimed));
		expect(await statuses("/open", ...liar)).toEqual([200, 200, 429]);
	});

	it("are counted too when they guess tokens, and take nothing from who has one", async () => {
		api = await testApi([closed], { known: testPrincipal() }, limited);
		const guess = { remoteAddress: "192.0.2.1", token: "guess" };
		expect(await statuses("/api/v2/closed", guess, guess, guess)).toEqual([401, 401, 429]);
		expect(await statuses("/api/v2/closed", { ...guess, token: "known" })).toEqual([200]);
	});

	it("may always ask whether the server is well", async () => {
		api = await testApi([open("/readyz")], {}, limited);
		expect(await statuses("/readyz", ...Array(5).fill({ remoteAddress: "192.0.2.1" }))).toEqual(Array(5).fill(200));
	});
});
