import fastify from "fastify";
import { expect, it, vi } from "vitest";
import { tellUntoldProxy } from "./untold-proxy.ts";

async function warningsOf(trustProxy: string[] | false, requests: Array<Record<string, string>>) {
	const warn = vi.fn();
	const app = fastify({ trustProxy });
	tellUntoldProxy(app, { warn });
	app.get("/", () => "");
	for (const headers of requests) await app.inject({ url: "/", headers, remoteAddress: "10.0.0.5" });
	await app.close();
	return warn.mock.calls.map(([line]) => line);
}

const passedOn = { "x-forwarded-for": "203.0.113.9" };

it("nothing told an operator that --trust-proxy is missing", async () => {
	const told = await warningsOf(false, [{}, passedOn, passedOn, { "x-forwarded-for": "203.0.113.10" }]);
	expect(told).toEqual([{ event: "proxy.untold", address: "10.0.0.5" }]);
	expect(await warningsOf(["10.0.0.6"], [passedOn])).toHaveLength(1);
});

it("a proxy that is named, and callers without one, are nothing to tell", async () => {
	expect(await warningsOf(["10.0.0.5"], [passedOn, {}])).toEqual([]);
	expect(await warningsOf(false, [{}])).toEqual([]);
});
