import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { consoleRoutes, entranceRoute } from "./console-pages.ts";
import { type TestApi, testApi } from "./test-support/test-api.ts";

describe("the console's pages", () => {
	let folder: string;
	let api: TestApi;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "inlay-console-"));
		api = await testApi([...consoleRoutes(folder, "http://panel.example"), entranceRoute()], {});
	});

	afterEach(async () => {
		await api.close();
		await rm(folder, { recursive: true });
	});

	it("serves the page, which nobody may frame and into which nothing foreign may come", async () => {
		await writeFile(join(folder, "index.html"), "<title>Console</title>");
		for (const url of ["/admin/", "/admin/?code=c&state=s", "/admin/index.html"]) {
			const answer = await api.call("GET", url);
			expect([answer.statusCode, answer.body]).toEqual([200, "<title>Console</title>"]);
			const policy = String(answer.headers["content-security-policy"]);
			expect(policy).toContain("default-src 'self'");
			expect(policy).toContain("frame-ancestors 'none'");
			expect(policy).not.toContain("unsafe");
		}
	});

	it("leads from the address without its last slash to the page", async () => {
		const answer = await api.call("GET", "/admin");
		expect([answer.statusCode, answer.headers.location]).toEqual([302, "/admin/"]);
	});

	it("showed a person who opened the bare address an error in JSON", async () => {
		const browser = await api.http.inject({ method: "GET", url: "/", headers: { accept: "text/html,*/*;q=0.8" } });
		expect([browser.statusCode, browser.headers.location]).toEqual([302, "/admin/"]);
		const program = await api.http.inject({ method: "GET", url: "/", headers: { accept: "application/json" } });
		expect([program.statusCode, program.json().code]).toEqual([404, "not.found"]);
	});

	it("says what to do where nothing has been built", async () => {
		const answer = await api.call("GET", "/admin/");
		expect(answer.statusCode).toBe(503);
		expect(answer.body).toContain("npm start");
	});
});
