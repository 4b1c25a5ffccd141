import { type AddressInfo, connect } from "node:net";
import { Type } from "typebox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { createLog } from "../log.ts";
import { createHttp } from "./http.ts";
import { anyScope, noPermission, publicRoute, route } from "./route.ts";
import { idParams, pagedQuery } from "./schemas.ts";

let api: TestApi;
const open = { permission: noPermission, scope: publicRoute, summary: "", success: { status: 200 } } as const;
const page = "https://crm.example";

const routes = [
	route({
		...open,
		method: "GET",
		path: "/api/v2/conversations/:conversationId",
		operationId: "getConversation",
		params: idParams("conversationId"),
		query: pagedQuery(),
		handler: ({ params, query }) => ({ id: params.conversationId, ...query }),
	}),
	route({
		...open,
		method: "POST",
		path: "/api/v2/conversations/calls",
		operationId: "postConversationsCalls",
		body: Type.Object({ phoneNumber: Type.String(), count: Type.Optional(Type.Integer()), any: Type.Unknown() }),
		handler: ({ body }) => body,
	}),
	route({
		...open,
		method: "POST",
		path: "/api/v2/alternatives",
		operationId: "postAlternatives",
		body: Type.Object({
			name: Type.Optional(Type.Union([Type.String(), Type.Null()])),
			kind: Type.Union([Type.Literal("a"), Type.Literal("b")]),
		}),
		handler: ({ body }) => body,
	}),
	route({
		...open,
		method: "PUT",
		path: "/api/v2/users/:userId/roles",
		operationId: "putUserRoles",
		scope: anyScope,
		handler: ({ body }) => ({ body }),
	}),
	route({
		...open,
		method: "POST",
		path: "/oauth/token",
		operationId: "oauthToken",
		acceptsForms: true,
		handler: ({ body }) => body,
	}),
	route({
		...open,
		method: "GET",
		path: "/api/v2/unstorable",
		operationId: "getUnstorable",
		handler: () => {
			throw Object.assign(new Error("integer out of range"), { severity: "ERROR", code: "22003" });
		},
	}),
];

beforeAll(async () => {
	api = await testApi(
		routes,
		{ anybody: testPrincipal() },
		{ allowsOrigin: async (origin) => origin.toLowerCase().startsWith(page) },
	);
});
afterAll(() => api.close());

async function refused(
	method: string,
	url: string,
	options: { headers?: Record<string, string>; payload?: string } = {},
) {
	const answer = await api.http.inject({
		method: method as "GET",
		url,
		headers: { origin: page, ...options.headers },
		...(options.payload === undefined ? {} : { payload: options.payload }),
	});
	if (answer.body === "") return { status: answer.statusCode, headers: answer.headers };
	const body = answer.json();
	expect(body.contextId).toBe(answer.headers["inin-correlation-id"]);
	expect(body.status).toBe(answer.statusCode);
	expect(answer.headers["access-control-allow-origin"]).toBe(page);
	return {
		status: answer.statusCode,
		code: body.code,
		message: body.message,
		details: body.details,
		headers: answer.headers,
	};
}

const json = (payload: string) => ({ headers: { "content-type": "application/json" }, payload });

/** What a server that listens answers to these very bytes. */
async function speak(bytes: string): Promise<string> {
	if (!api.http.server.listening) await api.http.listen({ port: 0, host: "127.0.0.1" });
	const socket = connect((api.http.server.address() as AddressInfo).port, "127.0.0.1");
	socket.end(bytes);
	return (await socket.toArray()).join("");
}

describe("CORS", () => {
	it.each([`${page}/`, page.toUpperCase(), "https://CRM.example", `${page}:443`, "null", "crm.example", ""])(
		"an origin that no browser writes was echoed: %s",
		async (origin) => {
			const answer = await api.http.inject({ method: "GET", url: "/api/v2/conversations/c1", headers: { origin } });
			expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
		},
	);
});

it("a refusal said the same of a field twice, and once more that no alternative fits", async () => {
	const answer = await refused("POST", "/api/v2/alternatives", json('{"name":1,"kind":"c"}'));
	expect(answer.message).toBe("Refused: name, kind. name must be string or null; kind must be equal to constant.");
	expect(answer.details).toHaveLength(2);
});

