import { describe, expect, it, test } from "vitest";
import { ApiPlaceError, apiPlace } from "./place.ts";
import { ApiRefusal, publicApi } from "./public-api.ts";
import { tokenSource } from "./sign-in.ts";

const place = { api: "https://api.example", login: "https://login.example" };

/** Answers in turn, the last one for ever, and keeps what was asked. */
function server(...answers: (() => Response)[]) {
	const asked: { method: string; url: string; headers: Headers }[] = [];
	const send = (async (url: URL, init: RequestInit) => {
		asked.push({ method: String(init.method), url: String(url), headers: new Headers(init.headers) });
		const answer = answers[Math.min(asked.length, answers.length) - 1];
		if (!answer) throw new TypeError("fetch failed");
		return answer();
	}) as unknown as typeof fetch;
	return { asked, send };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
	new Response(JSON.stringify(body), { status, headers });

function apiOf(send: typeof fetch, waits: number[] = []) {
	return publicApi({
		place,
		token: async (refused) => (refused ? "second" : "first"),
		fetch: send,
		wait: async (ms) => waits.push(ms),
	});
}

describe("apiPlace", () => {
	test.each([
		[{ region: "mypurecloud.de" }, "https://api.mypurecloud.de", "https://login.mypurecloud.de"],
		[{ url: "https://inlay.example/admin" }, "https://inlay.example", "https://inlay.example"],
		[{}, "http://localhost:8080", "http://localhost:8080"],
	])("%j", (given, api, login) => {
		expect(apiPlace(given, "http://localhost:8080")).toMatchObject({ api, login });
	});

	test.each([
		[{ region: "https://x" }],
		[{ region: "nowhere" }],
		[{ url: "nonsense" }],
		[{ url: "https://a.b", region: "a.b" }],
	])("%j is refused in words", (given) => {
		expect(() => apiPlace(given, "http://localhost:8080")).toThrow(ApiPlaceError);
	});
});

it("waits as long as a busy server asks for, and asks again", async () => {
	const waits: number[] = [];
	const { asked, send } = server(
		() => json(429, {}, { "retry-after": "3" }),
		() => json(503, {}),
		() => json(200, { id: "x" }),
	);
	expect(await apiOf(send, waits).request("PUT", "/api/v2/x", { a: 1 })).toEqual({ id: "x" });
	expect([asked.length, waits]).toEqual([3, [3000, 1000]]);
});

it("a token that has ended is fetched anew, once", async () => {
	const { asked, send } = server(() => json(401, {}));
	await expect(apiOf(send).request("GET", "/api/v2/x")).rejects.toMatchObject({ status: 401 });
	expect(asked.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer first", "Bearer second"]);
});

it("what may have been done is not done again when the line breaks", async () => {
	const { asked, send } = server();
	await expect(apiOf(send).request("POST", "/api/v2/x", {})).rejects.toThrow(ApiPlaceError);
	expect(asked).toHaveLength(1);
	await expect(apiOf(send).request("GET", "/api/v2/x")).rejects.toThrow(ApiPlaceError);
	expect(asked).toHaveLength(7);
});

it("a refusal has its status, code and words", async () => {
	const { send } = server(() => json(400, { code: "bad.request", message: "name is missing" }));
	const refused = await apiOf(send)
		.request("POST", "/api/v2/x", {})
		.catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(ApiRefusal);
	expect(refused).toMatchObject({ status: 400, code: "bad.request", message: "POST /api/v2/x: 400 name is missing" });
});

it("reads every page", async () => {
	const { asked, send } = server(
		() => json(200, { entities: [1, 2], pageCount: 2 }),
		() => json(200, { entities: [3], pageCount: 2 }),
	);
	expect(await apiOf(send).all("/api/v2/users?state=active")).toEqual([1, 2, 3]);
	expect(asked[1]?.url).toBe("https://api.example/api/v2/users?state=active&pageSize=100&pageNumber=2");
});

describe("who signs in", () => {
	it("is not known: it says what to set", () => {
		expect(() => tokenSource(place, {})).toThrow("INLAY_CLIENT_ID");
		expect(() => tokenSource(place, { INLAY_CLIENT_ID: "x" })).toThrow("INLAY_CLIENT_SECRET");
	});

	it("a token that was handed over is used, and its end told", async () => {
		const source = tokenSource(place, { INLAY_TOKEN: "t" });
		expect(await source()).toBe("t");
		await expect(source("t")).rejects.toThrow("INLAY_TOKEN");
	});
});
