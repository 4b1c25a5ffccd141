import { pino } from "pino";
import { expect, it } from "vitest";
import { testApi, testPrincipal } from "../test-support/test-api.ts";
import { diagnosticsRoutes } from "./routes.ts";

it("a client's report goes to the log, with who sent it", async () => {
	const lines: Array<Record<string, unknown>> = [];
	const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
	const api = await testApi(diagnosticsRoutes(log), { agent: testPrincipal({ userId: "u1" }) });
	const body = { appName: "webrtc-sdk", traces: [{ topic: "webrtc", level: "info" }] };
	expect((await api.call("POST", "/api/v2/diagnostics/trace", { as: "agent", body })).statusCode).toBe(200);
	expect((await api.call("POST", "/api/v2/diagnostics/newrelic/insights", { as: "agent", body })).statusCode).toBe(200);
	expect(lines).toMatchObject([
		{ level: 20, userId: "u1", report: body },
		{ level: 20, userId: "u1", report: body },
	]);
	await api.close();
});

it("nobody reports without a token, or more than is read", async () => {
	const api = await testApi(diagnosticsRoutes(pino({ level: "silent" })), { agent: testPrincipal() });
	expect((await api.call("POST", "/api/v2/diagnostics/trace", { body: {} })).statusCode).toBe(401);
	const large = { text: "x".repeat(300_000) };
	expect((await api.call("POST", "/api/v2/diagnostics/trace", { as: "agent", body: large })).statusCode).toBe(413);
	await api.close();
});