describe("addresses", () => {
	it.each(["%", "%00", "%E0%A4%A", "a%zz", "%c3%28"])(
		"the HTTP library's own error came for /%s, without contextId or CORS",
		async (end) => {
			expect(await refused("GET", `/api/v2/conversations/${end}`)).toMatchObject({ status: 400, code: "bad.request" });
		},
	);

	it("an id over 400 characters leaked the router's own error", async () => {
		for (const length of [201, 401, 12_000]) {
			const answer = await refused("GET", `/api/v2/conversations/${"x".repeat(length)}`);
			expect(answer).toMatchObject({ status: 400, details: [{ fieldName: "conversationId" }] });
		}
	});

	it("what is no HTTP was answered in the library's own words", async () => {
		const text = await speak("GET /api/v2/conversations HTTP/9.9\r\n\r\n");
		const [head = "", body = ""] = text.split("\r\n\r\n");
		const { code, status, contextId } = JSON.parse(body);
		expect([code, status]).toEqual(["bad.request", 400]);
		expect(head).toContain(`inin-correlation-id: ${contextId}`);
	});
});

describe("operations that are not served", () => {
	it("GET /conversations/callbacks said that there is no conversation callbacks", async () => {
		for (const [method, path, id] of [
			["GET", "/api/v2/conversations/callbacks", "getConversationsCallbacks"],
			["GET", "/api/v2/conversations/chats", "getConversationsChats"],
			["GET", "/api/v2/outbound/campaigns", "getOutboundCampaigns"],
			["POST", "/api/v2/conversations/abc/barge", "postConversationBarge"],
		] as const) {
			const answer = await refused(method, path);
			expect(answer).toMatchObject({ status: 501, code: "not.implemented" });
			expect(answer.message).toContain(id);
			expect(answer.headers["inlay-unknown-route"]).toBe("1");
		}
	});

	it("TRACE echoes nothing", async () => {
		const answer = await speak(
			"TRACE /api/v2/users/me HTTP/1.1\r\nHost: x\r\nX-Secret: hunter2\r\nConnection: close\r\n\r\n",
		);
		expect(answer).toMatch(/^HTTP\/1\.1 40[045] /);
		expect(answer).not.toContain("hunter2");
	});

	it("the wrong method was 404 instead of 405 with the right ones", async () => {
		const wrong = await refused("DELETE", "/api/v2/users/u1/roles");
		expect([wrong.status, wrong.code, wrong.headers.allow]).toEqual([405, "method.not.allowed", "OPTIONS, PUT"]);
		const word = await refused("DELETE", "/oauth/token");
		expect([word.status, word.headers.allow]).toEqual([405, "OPTIONS, POST"]);
	});

	it("a path of its own is no id, whatever the method", async () => {
		expect((await refused("GET", "/api/v2/conversations/calls/c1")).status).toBe(501);
		expect((await refused("HEAD", "/api/v2/conversations/callbacks")).status).toBe(501);
	});

	it("POST to the documentation was 404, as its files are no declared routes", async () => {
		const http = await createHttp([], {
			log: createLog("silent"),
			authenticator: { authenticate: async () => undefined },
			allowsOrigin: async () => false,
			rateLimitPerMinute: 0,
		});
		http.get("/api/v2/docs/*", async () => "page");
		const wrong = await http.inject({ method: "POST", url: "/api/v2/docs/static/index.html" });
		expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
		await http.close();
	});

	it("a file that was not there was said to be served, by the very method: 405 instead of 404", async () => {
		const http = await createHttp([], {
			log: createLog("silent"),
			authenticator: { authenticate: async () => undefined },
			allowsOrigin: async () => false,
			rateLimitPerMinute: 0,
		});
		http.get("/crm/assets/*", async (_request, reply) => reply.callNotFound());
		for (const method of ["GET", "HEAD"] as const) {
			const missing = await http.inject({ method, url: "/crm/assets/gone.js" });
			expect([missing.statusCode, missing.headers.allow]).toEqual([404, undefined]);
		}
		expect((await http.inject({ method: "DELETE", url: "/crm/assets/gone.js" })).statusCode).toBe(405);
		await http.close();
	});

	it("nothing at all stays 404", async () => {
		expect(await refused("GET", "/api/v2/nowhere")).toMatchObject({ status: 404, code: "not.found" });
		expect((await refused("PROPFIND", "/api/v2/nowhere")).status).toBe(404);
	});

	it("HEAD answers as GET does, OPTIONS tells the methods, a preflight is the browser's", async () => {
		const head = await api.http.inject({ method: "HEAD", url: "/api/v2/conversations/c1" });
		expect([head.statusCode, head.body]).toEqual([200, ""]);
		const options = await refused("OPTIONS", "/api/v2/conversations/calls");
		expect([options.status, options.headers.allow]).toEqual([204, "OPTIONS, POST"]);
		expect((await refused("OPTIONS", "/api/v2/nowhere")).status).toBe(404);
		const preflight = await refused("OPTIONS", "/api/v2/nowhere", {
			headers: { "access-control-request-method": "PUT" },
		});
		expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([204, page]);
		const stranger = await api.http.inject({
			method: "OPTIONS",
			url: "/api/v2/conversations/calls",
			headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
		});
		expect([stranger.statusCode, stranger.headers["access-control-allow-origin"]]).toEqual([204, undefined]);
	});
});

