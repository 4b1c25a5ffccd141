import { afterEach, expect, it } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { noPermission, route, writeScope } from "./route.ts";

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
