import { pino } from "pino";
import { expect, it } from "vitest";
import type { Logger } from "../kernel/log.ts";
import { OperatorLog } from "../kernel/operator-log.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { keptLog } from "../test-support/log-lines.ts";
import { testApi, testPrincipal } from "../test-support/test-api.ts";
import { diagnosticsRoutes } from "./routes.ts";

const agent = testPrincipal({ userId: "u1" });

const panelUrl = "https://panel.example";
const clock = new FakeClock();
const path = "/api/inlay/v1/diagnostics/scripts";
const fromPanel = { origin: panelUrl };

const mayUse = async (deploymentId: string) => deploymentId === "d1";

function routes(log: Logger) {
	const authenticator = { authenticate: async (token: string) => (token === "agent" ? agent : undefined) };
	return diagnosticsRoutes({ log, operators: new OperatorLog(log, clock), authenticator, panelUrl, mayUse });
}

it("a client's report goes to the log, with who sent it", async () => {
	const lines: Array<Record<string, unknown>> = [];
	const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
	const api = await testApi(routes(log), { agent: testPrincipal({ userId: "u1" }) });
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
	const api = await testApi(routes(pino({ level: "silent" })), { agent: testPrincipal() });
	expect((await api.call("POST", "/api/v2/diagnostics/trace", { body: {} })).statusCode).toBe(401);
	const large = { text: "x".repeat(300_000) };
	expect((await api.call("POST", "/api/v2/diagnostics/trace", { as: "agent", body: large })).statusCode).toBe(413);
	await api.close();
});

it.each([
	["is not loaded", "framework.script.unreachable"],
	["throws, or does not parse", "framework.script.error"],
	["has no Framework", "framework.late"],
	["throws when it is told something", "framework.callback.threw"],
	["asks for what does not work", "framework.action.failed"],
	["asks for nonsense", "framework.action.invalid"],
	["asks too early", "framework.action.early"],
	["does not take a call log", "framework.calllog.failed"],
	["loads from where it may not", "framework.load.blocked"],
	["has a mistake in its configuration", "framework.config.finding"],
	["is on the agent's own machine", "framework.development.off"],
])("an operator did not see a framework.js that %s: the line had lost its code", async (_what, code) => {
	const { log, lines } = keptLog();
	const api = await testApi(routes(log), {});
	const body = { deployment: "d1", code, text: "at https://crm.example/?access_token=hunter2" };
	const answer = await api.http.inject({ method: "POST", url: path, payload: body, headers: fromPanel });
	expect(answer.statusCode).toBe(204);
	expect(lines).toMatchObject([{ level: 40, event: "script.failed", code, deploymentId: "d1" }]);
	expect(JSON.stringify(lines)).not.toContain("hunter2");
	await api.close();
});

it("a script that wraps fetch, and works, was told as one that has failed", async () => {
	const lines: Array<Record<string, unknown>> = [];
	const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
	const api = await testApi(routes(log), {});
	const body = { deployment: "d1", code: "framework.fetch.replaced", text: "the script has replaced window.fetch" };
	await api.http.inject({ method: "POST", url: path, payload: body, headers: fromPanel });
	expect(lines).toMatchObject([{ level: 30, event: "script.noted", code: body.code, deploymentId: "d1" }]);
	expect(JSON.stringify(lines)).not.toContain("failed");
	await api.close();
});

it("an operator did not see what stands in a panel's way", async () => {
	const { log, lines } = keptLog();
	const api = await testApi(routes(log), {});
	const body = { deployment: "d1", code: "panel.socket.blocked", text: "api.example" };
	expect((await api.http.inject({ method: "POST", url: path, payload: body, headers: fromPanel })).statusCode).toBe(
		204,
	);
	expect(lines).toMatchObject([
		{ level: 40, event: "panel.finding", code: "panel.socket.blocked", deploymentId: "d1" },
	]);
	await api.close();
});

it("an operator did not see that framework.js fails in the agents' panels", async () => {
	const lines: Array<Record<string, unknown>> = [];
	const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
	const api = await testApi(routes(log), {});
	const body = { deployment: "d1", code: "framework.callback.threw", text: "screenPop: x is not defined" };
	expect((await api.call("POST", path, { body, as: "agent" })).statusCode).toBe(204);
	const send = (headers: object) =>
		api.http.inject({ method: "POST", url: path, payload: body, headers: { ...fromPanel, ...headers } });
	expect((await send({})).statusCode).toBe(204);
	expect((await send({ authorization: "Bearer unknown" })).statusCode).toBe(204);
	expect(lines).toMatchObject([
		{ level: 40, event: "script.failed", deploymentId: "d1", userId: "u1", detail: "screenPop: x is not defined" },
		{ level: 40, event: "script.failed", unverified: true },
	]);
	expect(lines[0]).not.toHaveProperty("unverified");
	expect((await api.call("POST", path, { body: { ...body, code: "anything" } })).statusCode).toBe(400);
	await api.close();
});

it("a stranger filled the operator's log from a page of their own, or without any", async () => {
	const { log, lines } = keptLog();
	const api = await testApi(routes(log), {});
	const send = (text: string, headers: { origin?: string }) => {
		const payload = { code: "framework.script.error", text };
		return api.http.inject({ method: "POST", url: path, payload, headers, remoteAddress: "203.0.113.9" });
	};
	for (const headers of [{}, { origin: "https://evil.example" }, { origin: "null" }]) {
		const refused = await send("flood", headers);
		expect([refused.statusCode, refused.json().code]).toEqual([403, "origin.not.allowed"]);
	}
	expect(lines).toEqual([]);
	for (let number = 0; number < 100; number++) await send(`flood ${number}`, fromPanel);
	expect(lines).toHaveLength(10);
	clock.advance(60_000);
	await send("after it", fromPanel);
	expect(lines.slice(10)).toMatchObject([
		{ event: "operator-log.full", of: "script.failed", lines: 90 },
		{ event: "script.failed", detail: "after it" },
	]);
	await api.close();
});

it("an agent wrote into the troubles of a deployment that is not theirs", async () => {
	const { log, lines } = keptLog();
	const api = await testApi(routes(log), {});
	const body = { deployment: "another", code: "framework.callback.threw", text: "call 0900 123" };
	expect((await api.call("POST", path, { body, as: "agent" })).statusCode).toBe(204);
	expect(lines).toMatchObject([{ event: "script.failed", unverified: true, userId: "u1" }]);
	await api.close();
});
