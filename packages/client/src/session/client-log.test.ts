import { expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { ClientLog, type ClientLogParts } from "./client-log.ts";
import { lineOf } from "./log-line.ts";

const agent = { api: "http://api", deployment: "d1", token: "t" };

function logging(target: ReturnType<ClientLogParts["target"]>) {
	const clock = new FakeClock();
	const sent: { url: string; body: { lines: { text: string }[] }; headers: Record<string, string> }[] = [];
	const send = (async (url: string, init: RequestInit) => {
		sent.push({ url, body: JSON.parse(String(init.body)), headers: init.headers as Record<string, string> });
		return new Response(null, { status: 204 });
	}) as unknown as typeof fetch;
	return { clock, sent, log: new ClientLog({ clock, send, target: () => target }) };
}

it("enableServerSideLogging sent nothing: lines go together, with the agent's token", () => {
	const { log, clock, sent } = logging(agent);
	log.write("warn", lineOf("lost", { code: 1 }));
	log.write("info", "back");
	expect(sent).toEqual([]);
	clock.advance(10_000);
	expect(sent).toMatchObject([
		{
			url: "http://api/api/inlay/v1/diagnostics/client-log",
			headers: { authorization: "Bearer t" },
			body: {
				deployment: "d1",
				lines: [
					{ level: "warn", text: 'lost {"code":1}' },
					{ level: "info", text: "back" },
				],
			},
		},
	]);
	log.flush();
	expect(sent, "nothing twice").toHaveLength(1);
});

it("a script that logs in a loop filled memory and network", () => {
	const { log, clock, sent } = logging(agent);
	for (let at = 0; at < 1000; at++) log.write("warn", `${at} ${"x".repeat(2000)}`);
	clock.advance(10_000);
	expect(sent).toHaveLength(1);
	expect(sent[0]?.body.lines).toHaveLength(50);
	expect(sent[0]?.body.lines.at(-1)?.text.slice(0, 4)).toBe("999 ");
	expect(sent[0]?.body.lines.every(({ text }) => text.length <= 500)).toBe(true);
});

it("nothing is kept or sent where the script does not ask for it", () => {
	const { log, clock, sent } = logging(undefined);
	log.write("error", "x");
	clock.advance(60_000);
	expect(sent).toEqual([]);
});
