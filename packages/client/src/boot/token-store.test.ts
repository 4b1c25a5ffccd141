import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { memoryStorage } from "./storage.ts";
import { ServerTokens, StoredTokens } from "./token-store.ts";

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

describe("a token in the browser's storage", () => {
	it("was thrown away by a browser whose clock was wrong", async () => {
		const tokens = new StoredTokens(memoryStorage(), "d1");
		expect(await tokens.read()).toBeUndefined();
		const token = { accessToken: "t", expiresAt: 100, refreshToken: "r", clientId: "c" };
		tokens.write(token);
		expect(await tokens.read()).toEqual(token);
		tokens.clear();
		expect(await tokens.read()).toBeUndefined();
	});
});

describe("a token kept with the server", () => {
	it("is given, asked back and forgotten as the panel's own script", async () => {
		const { base, requests } = await sessionServer({ status: 200, body: { accessToken: "t", expiresAt: 100 } });
		const tokens = new ServerTokens(base, "d 1");
		expect(await tokens.read()).toEqual({ accessToken: "t", expiresAt: 100 });
		tokens.write({ accessToken: "t2", expiresAt: 200 });
		await expect.poll(() => requests.length).toBe(2);
		tokens.clear();
		await expect.poll(() => requests.length).toBe(3);
		expect(requests).toEqual([
			{ line: "GET /crm/session?deployment=d+1", panel: "1", authorization: undefined, body: "" },
			{ line: "POST /crm/session", panel: "1", authorization: "Bearer t2", body: '{"deployment":"d 1"}' },
			{ line: "DELETE /crm/session", panel: "1", authorization: undefined, body: "" },
		]);
	});

	it.each([
		["has none", { status: 204 }],
		["refuses", { status: 403, body: { code: "not.the.panel" } }],
		["answers nonsense", { status: 200, body: { token: 7 } }],
	])("is nothing when the server %s", async (_what, answer) => {
		const { base } = await sessionServer(answer);
		expect(await new ServerTokens(base, "d1").read()).toBeUndefined();
	});

	it("is nothing when no server answers", async () => {
		expect(await new ServerTokens("http://127.0.0.1:9", "d1").read()).toBeUndefined();
	});
});

interface Asked {
	line: string;
	panel: unknown;
	authorization: string | undefined;
	body: string;
}

async function sessionServer(answer: { status: number; body?: object }): Promise<{ base: string; requests: Asked[] }> {
	const requests: Asked[] = [];
	const server = createServer(async (request, response) => {
		const { authorization, "inlay-panel": panel } = request.headers;
		requests.push({
			line: `${request.method} ${request.url}`,
			panel,
			authorization,
			body: await bodyOf(request),
		});
		response.writeHead(answer.status, { "content-type": "application/json" });
		response.end(answer.body ? JSON.stringify(answer.body) : undefined);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	closing.push(() => {
		server.close();
		server.closeAllConnections();
	});
	return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString();
}
