import { Readable } from "node:stream";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestApi, testApi } from "../../test-support/test-api.ts";
import { Answer, noPermission, publicRoute, route } from "./route.ts";

const open = {
	method: "GET",
	permission: noPermission,
	scope: publicRoute,
	summary: "",
	success: { status: 200 },
} as const;
const listing = { entities: Array.from({ length: 100 }, (_, id) => ({ id, name: `User ${id}` })) };
const large = { entities: Array.from({ length: 3000 }, (_, id) => ({ id, name: `User ${id}` })) };

let api: TestApi;
beforeAll(async () => {
	api = await testApi(
		[
			route({ ...open, path: "/listing", operationId: "a", handler: () => listing }),
			route({ ...open, path: "/large", operationId: "b", handler: () => large }),
			route({ ...open, path: "/small", operationId: "c", handler: () => ({ status: "ok" }) }),
			route({ ...open, path: "/secret", operationId: "d", compress: false, handler: () => listing }),
			route({
				...open,
				path: "/sound",
				operationId: "e",
				handler: () => new Answer(200, Buffer.alloc(5000), { "content-type": "audio/wav" }),
			}),
			route({
				...open,
				path: "/file",
				operationId: "f",
				handler: () =>
					new Answer(200, Readable.from(["x".repeat(5000)]), { "content-type": "text/javascript; charset=utf-8" }),
			}),
		],
		{},
	);
});
afterAll(() => api.close());

const get = (url: string, encoding?: string) =>
	api.http.inject({ method: "GET", url, headers: encoding ? { "accept-encoding": encoding } : {} });

it("answers over 1 kB went out as they were", async () => {
	for (const [path, body] of [
		["/listing", listing],
		["/large", large],
	] as const) {
		const brotli = await get(path, "gzip, deflate, br");
		expect([brotli.headers["content-encoding"], brotli.headers.vary]).toEqual(["br", "Origin, Accept-Encoding"]);
		expect(JSON.parse(brotliDecompressSync(brotli.rawPayload).toString())).toEqual(body);
		const gzip = await get(path, "br;q=0, gzip;q=0.5");
		expect(gzip.headers["content-encoding"]).toBe("gzip");
		expect(JSON.parse(gunzipSync(gzip.rawPayload).toString())).toEqual(body);
		expect(gzip.rawPayload.length).toBeLessThan(JSON.stringify(body).length / 3);
	}
});

it("files are compressed as they stream", async () => {
	const answer = await get("/file", "gzip");
	expect(gunzipSync(answer.rawPayload).toString()).toBe("x".repeat(5000));
});

it("what is small, no text, not asked for or beside a secret goes as it is", async () => {
	for (const [path, encoding] of [
		["/small", "br"],
		["/sound", "br"],
		["/secret", "br"],
		["/listing", undefined],
		["/listing", "identity"],
		["/listing", "br;q=0"],
	] as const) {
		expect([path, (await get(path, encoding)).headers["content-encoding"]]).toEqual([path, undefined]);
	}
});
