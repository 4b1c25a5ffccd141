import { Type } from "typebox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { ApiError } from "./api-error.ts";
import { allOf, anyOf, noPermission, publicRoute, readScope, route, writeScope } from "./route.ts";
import { idParams, pagedQuery } from "./schemas.ts";

let api: TestApi;

const things = { permission: anyOf("things:thing:view"), scope: readScope("things"), success: { status: 200 } };

const routes = [
	route({
		...things,
		method: "GET",
		path: "/api/v2/things",
		operationId: "getThings",
		summary: "",
		query: pagedQuery(),
		handler: ({ query }) => query,
	}),
	route({
		...things,
		method: "POST",
		path: "/api/v2/things/:thingId",
		operationId: "postThing",
		summary: "",
		permission: allOf("things:thing:edit", "things:other:edit"),
		scope: writeScope("things"),
		params: idParams("thingId"),
		body: Type.Object({ name: Type.String(), count: Type.Integer({ minimum: 1 }) }),
		success: { status: 201 },
		handler: ({ body, params }) => ({ id: params.thingId, ...body }),
	}),
	route({
		...things,
		method: "PUT",
		path: "/api/v2/either",
		operationId: "putEither",
		summary: "",
		permission: anyOf("a:b:c", "d:e:f"),
		handler: () => ({}),
	}),
	route({
		...things,
		method: "POST",
		path: "/api/v2/empty",
		operationId: "postEmpty",
		summary: "",
		permission: noPermission,
		handler: ({ body }) => ({ body: body ?? null }),
	}),
	route({
		...things,
		method: "GET",
		path: "/api/v2/broken",
		operationId: "getBroken",
		summary: "",
		permission: noPermission,
		scope: publicRoute,
		handler: () => {
			throw new Error("password is hunter2");
		},
	}),
	route({
		...things,
		method: "GET",
		path: "/api/v2/limited",
		operationId: "getLimited",
		summary: "",
		permission: noPermission,
		scope: publicRoute,
		handler: () => {
			throw new ApiError(429, "too.many.requests", "Wait {seconds} s.", {
				params: { seconds: "7" },
				headers: { "retry-after": "7" },
			});
		},
	}),
];

beforeAll(async () => {
	api = await testApi(routes, {
		everything: testPrincipal(),
		reader: testPrincipal({ scopes: ["things:readonly"], grants: [{ permission: "things:*:view", divisions: "all" }] }),
		unscoped: testPrincipal({ scopes: ["others"] }),
		powerless: testPrincipal({ scopes: ["things"], grants: [{ permission: "things:thing:edit", divisions: "all" }] }),
	});
});
afterAll(() => api.close());

describe("the guard", () => {
	it("asks for a token, and refuses one that it does not know", async () => {
		const without = await api.call("GET", "/api/v2/things");
		expect([without.statusCode, without.json().code]).toEqual([401, "authentication.required"]);
		const unknown = await api.call("GET", "/api/v2/things", { as: "stolen" });
		expect([unknown.statusCode, unknown.json().code]).toEqual([401, "bad.credentials"]);
	});

	it("lets the readonly scope read and not write", async () => {
		expect((await api.call("GET", "/api/v2/things", { as: "reader" })).statusCode).toBe(200);
		const write = await api.call("POST", "/api/v2/things/1", { as: "reader", body: { name: "n", count: 1 } });
		expect([write.statusCode, write.json().code]).toEqual([403, "app.not.authorized.for.scope"]);
		expect((await api.call("GET", "/api/v2/things", { as: "unscoped" })).json().code).toBe(
			"app.not.authorized.for.scope",
		);
	});

	it("names what is missing of all, and of any, permissions", async () => {
		const all = await api.call("POST", "/api/v2/things/1", { as: "powerless", body: { name: "n", count: 1 } });
		expect(all.json()).toMatchObject({
			status: 403,
			code: "missing.permissions",
			messageParams: { permissions: "things:other:edit" },
		});
		const any = await api.call("PUT", "/api/v2/either", { as: "reader" });
		expect(any.json().code).toBe("missing.any.permissions");
	});

	it("judges before it reads the body", async () => {
		const answer = await api.http.inject({
			method: "POST",
			url: "/api/v2/things/1",
			headers: { "content-type": "application/json" },
			payload: "{",
		});
		expect(answer.statusCode).toBe(401);
	});
});

