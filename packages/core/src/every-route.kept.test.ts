import { isDeepStrictEqual } from "node:util";
import type { JsonSchema } from "@inlay/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Route } from "./kernel/http/route.ts";
import { honouredValues } from "./kernel/http/schemas.ts";
import { sample } from "./test-support/bad-bodies.ts";
import { filledPath, idsFor } from "./test-support/call-every.ts";
import { fittingBody } from "./test-support/fitting-bodies.ts";
import { makersOperations } from "./test-support/rights-of-routes.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
	Object.assign(server.ids, { homeId: await server.services.authorization.homeDivisionId() });
});
afterAll(() => server.close());

type Schema = JsonSchema & { anyOf?: Schema[]; allOf?: Schema[]; minimum?: number; const?: unknown };
type Body = Record<string, unknown>;
let made = 0;

it("a field of a thing was taken and dropped: what was sent is not what is read", async () => {
	const found: string[] = [];
	let kept = 0;
	for (const route of server.routes.filter((one) => changesThing(one) && !elsewhere.has(one.operationId))) {
		for (const [path, schema] of fieldsOf(route.body as Schema)) {
			if (notShown.has(`${route.operationId} ${path.join(".")}`)) continue;
			const verdict = await probe(route, path, schema);
			if (verdict === "kept") kept += 1;
			else if (verdict) found.push(`${route.operationId} ${path.join(".")}: ${verdict}`);
		}
	}
	expect(found).toEqual([]);
	expect(kept).toBeGreaterThan(60);
}, 120_000);

/** It makes or changes something that can be read: at its own path, or below it by an id. */
function changesThing({ method, path, body }: Route): boolean {
	if (!path.startsWith("/api/") || propertiesOf(body as Schema) === undefined) return false;
	const isRead = (test: (readPath: string) => boolean) =>
		server.routes.some((one) => one.method === "GET" && test(one.path));
	if (method === "POST")
		return isRead((one) => one.startsWith(`${path}/:`) && !one.slice(path.length + 2).includes("/"));
	return (method === "PUT" || method === "PATCH") && isRead((one) => one === path);
}

/** Sends a good body with one field that says something else than before. @returns nothing where it was refused by name */
async function probe(route: Route, path: string[], schema: Schema): Promise<string | undefined> {
	const before = await goodBody(route);
	const value = otherThan(at(before, path), schema, path);
	if (value === undefined) return undefined;
	const sent = withValue(before, path, value);
	const answer = await ask(route.method, filledPath(route, idsFor(route, server.ids)), sent);
	if (answer.status >= 500) return `${answer.status}`;
	if (answer.status >= 400) {
		const text = JSON.stringify(answer.body);
		return text.includes(path[0] ?? "") ? undefined : `${answer.status} without its name: ${text.slice(0, 200)}`;
	}
	const now = route.method === "POST" ? answer.body : ((await reading(route)) ?? answer.body);
	const seen = path.length === 1 && shownAs[path[0] ?? ""] ? shownAs[path[0] ?? ""]?.(now) : at(now, path);
	return isDeepStrictEqual(seen, value) ? "kept" : `sent ${JSON.stringify(value)}, is ${JSON.stringify(seen)}`;
}

async function goodBody(route: Route): Promise<Body> {
	const good = sample(route.body as Schema) as Body;
	if (route.method !== "POST") return { ...good, ...(await reading(route)), ...fitting(route) };
	made += 1;
	return { ...good, ...("name" in good ? { name: `Probe ${made}` } : {}), ...fitting(route) };
}

const fitting = ({ operationId }: Route) => fittingBody(operationId, server.ids, made);

async function reading(route: Route): Promise<Body | undefined> {
	const read = server.routes.find((one) => one.method === "GET" && one.path === route.path);
	return read && (await ask("GET", filledPath(route, idsFor(route, server.ids)))).body;
}

async function ask(method: string, url: string, payload?: object): Promise<{ status: number; body: Body }> {
	const headers = { authorization: "Bearer admin" };
	const answer = await server.http.inject({ method: method as "GET", url, headers, ...(payload ? { payload } : {}) });
	return { status: answer.statusCode, body: answer.body.startsWith("{") ? answer.json() : {} };
}

function fieldsOf(schema: Schema, path: string[] = []): Array<[string[], Schema]> {
	return Object.entries(propertiesOf(schema) ?? {}).flatMap(([name, child]): Array<[string[], Schema]> => {
		const here = [...path, name];
		return propertiesOf(child) && path.length < 2 ? fieldsOf(child, here) : [[here, child]];
	});
}

function propertiesOf(schema: Schema | undefined): Record<string, Schema> | undefined {
	if (schema?.properties) return schema.properties;
	const parts = [...(schema?.anyOf ?? []), ...(schema?.allOf ?? [])].flatMap((part) => propertiesOf(part) ?? []);
	return parts.length > 0 ? Object.assign({}, ...parts) : undefined;
}