describe("bodies", () => {
	const path = "/api/v2/conversations/calls";

	it("a form body on a JSON operation was taken as the body", async () => {
		const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, payload: "phoneNumber=1" };
		expect(await refused("POST", path, form)).toMatchObject({ status: 415, code: "unsupported.media.type" });
		const text = { headers: { "content-type": "text/plain" }, payload: "1" };
		expect((await refused("POST", path, text)).status).toBe(415);
		const token = await api.http.inject({ method: "POST", url: "/oauth/token", ...form });
		expect(token.json()).toEqual({ phoneNumber: "1" });
	});

	it("a form's U+0000 went as far as the database", async () => {
		const headers = { "content-type": "application/x-www-form-urlencoded" };
		expect(await refused("POST", "/oauth/token", { headers, payload: "phoneNumber=1%00" })).toMatchObject({
			status: 400,
			details: [{ fieldName: "phoneNumber" }],
		});
	});

	it.each([
		["half of a surrogate pair", '{"phoneNumber":"\\ud83d"}', "phoneNumber"],
		["half of a pair, deep inside", '{"phoneNumber":"1","any":[{"a":{"b":"\\udc00x"}}]}', "any.a.b"],
		["half of a pair in a key", '{"phoneNumber":"1","any":{"\\ud800":1}}', "any"],
		["U+0000", '{"phoneNumber":"a\\u0000"}', "phoneNumber"],
		["an infinite number", '{"phoneNumber":"1","any":1e999}', "any"],
		["a number beyond 32 bits", '{"phoneNumber":"1","any":1,"count":1e308}', "count"],
		["a thousand lists in each other", `{"phoneNumber":"1","any":${"[".repeat(1000)}${"]".repeat(1000)}}`, "any"],
	])("%s was taken", async (_what, payload, fieldName) => {
		expect(await refused("POST", path, json(payload))).toMatchObject({ status: 400, details: [{ fieldName }] });
	});

	it("bytes that are no UTF-8 were replaced in silence", async () => {
		const payload = Buffer.concat([Buffer.from('{"phoneNumber":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
		const headers = { "content-type": "application/json" };
		const answer = await api.http.inject({ method: "POST", url: path, headers, payload });
		expect([answer.statusCode, answer.json().code]).toEqual([400, "bad.request"]);
	});

	it("a body reaches nobody's prototype", async () => {
		const payload = '{"phoneNumber":"1","any":{"__proto__":{"admin":true},"kept":1}}';
		expect(await refused("POST", path, json(payload))).toMatchObject({
			status: 400,
			details: [{ fieldName: "any.__proto__" }],
		});
	});
});

describe("numbers", () => {
	it.each(["99999999999999999999", "1e308", "0", "-1", "1.5", "NaN", "Infinity"])(
		"pageNumber=%s was 500 in the database",
		async (number) => {
			expect(await refused("GET", `/api/v2/conversations/c1?pageNumber=${number}`)).toMatchObject({
				status: 400,
				code: "invalid.query.param.value",
				details: [{ fieldName: "pageNumber" }],
			});
		},
	);

	it("what the database refuses as a value is the request's fault", async () => {
		expect(await refused("GET", "/api/v2/unstorable")).toMatchObject({ status: 400, code: "invalid.value" });
	});
});

it.each(["application/json; charset=iso-8859-1", 'application/json;charset="utf-16"', "application/json; charset="])(
	"a body in another encoding was read as UTF-8: %s",
	async (type) => {
		const headers = { "content-type": type };
		const payload = '{"kind":"a"}';
		const answer = await api.http.inject({ method: "POST", url: "/api/v2/alternatives", headers, payload });
		expect([answer.statusCode, answer.json().code]).toEqual([415, "unsupported.media.type"]);
		const good = { "content-type": 'application/json; charset="UTF-8"' };
		const taken = await api.http.inject({ method: "POST", url: "/api/v2/alternatives", headers: good, payload });
		expect(taken.statusCode).toBe(200);
	},
);