describe("bad input", () => {
	it("is refused whole, each bad field named", async () => {
		const answer = await api.call("POST", "/api/v2/things/1", { as: "everything", body: { count: 0 } });
		expect(answer.statusCode).toBe(400);
		expect(answer.json().code).toBe("constraint.validation");
		expect(
			answer
				.json()
				.details.map((one: { fieldName: string }) => one.fieldName)
				.sort(),
		).toEqual(["count", "name"]);
	});

	it("is not bent into shape: a number as text is no number", async () => {
		const answer = await api.call("POST", "/api/v2/things/1", { as: "everything", body: { name: "n", count: "1" } });
		expect(answer.statusCode).toBe(400);
	});

	it("malformed JSON is 400 bad.request, a wrong media type 415, too large 413", async () => {
		const headers = { authorization: "Bearer everything", "content-type": "application/json" };
		const malformed = await api.http.inject({ method: "POST", url: "/api/v2/things/1", headers, payload: "{oops" });
		expect([malformed.statusCode, malformed.json().code]).toEqual([400, "bad.request"]);
		const xml = await api.http.inject({
			method: "POST",
			url: "/api/v2/things/1",
			headers: { ...headers, "content-type": "text/xml" },
			payload: "<a/>",
		});
		expect([xml.statusCode, xml.json().code]).toEqual([415, "unsupported.media.type"]);
		const large = await api.http.inject({
			method: "POST",
			url: "/api/v2/things/1",
			headers,
			payload: `"${"x".repeat(1_100_000)}"`,
		});
		expect([large.statusCode, large.json().code]).toEqual([413, "request.entity.too.large"]);
	});

	it("query values are read as numbers and refused with their name", async () => {
		expect((await api.call("GET", "/api/v2/things?pageSize=7", { as: "everything" })).json()).toMatchObject({
			pageSize: 7,
			pageNumber: 1,
		});
		const bad = await api.call("GET", "/api/v2/things?pageSize=many", { as: "everything" });
		expect(bad.json()).toMatchObject({
			status: 400,
			code: "invalid.query.param.value",
			details: [{ fieldName: "pageSize" }],
		});
	});

	it("a POST without a body is allowed where the operation wants none", async () => {
		const answer = await api.http.inject({
			method: "POST",
			url: "/api/v2/empty",
			headers: { authorization: "Bearer everything", "content-type": "application/json", "content-length": "0" },
		});
		expect(answer.json()).toEqual({ body: null });
	});
});

describe("answers", () => {
	it("carry the correlation id, in errors as the context id too", async () => {
		const answer = await api.call("GET", "/api/v2/nowhere", { as: "everything" });
		expect(answer.statusCode).toBe(404);
		expect(answer.headers["inlay-unknown-route"]).toBe("1");
		expect(answer.json().contextId).toBe(answer.headers["inin-correlation-id"]);
	});

	it("say nothing of what went wrong inside", async () => {
		const answer = await api.call("GET", "/api/v2/broken");
		expect([answer.statusCode, answer.json().code]).toEqual([500, "internal.server.error"]);
		expect(answer.body).not.toContain("hunter2");
	});

	it("keep template and parameters, and the headers of a refusal", async () => {
		const answer = await api.call("GET", "/api/v2/limited");
		expect(answer.json()).toMatchObject({
			message: "Wait 7 s.",
			messageWithParams: "Wait {seconds} s.",
			messageParams: { seconds: "7" },
		});
		expect(answer.headers["retry-after"]).toBe("7");
	});

	it("come behind the prefixes that SDK users set as well (platform-api 1.1)", async () => {
		for (const prefix of ["/login", "/platform"]) {
			expect((await api.call("GET", `${prefix}/api/v2/things`, { as: "everything" })).statusCode).toBe(200);
		}
	});
});
