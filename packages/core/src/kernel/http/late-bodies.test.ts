import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { Type } from "typebox";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import type { Principal } from "../principal.ts";
import { anyOf, route, writeScope } from "./route.ts";

let api: TestApi;
let principals: Record<string, Principal>;
let asked: number;
let done: unknown[];

beforeEach(async () => {
	principals = { ada: testPrincipal() };
	asked = 0;
	done = [];
	const write = route({
		...{ method: "POST", path: "/api/v2/things", operationId: "postThings", summary: "", success: { status: 200 } },
		permission: anyOf("thing:thing:add"),
		scope: writeScope("users"),
		body: Type.Object({ a: Type.Number() }),
		handler: ({ body }) => void done.push(body),
	});
	const authenticate = async (token: string) => {
		asked++;
		return principals[token];
	};
	api = await testApi([write], principals, { authenticator: { authenticate } });
	await api.http.listen({ port: 0, host: "127.0.0.1" });
});
afterEach(() => api.close());

/** Sends half a body, lets something happen, then the rest. @returns the answer's status */
async function sendWhile(happens: () => void): Promise<number> {
	const { port } = api.http.server.address() as AddressInfo;
	const socket = connect(port, "127.0.0.1");
	await once(socket, "connect");
	const head = "POST /api/v2/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\nContent-Type: application/json";
	socket.write(`${head}\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{"a"`);
	await vi.waitFor(() => expect(asked).toBe(1));
	const letIn = performance.now();
	happens();
	await vi.waitFor(() => expect(performance.now() - letIn).toBeGreaterThan(100));
	socket.write(": 1 }");
	let text = "";
	for await (const part of socket) text += part;
	return Number(text.slice(9, 12));
}

it.each([
	["lost the right", { ada: testPrincipal({ grants: [] }) }, 403],
	["was signed out", {}, 401],
])("whoever %s while the body came did it all the same", async (_what, then, status) => {
	const happens = () => {
		principals = then;
	};
	expect([await sendWhile(happens), done]).toEqual([status, []]);
});

it("whoever may still do it when the body is there does it", async () => {
	expect([await sendWhile(() => undefined), done]).toEqual([200, [{ a: 1 }]]);
});
