import type { JsonSchema } from "@inlay/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/http/route.ts";
import { callRoute, goodBody } from "./test-support/call-every.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

/** What a good body needs beside its schema. */
const more = new Map([["postIntegrations", { integrationType: { id: "private-embeddable-framework" } }]]);

/** A caller is not turned away for their name: it is cleaned (`seenName`). */
const cleaned = new Set(["postInlayWebcalls"]);

const named = ({ method, body }: Route) => {
	const schema = body as JsonSchema | undefined;
	return method !== "GET" && schema?.properties?.name?.type === "string";
};

it("names that look like others, or like nothing, passed for roles, queues, divisions, groups, codes, clients and people", async () => {
	const found: string[] = [];
	const asked = server.routes.filter((route) => named(route) && !cleaned.has(route.operationId));
	for (const route of asked) {
		for (const name of ["Master\u200bAdmin", "\u202enimdA", "\u3164", "\u00a0"]) {
			const before = await server.fingerprint();
			const payload = JSON.stringify({ ...JSON.parse(goodBody(route) ?? "{}"), ...more.get(route.operationId), name });
			const { status, code } = await callRoute(server, route, { as: "admin", payload });
			if (status !== 400) found.push(`${route.method} ${route.path} took ${JSON.stringify(name)}: ${status} ${code}`);
			if ((await server.fingerprint()) !== before) found.push(`${route.method} ${route.path} has stored it`);
		}
	}
	expect(found).toEqual([]);
	expect(asked.length).toBeGreaterThan(12);
}, 60_000);

it("a second OAuth client was called as an existing one", async () => {
	const create = server.routes.find(({ operationId }) => operationId === "postOauthClients");
	if (!create) throw new Error("Nobody creates clients.");
	const payload = JSON.stringify({ name: "ＣＲM\u00a0", authorizedGrantType: "CODE" });
	const { status, code } = await callRoute(server, create, { as: "admin", payload });
	expect([status, code]).toEqual([409, "resource.already.exists"]);
});