function otherThan(current: unknown, schema: Schema, path: string[]): unknown {
	const name = path.at(-1) ?? "";
	const whole = special[path.join(".")];
	if (whole) return whole(current);
	if (name in special) return special[name]?.(current);
	const limited = [schema, ...(schema.anyOf ?? [])].flatMap((one) => honouredValues(one) ?? []);
	if (limited.length > 0) return undefined;
	const choices = [schema, ...(schema.anyOf ?? [])].flatMap((one): unknown[] =>
		one.const === undefined ? [...(one.enum ?? [])] : [one.const],
	);
	if (choices.length > 0) return choices.find((one) => one !== current);
	const kind = schema.type ? schema : (schema.anyOf ?? []).find((one) => (one.type as string) !== "null");
	switch (kind?.type) {
		case "boolean":
			return !current;
		case "integer":
		case "number":
			return typeof current === "number" && current > 0
				? current + (kind.type === "integer" ? 1 : -0.01)
				: Math.max(1, kind.minimum ?? 1);
		case "string":
			return `Probe ${++made}`;
		case "array":
			return [kind.items?.type === "object" ? sample(kind.items) : `probe${++made}`];
		default:
			return undefined;
	}
}

/** Fields that are read by another name. */
const shownAs: Record<string, (thing: Body) => unknown> = {
	divisionId: (thing) => thing.divisionId ?? at(thing, ["division", "id"]),
	ownerIds: ({ owners }) => (owners as Body[]).map(({ id }) => id),
	memberIds: ({ memberCount }) => (memberCount === 1 ? [server.ids.userId] : memberCount),
};

/** Fields of which the thing itself tells nothing, and why. */
const notShown: ReadonlyMap<string, string> = new Map([
	["postRoutingQueues sourceQueueId", "the settings of that queue are its own from then on"],
	["postRoutingUtilizationLabels utilization.maximumCapacity", "what holds of it is read with the organization's rule"],
	["patchUserPresence presenceDefinition.systemPresence", "who names a presence by its id says nothing about the rest"],
	["patchUserPresencesPurecloud presenceDefinition.systemPresence", "likewise"],
	["postInlayIdentityProviders oidc.clientSecret", "a secret is never read back: hasSecret says that there is one"],
	["putInlayIdentityProvider oidc.clientSecret", "likewise"],
	["postInlayTrunks password", "likewise: hasPassword says so"],
	["putInlayTrunk password", "likewise: hasPassword says so"],
	["putInlayEmailDomainRouteMailbox password", "likewise: hasPassword says so"],
]);

/** Operations that do something, whose tests stand beside them. */
const elsewhere = new Set([
	"postConversationsCalls",
	"patchConversationsCall",
	"patchConversationsCallback",
	"patchConversationsCallbacks",
	"postConversationsCallbacks",
	"patchConversationsMessage",
	"postConversationsMessages",
	"patchConversationsEmail",
	"postConversationsEmails",
	"postConversationsEmailMessages",
	"putConversationsEmailMessagesDraft",
	"putInlayConversationsEmailDraft",
	"postInlayDeploymentScripts",
	"putInlayDeskEntry",
	"postScriptsPublished",
	"patchInlayScriptsInteraction",
	"postVoicemailMessages",
	"postAnalyticsConversationsDetailsJobs",
	"putInlayVoicemailGroupGreeting",
	"putInlayVoicemailMeGreeting",
	"putInlayVoicemailQueueGreeting",
	...["postIdentityproviders", "putIdentityprovider", ...makersOperations("put")],
]);

/** Values that fields take whose schema does not say it. */
const special: Record<string, (current: unknown) => unknown> = {
	version: () => undefined,
	texts: () => [{ content: `Probe ${++made}`, contentType: "text/plain" }],
	email: () => `probe${++made}@example.com`,
	divisionId: () => server.ids.divisionId,
	"manager.id": () => server.ids.strangerId,
	"integrationType.id": () => "private-embeddable-framework",
	ownerIds: () => [server.ids.userId],
	memberIds: () => [server.ids.userId],
	systemPresence: () => "Break",
	authorizedGrantType: (current) => (current === "CODE" ? "TOKEN" : "CODE"),
	registeredRedirectUri: () => [`https://probe${++made}.example/`],
	scope: () => ["users"],
	"division.id": () => server.ids.divisionId,
	dialingMode: () => "power",
	rules: () => [dialerRule],
	campaignStatus: () => "on",
	contactListId: () => undefined,
	callerAddress: () => `+4930${1_000_000 + ++made}`,
	timeZone: () => "Europe/Paris",
	state: (current) => (current === "inactive" ? "active" : "inactive"),
	dateToDelete: () => "2031-01-01T00:00:00.000Z",
	accessTokenValiditySeconds: () => 3_600 + ++made,
	languageLabels: () => ({ en: `Probe ${++made}` }),
	properties: () => ({ quietChanges: true }),
};

const dialerRule = {
	...{ id: "one", name: "One", order: 0, category: "DIALER_WRAPUP" },
	conditions: [{ type: "wrapupCondition", inverted: true, codes: ["a"] }],
	actions: [{ type: "Action", actionTypeName: "SCHEDULE_CALLBACK", properties: { callbackOffset: "90" } }],
};

function at(value: unknown, path: string[]): unknown {
	return path.reduce<unknown>((inside, name) => (inside as Body | undefined)?.[name], value);
}

function withValue(body: Body, [name = "", ...rest]: string[], value: unknown): Body {
	return { ...body, [name]: rest.length > 0 ? withValue((body[name] ?? {}) as Body, rest, value) : value };
}
