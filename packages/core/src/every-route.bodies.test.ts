import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/route.ts";
import { badBodies, oddBodies } from "./test-support/bad-bodies.ts";
import { callRoute, pathOf } from "./test-support/call-every.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

const takesBody = ({ method }: Route) => method !== "GET" && method !== "HEAD";
const isApi = ({ path }: Route) => path.startsWith("/api/");

it("bad bodies are refused with an ErrorBody, and leave nothing behind", async () => {
	const found: string[] = [];
	let sent = 0;
	for (const route of server.routes.filter((one) => takesBody(one) && isApi(one))) {
		const before = await server.fingerprint();
		const bodies = badBodies(route.body, route.bodyLimit);
		sent += bodies.length;
		for (const { name, payload, contentType, status } of bodies) {
			const answer = await callRoute(server, route, { as: "admin", payload, ...(contentType ? { contentType } : {}) });
			const refused = status === undefined ? answer.status >= 400 && answer.status < 500 : answer.status === status;
			if (!refused || answer.fault) found.push(`${name}: ${named(route)}: ${answer.status} ${answer.fault ?? ""}`);
		}
		if ((await server.fingerprint()) !== before) found.push(`${named(route)} has stored something`);
	}
	expect(found).toEqual([]);
	expect(sent).toBeGreaterThan(1500);
}, 120_000);

it("odd bodies are taken or refused, and break nothing", async () => {
	const found: string[] = [];
	let complaints = server.complaints.length;
	for (const route of server.routes.filter((one) => takesBody(one) && one.body !== undefined)) {
		for (const payload of oddBodies(route.body)) {
			const answer = await callRoute(server, route, { as: "admin", payload });
			const complaint = server.complaints.at(-1)?.slice(0, 300);
			const fault = answer.fault ?? (server.complaints.length > complaints ? complaint : undefined);
			complaints = server.complaints.length;
			if (fault) found.push(`${named(route)}: ${fault} for ${payload.slice(0, 200)}`);
		}
	}
	expect(found).toEqual([]);
}, 240_000);

function named(route: Route): string {
	return `${route.method} ${pathOf(route)}`;
}
