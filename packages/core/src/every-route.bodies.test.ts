import type { JsonSchema } from "@inlay/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/http/route.ts";
import { badBodies, oddBodies, sample } from "./test-support/bad-bodies.ts";
import { callRoute, filledPath, pathOf, whichStore } from "./test-support/call-every.ts";
import { fittingBody } from "./test-support/fitting-bodies.ts";
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
	const routes = server.routes.filter((one) => takesBody(one) && isApi(one));
	const storing = await whichStore(server, routes, async (route) => {
		const bodies = badBodies(route.body, route.bodyLimit);
		sent += bodies.length;
		for (const { name, payload, contentType, status } of bodies) {
			const answer = await callRoute(server, route, { as: "admin", payload, ...(contentType ? { contentType } : {}) });
			const refused = status === undefined ? answer.status >= 400 && answer.status < 500 : answer.status === status;
			if (!refused || answer.fault) found.push(`${name}: ${named(route)}: ${answer.status} ${answer.fault ?? ""}`);
		}
	});
	expect([...found, ...storing.map((route) => `${named(route)} has stored something`)]).toEqual([]);
	expect(sent).toBeGreaterThan(1500);
}, 120_000);

it("fields that nobody knows were taken and dropped", async () => {
	const found: string[] = [];
	const asked = server.routes.filter(
		(one) =>
			takesBody(one) && isApi(one) && withUnknown(one.body as JsonSchema) && !keepsWhatComes.has(one.operationId),
	);
	const storing = await whichStore(server, asked, async (route) => {
		const payload = withUnknown(route.body as JsonSchema) ?? "";
		const answer = await callRoute(server, route, { as: "admin", payload });
		if (answer.code !== "not.supported") found.push(`${named(route)}: ${answer.status} ${answer.code}`);
	});
	expect([...found, ...storing.map((route) => `${named(route)} has stored something`)]).toEqual([]);
	expect(asked.length).toBeGreaterThan(60);
}, 120_000);

/** Operations that keep an object as it comes, and why. */
const keepsWhatComes: ReadonlyMap<string, string> = new Map([
	["postInlayMessagingAddressInbound", "what carriers tell beside what is read is theirs to tell"],
	["postDiagnosticsTrace", "a client's own report, which goes to the log as it is"],
	["postDiagnosticsInsights", "likewise"],
]);

/** A good body with one field that neither the route nor the contract has; undefined for what holds no fields. */
function withUnknown(schema: JsonSchema | undefined): string | undefined {
	const unknown = { nobodyKnowsThis: "1" };
	if (!schema) return JSON.stringify(unknown);
	if (schema.type === "array")
		return schema.items?.type === "object"
			? JSON.stringify([{ ...(sample(schema.items) as object), ...unknown }])
			: undefined;
	const good = sample(schema);
	return typeof good === "object" ? JSON.stringify({ ...good, ...unknown }) : undefined;
}

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

it("an object is taken back as it was read, read-only fields included", async () => {
	const found: string[] = [];
	const writes = server.routes.filter(({ method, body }) => method === "PUT" && body !== undefined);
	for (const route of writes) {
		const reading = server.routes.find(({ method, path }) => method === "GET" && path === route.path);
		if (!reading || takesOtherThanItTells.has(route.operationId)) continue;
		const headers = { authorization: "Bearer admin" };
		const url = filledPath(route, server.ids);
		const json = { ...headers, "content-type": "application/json" };
		let read = await server.http.inject({ method: "GET", url, headers });
		const making = read.statusCode === 404 ? fittingBody(route.operationId, server.ids, 1) : undefined;
		if (making)
			read = await server.http.inject({ method: "PUT", url, headers: json, payload: { ...making, name: url } });
		const answer = await server.http.inject({ method: "PUT", url, headers: json, payload: read.body });
		if (answer.statusCode !== 200) found.push(`${named(route)}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
	}
	expect(found).toEqual([]);
});

/** Operations whose body is of another kind than what is read at the same path, and why. */
const takesOtherThanItTells: ReadonlyMap<string, string> = new Map([
	["putUserRoles", "takes role ids, tells roles with their permissions"],
	["putNotificationsChannelSubscriptions", "takes topics, tells a listing of them"],
	["putInlayDeskEntry", "nothing stands on the desk of whoever asks here: they take no part in the conversation"],
	["putConversationsEmailMessagesDraft", "whoever asks here has no email in hand, and no draft"],
	["putInlayConversationsEmailDraft", "likewise"],
	["putInlayVoicemailMeGreeting", "takes a sound, tells where it is heard"],
	["putInlayVoicemailGroupGreeting", "likewise"],
	["putInlayVoicemailQueueGreeting", "likewise"],
	["putUserRoutingstatus", "takes IDLE alone, from an agent who did not respond"],
]);

function named(route: Route): string {
	return `${route.method} ${pathOf(route)}`;
}
