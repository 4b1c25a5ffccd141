import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSite } from "./site.ts";

let folder: string;
let base: string;
let port: number;
let stop: () => Promise<void>;
const failures: unknown[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-site-"));
	await mkdir(join(folder, "crm"));
	await mkdir(join(folder, "assets"));
	await writeFile(join(folder, "crm", "index.html"), "<!doctype html><title>CRM</title>");
	await writeFile(join(folder, "assets", "a-1.js"), "export {}");
	await writeFile(join(folder, "secret.json"), "{}");
	port = await freePort();
	base = `http://127.0.0.1:${port}`;
	stop = await startSite({
		name: "the site",
		host: "127.0.0.1",
		port,
		folder,
		page: "crm",
		settings: { api: "http://api.test" },
		origin: "http://site.test",
		apiOrigin: "http://api.test",
		panelOrigin: "http://panel.test",
		answer: async ({ method, path, body }) => {
			if (path[0] === "fail") throw new Error("on purpose");
			return path[0] === "echo" ? { status: 200, body: { method, path, body } } : undefined;
		},
		log: (error) => failures.push(error),
	});
});
afterAll(async () => {
	await stop?.();
	await rm(folder, { recursive: true, force: true });
});

describe("a site of the demo", () => {
	it("serves its page, its assets and its settings", async () => {
		const page = await fetch(`${base}/`);
		expect(await page.text()).toContain("CRM");
		expect(page.headers.get("content-security-policy")).toContain("frame-src http://panel.test http://api.test");
		expect((await fetch(`${base}/assets/a-1.js`)).headers.get("cache-control")).toContain("immutable");
		expect(await (await fetch(`${base}/config.json`)).json()).toEqual({ api: "http://api.test" });
	});

	it.each([
		"/secret.json",
		"/assets/../secret.json",
		"/assets/%2e%2e/secret.json",
		"/assets/..%2fsecret.json",
		"/nothing",
	])("serves nothing at %s", async (path) => {
		expect((await fetch(`${base}${path}`)).status).toBe(404);
	});

	it("answered under any name that leads to this machine: only under its own and the machine's", async () => {
		expect(await statusAs("site.test")).toBe(200);
		expect(await statusAs("localhost:1")).toBe(200);
		expect(await statusAs("evil.test")).toBe(421);
	});

	it("passes JSON to its API", async () => {
		const answer = await post("/api/echo/7", { "content-type": "application/json" }, '{"a":1}');
		expect(await answer.json()).toEqual({ method: "POST", path: ["echo", "7"], body: { a: 1 } });
	});

	it("refuses what another page's form could send", async () => {
		expect((await post("/api/echo", { "content-type": "text/plain" }, '{"a":1}')).status).toBe(403);
		const foreign = { "content-type": "application/json", origin: "http://evil.test" };
		expect((await post("/api/echo", foreign, "{}")).status).toBe(403);
	});

	it.each(["[1]", "5", "{"])("refuses the body %s", async (body) => {
		expect((await post("/api/echo", { "content-type": "application/json" }, body)).status).toBe(400);
	});

	it("refuses a body without end", async () => {
		const answer = await post("/api/echo", { "content-type": "application/json" }, `"${"x".repeat(300_000)}"`);
		expect(answer.status).toBe(413);
	});

	it("answers a failure of its API with a sentence and logs it", async () => {
		expect((await fetch(`${base}/api/fail`)).status).toBe(500);
		expect(String(failures[0])).toContain("on purpose");
	});

	it("says in a sentence that its port is taken", async () => {
		const options = {
			name: "the site",
			host: "127.0.0.1",
			port,
			folder,
			page: "crm",
			settings: {},
			origin: "",
			apiOrigin: "",
			panelOrigin: "",
			log() {},
		};
		await expect(startSite(options)).rejects.toMatchObject({ code: "port.taken" });
	});
});

async function statusAs(host: string): Promise<number | undefined> {
	const request = send(`${base}/config.json`, { headers: { host } });
	request.end();
	const [answer] = (await once(request, "response")) as [IncomingMessage];
	answer.resume();
	return answer.statusCode;
}

function post(path: string, headers: Record<string, string>, body: string): Promise<Response> {
	return fetch(`${base}${path}`, { method: "POST", headers, body });
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port: found } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return found;
}
