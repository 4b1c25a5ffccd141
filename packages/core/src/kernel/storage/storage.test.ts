import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type TestApi, testApi } from "../../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { readRange } from "./byte-range.ts";
import { fileRoutes } from "./file-routes.ts";
import { newKey } from "./object-store.ts";
import type { LinkWish, Reading } from "./storage.ts";

const data = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 256));
const key = newKey("org", "recording", new Date());
const wish: LinkWish = { type: "audio/wav", size: data.length, filename: "Call.wav", disposition: "inline" };
const ended = new Set<string>();
const readings: Reading[] = [];
let kernel: TestKernel<FakeClock>;
let api: TestApi;

beforeAll(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
	await kernel.storage.put(key, Readable.from([data]), { type: "audio/wav", size: data.length });
	kernel.storage.onRead(async (reading) => void readings.push(reading));
	api = await testApi(fileRoutes(kernel.storage, { isGood: async (session) => !ended.has(session) }), {});
});
afterAll(async () => {
	await api.close();
	await kernel.close();
});

async function link(changes: Partial<LinkWish> = {}, seconds = 300): Promise<string> {
	return (await kernel.storage.signedUrl(key, seconds, { ...wish, ...changes })).replace("http://localhost", "");
}

const open = (url: string, range?: string) => api.call("GET", url, { headers: range ? { range } : {} });
const codeOf = async (url: string) => {
	const answer = await open(url);
	return [answer.statusCode, answer.json().code];
};

describe("a link to a file", () => {
	it("opens it without a token", async () => {
		const answer = await open(await link());
		expect([answer.statusCode, answer.headers["content-length"], answer.headers["accept-ranges"]]).toEqual([
			200,
			"1000",
			"bytes",
		]);
		expect(answer.rawPayload.equals(data)).toBe(true);
	});

	it("gave a player the whole file where it asked for a part", async () => {
		const answer = await open(await link(), "bytes=100-199");
		expect([answer.statusCode, answer.headers["content-range"]]).toEqual([206, "bytes 100-199/1000"]);
		expect(answer.rawPayload.equals(data.subarray(100, 200))).toBe(true);
		const beyond = await open(await link(), "bytes=1000-");
		expect([beyond.statusCode, beyond.headers["content-range"]]).toEqual([416, "bytes */1000"]);
	});

	it("was good for longer than five minutes, whatever was asked for", async () => {
		const [url, short] = [await link({}, 3600), await link({}, 60)];
		kernel.clock.advance(59_000);
		expect((await open(short)).statusCode).toBe(200);
		kernel.clock.advance(2000);
		expect(await codeOf(short)).toEqual([403, "file.link.over"]);
		kernel.clock.advance(240_000);
		expect(await codeOf(url)).toEqual([403, "file.link.over"]);
	});

	it("was good after the session that it was given to had ended", async () => {
		const url = await link({ session: "session-1" });
		expect((await open(url)).statusCode).toBe(200);
		ended.add("session-1");
		expect(await codeOf(url)).toEqual([403, "file.link.over"]);
	});

	it("opened another file when a letter of it was changed", async () => {
		const url = await link();
		const [start = "", ticket = ""] = url.split("ticket=");
		const [text = "", signature = ""] = ticket.split(".");
		const other = JSON.parse(Buffer.from(text, "base64url").toString());
		const forged = Buffer.from(JSON.stringify({ ...other, expires: other.expires + 999 })).toString("base64url");
		for (const bad of [`${forged}.${signature}`, `${text}.${signature.slice(1)}`, `${text}.`, text, "x", "..."])
			expect(await codeOf(`${start}ticket=${bad}`)).toEqual([403, "file.link.invalid"]);
	});

	it("ran a page in somebody's browser that had come as a file", async () => {
		const kinds = {
			"text/html": "attachment",
			"image/svg+xml": "attachment",
			"audio/wav": "inline",
			"image/png": "inline",
		};
		for (const [type, shown] of Object.entries(kinds)) {
			const { headers } = await open(await link({ type, filename: 'A "sure" thing Ä.wav' }));
			expect(headers["content-disposition"]).toBe(
				`${shown}; filename="A _sure_ thing _.wav"; filename*=UTF-8''A%20%22sure%22%20thing%20%C3%84.wav`,
			);
			expect(headers["content-security-policy"]).toBe("sandbox; default-src 'none'; frame-ancestors 'none'");
			expect(headers["x-content-type-options"]).toBe("nosniff");
		}
		expect((await open(await link({ disposition: "attachment" }))).headers["content-disposition"]).toMatch(
			/^attachment/,
		);
	});

	it("told of a file that was deleted as of a fault", async () => {
		const url = (await kernel.storage.signedUrl(newKey("org", "recording", new Date()), 60, wish)).slice(
			"http://localhost".length,
		);
		expect(await codeOf(url)).toEqual([410, "file.gone"]);
	});

	it("counted every part that a player fetched as a listener", async () => {
		const url = await link({ subject: "recording:1", userId: "anna" });
		readings.length = 0;
		for (const range of ["bytes=0-99", "bytes=100-199", "bytes=0-99"]) await open(url, range);
		expect(readings.map(({ isFirst }) => isFirst)).toEqual([true, false, false]);
		expect(readings[0]?.link).toMatchObject({ subject: "recording:1", userId: "anna" });
	});
});

it.each([
	["bytes=0-0", { first: 0, last: 0 }],
	["bytes=0-", { first: 0, last: 9 }],
	["bytes=5-100", { first: 5, last: 9 }],
	["bytes=-3", { first: 7, last: 9 }],
	["bytes=-30", { first: 0, last: 9 }],
	["bytes=-0", "none"],
	["bytes=10-", "none"],
	["bytes=5-4", undefined],
	["bytes=0-1,3-4", undefined],
	["lines=0-1", undefined],
	["bytes=-", undefined],
	[undefined, undefined],
] as const)("of ten bytes %s is %o", (header, range) => {
	expect(readRange(header, 10)).toEqual(range);
});
