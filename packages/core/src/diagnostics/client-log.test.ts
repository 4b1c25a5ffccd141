import { expect, it } from "vitest";
import { OperatorLog } from "../kernel/operator-log.ts";
import { withoutSecrets } from "../kernel/without-secrets.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { keptLog } from "../test-support/log-lines.ts";
import { testApi, testPrincipal } from "../test-support/test-api.ts";
import { clientLogRoute, withoutPeople } from "./client-log.ts";

const path = "/api/inlay/v1/diagnostics/client-log";
const grants = [{ permission: "integration:customEmbeddableFramework:agent", divisions: "all" as const }];

async function server() {
	const { log, lines } = keptLog();
	const api = await testApi([clientLogRoute(new OperatorLog(log, new FakeClock()))], {
		agent: testPrincipal({ userId: "u1", grants }),
		stranger: testPrincipal({ userId: "u2", grants: [] }),
		machine: testPrincipal({ grants }),
	});
	const send = async (as: string | undefined, body: unknown) =>
		(await api.call("POST", path, { ...(as ? { as } : {}), body })).statusCode;
	return { api, lines, send };
}

const line = (text = "the notification channel was lost", level = "warn") => ({ level, text });

it("enableServerSideLogging was read and nothing came of it", async () => {
	const { api, lines, send } = await server();
	expect(await send("agent", { deployment: "d1", lines: [line(), line("opened", "info")] })).toBe(204);
	expect(lines).toMatchObject([
		{ event: "client.log", detail: "the notification channel was lost", userId: "u1" },
		{ event: "client.log", detail: "opened", deploymentId: "d1" },
	]);
	await api.close();
});

it("a line had the key level twice: the log's number and the panel's word", async () => {
	const { api, lines, send } = await server();
	await send("agent", { lines: [line(), line("opened", "info")] });
	// The second of two keys would be what is read.
	expect(lines.map(({ level, panelLevel }) => [level, panelLevel])).toEqual([
		[40, "warn"],
		[40, "info"],
	]);
	await api.close();
});

it("anybody could write into the operator's log: only agents with a token may, and no more than is read", async () => {
	const { api, lines, send } = await server();
	const statuses = [];
	for (const as of [undefined, "stranger", "machine"]) statuses.push(await send(as, { lines: [line()] }));
	expect(statuses.every((status) => [400, 401, 403].includes(status))).toBe(true);
	const many = Array.from({ length: 51 }, (_one, at) => line(`line ${at}`));
	for (const body of [
		{ lines: many },
		{ lines: [] },
		{ lines: [line("x".repeat(501))] },
		{ lines: [line("x", "fatal")] },
	])
		expect(await send("agent", body)).toBe(400);
	expect(await send("agent", { lines: [line()], text: "x".repeat(70_000) })).toBe(413);
	expect(lines).toEqual([]);
	await api.close();
});

it("customers' numbers, addresses and the agent's token stood in the operator's log", async () => {
	const { api, lines, send } = await server();
	const id = "00000000-0000-4000-8000-000000000001";
	const said = `dialled +49 (30) 123-456 for ada@example.com in ${id} with Bearer abc.def and token=hunter2`;
	expect(await send("agent", { lines: [line(said)] })).toBe(204);
	const written = JSON.stringify(lines);
	for (const secret of ["123-456", "ada@example.com", "abc.def", "hunter2"]) expect(written).not.toContain(secret);
	expect(written).toContain(id);
	expect(withoutPeople("3 of 12 in 250 ms")).toBe("3 of 12 in 250 ms");
	await api.close();
});

it("one agent kept the server busy with what their panel logs", async () => {
	const { api, lines } = await server();
	const flood = (number: number) => ({ lines: Array.from({ length: 50 }, (_one, at) => line(`line ${number} ${at}`)) });
	const statuses = [];
	for (let number = 0; number < 14; number++) {
		const answer = await api.call("POST", path, { as: "agent", body: flood(number) });
		statuses.push(answer.statusCode);
		if (answer.statusCode === 429) expect(answer.json().code).toBe("too.many.log.lines");
	}
	expect(statuses).toEqual([...Array(12).fill(204), 429, 429]);
	expect(lines).toHaveLength(60);
	await api.close();
});

it.each([
	["hyphens", "a-".repeat(250)],
	["names without values", "token ".repeat(80)],
	["spaces behind a name", `authorization${" ".repeat(480)}`],
	["words before an address", "x.".repeat(250)],
	["digits and brackets", `1${"(".repeat(490)}`],
	["at signs", "a@".repeat(250)],
	["cookies", `cookie: ${"a;".repeat(246)}`],
	["names of credentials", "basic ".repeat(83)],
	["beginnings of tokens", "eyJ".repeat(166)],
	["a token's dots", `eyJhbGciOi${".".repeat(490)}`],
	["half names of passwords", "pwd ".repeat(125)],
])("a line cost the server the more, the longer it was: %s", (_what, text) => {
	const usual = "the notification channel was lost, and opened anew. ";
	// Work that grows by the square is a hundred times as much at this length.
	expect(cost(text) / cost(usual)).toBeLessThan(20);
});

/** Processor time of taking people and secrets out of a text of 2,000 characters, the least of several tries. */
function cost(part: string): number {
	const text = part.repeat(2000).slice(0, 2000);
	const tries = Array.from({ length: 7 }, () => {
		const from = process.cpuUsage();
		for (let times = 0; times < 20; times++) withoutSecrets(withoutPeople(text));
		const { user, system } = process.cpuUsage(from);
		return user + system;
	});
	return Math.max(1, Math.min(...tries));
}
