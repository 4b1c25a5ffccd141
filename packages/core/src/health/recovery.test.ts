/** The twelve mistakes of an administrator (issue 6, "How it is judged"): each is found by exactly its code, and undone by its cure. */
import { agentScopes } from "@inlay/contract";
import type { FindingCode } from "@inlay/contract/health/codes";
import type { Finding, Fix, HealthReport } from "@inlay/contract/health/finding";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import { type WholeServer, wholeServer } from "../test-support/whole-server.ts";

let server: WholeServer;
let place: { deployment: string; client: string; role: string; group: string; agent: string };

beforeAll(async () => {
	server = await wholeServer();
	place = await setUp();
});
afterAll(() => server.close());

type Body = Record<string, unknown>;

async function call<T = Body>(
	method: "GET" | "PUT" | "POST" | "DELETE" | "PATCH",
	path: string,
	payload?: unknown,
): Promise<T> {
	const headers = { authorization: "Bearer admin" };
	const sent = payload === undefined ? {} : { payload: payload as object };
	const answer = await server.http.inject({ method, url: `/api/${path}`, headers, ...sent });
	if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
	return (answer.body === "" ? undefined : answer.json()) as T;
}

const scriptFor = (client: string) => `window.Framework = {
	config: { name: "CRM", clientIds: { "mypurecloud.com": "${client}" }, settings: {} },
	initialSetup() {}, screenPop() {}, processCallLog() {}, openCallLog() {},
};`;

const newClient = (name: string): Body => ({
	...{ name, authorizedGrantType: "TOKEN", scope: agentScopes, accessTokenValiditySeconds: 64_800 },
	registeredRedirectUri: ["index", "authWindow"].map((page) => `${server.kernel.config.panelUrl}/crm/${page}.html`),
});

/** A panel as the guide sets it up, with one agent. */
async function setUp() {
	const { groupId: group = "", integrationId: deployment = "", userId: agent = "", roleId: role = "" } = server.ids;
	const client = (await call<{ id: string }>("POST", "v2/oauth/clients", newClient("Panel of the CRM"))).id;
	await change(`v2/authorization/roles/${role}`, () => ({ permissionPolicies: agentPolicies }));
	await call("POST", `v2/groups/${group}/members`, {
		memberIds: [agent],
		version: (await call("GET", `v2/groups/${group}`)).version,
	});
	const properties = { groups: [group], allowedOrigins: ["https://crm.example"], clientId: client };
	await configure(() => ({ ...properties, frameworkJs: scriptFor(client) }), deployment);
	await call("PATCH", `v2/integrations/${deployment}`, { intendedState: "ENABLED" });
	return { deployment, client, role, group, agent };
}

const agentPolicies = [
	{ domain: "integration", entityName: "customEmbeddableFramework", actionSet: ["agent"] },
	{ domain: "routing", entityName: "agent", actionSet: ["onqueue"] },
	{ domain: "voicemail", entityName: "voicemail", actionSet: ["receive"] },
];

/** Reads, changes and writes under the version that was read. */
async function change(path: string, to: (now: Body) => Body): Promise<void> {
	const now = await call(`GET`, path);
	await call("PUT", path, { name: now.name, version: now.version, ...to(now) });
}

async function configure(to: (properties: Body) => Body, id = place.deployment): Promise<void> {
	const path = `v2/integrations/${id}/config/current`;
	const now = await call<Body & { properties: Body }>("GET", path);
	await call("PUT", path, { ...now, properties: to(now.properties) });
}

/** What is found of what the guide sets up; notes are no faults. */
async function found(): Promise<Finding[]> {
	await server.kernel.feed.wake();
	const { findings } = await call<HealthReport>("GET", "inlay/v1/health/findings?part=organization");
	return findings.filter(({ severity }) => severity !== "note");
}

const clientPath = () => `v2/oauth/clients/${place.client}`;
const setClient = (to: Body) => change(clientPath(), () => to);
const setPolicies = (permissionPolicies: unknown) =>
	change(`v2/authorization/roles/${place.role}`, () => ({ permissionPolicies }));
const setScript = (frameworkJs: string) => configure((properties) => ({ ...properties, frameworkJs }));

/** What a button of the console and `inlay doctor --fix` do. */
async function perform(fix: Fix): Promise<void> {
	if (fix.do === "addRedirectUris")
		return change(clientPath(), (now) => ({
			registeredRedirectUri: [...(now.registeredRedirectUri as string[]), ...fix.uris],
		}));
	if (fix.do === "addScopes")
		return change(clientPath(), (now) => ({ scope: [...(now.scope as string[]), ...fix.scopes] }));
	if (fix.do === "enableClient") return setClient({ state: "active" });
	await call("PATCH", `v2/integrations/${fix.deploymentId}`, { intendedState: "ENABLED" });
}

interface Mistake {
	what: string;
	make(): Promise<unknown>;
	code: FindingCode;
	/** By hand, at the place that the cure names; absent where the finding brings a fix. */
	undo?: { field: string; by(): Promise<unknown> };
}

const good = () => newClient("Panel of the CRM");

const mistakes: Mistake[] = [
	{
		what: "a wrong redirect URI",
		make: () => setClient({ registeredRedirectUri: ["http://localhost:1/crm/index.html"] }),
		code: "client.without.redirect",
	},
	{ what: "a disabled client", make: () => setClient({ state: "disabled" }), code: "client.inactive" },
	{
		what: "a scope removed",
		make: () => setClient({ scope: agentScopes.filter((scope) => scope !== "voicemail") }),
		code: "client.without.scopes",
	},
	{
		what: "the deployment deactivated",
		make: () => call("PATCH", `v2/integrations/${place.deployment}`, { intendedState: "DISABLED" }),
		code: "deployment.inactive",
	},
	{
		what: "a bad script",
		make: () => setScript(scriptFor(place.client).replace("screenPop() {}", 'screenPop: "later"')),
		code: "script.fault",
		undo: { field: "script", by: () => setScript(scriptFor(place.client)) },
	},
	{
		what: "a script with another client's id",
		make: async () =>
			setScript(scriptFor((await call<{ id: string }>("POST", "v2/oauth/clients", newClient("Another"))).id)),
		code: "script.client.other",
		undo: { field: "client", by: () => setScript(scriptFor(place.client)) },
	},
	{
		what: "a deleted client, which the script still names",
		make: async () => {
			const { id } = await call<{ id: string }>("POST", "v2/oauth/clients", newClient("Soon gone"));
			await setScript(scriptFor(id));
			await change(`v2/oauth/clients/${id}`, () => ({ state: "inactive" }));
			await call("DELETE", `v2/oauth/clients/${id}`);
		},
		code: "client.unknown",
		undo: { field: "script", by: () => setScript(scriptFor(place.client)) },
	},
	{
		what: "the group emptied",
		make: () => call("DELETE", `v2/groups/${place.group}/members?ids=${place.agent}`),
		code: "group.empty",
		undo: {
			field: "members",
			by: async () => {
				const { version } = await call("GET", `v2/groups/${place.group}`);
				await call("POST", `v2/groups/${place.group}/members`, { memberIds: [place.agent], version });
			},
		},
	},
	{
		what: "the origins removed",
		make: () => configure((properties) => ({ ...properties, allowedOrigins: [] })),
		code: "deployment.without.origins",
		undo: {
			field: "origins",
			by: () => configure((properties) => ({ ...properties, allowedOrigins: ["https://crm.example"] })),
		},
	},
];

test.each(mistakes)("$what is found as $code, and undone by its cure", async ({ make, code, undo }) => {
	expect(await found(), "before").toEqual([]);
	await make();
	const all = await found();
	expect(all.map((one) => one.code)).toEqual([code]);
	const { cure } = all[0] as Finding;
	if (undo) {
		expect(cure.at?.field).toBe(undo.field);
		await undo.by();
	} else {
		await perform(cure.fix as Fix);
	}
	expect(await found(), "after").toEqual([]);
	await setClient({ registeredRedirectUri: good().registeredRedirectUri });
});

it("a client for programs in its place is found as client.wrong.grant", async () => {
	const roleDivisions = [{ roleId: place.role, divisionId: "*" }];
	const programs = { name: "Program", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions };
	const { id } = await call<{ id: string }>("POST", "v2/oauth/clients", programs);
	await configure((properties) => ({ ...properties, clientId: id, frameworkJs: scriptFor(id) }));
	expect((await found()).map((one) => [one.code, one.cure.at?.field])).toEqual([["client.wrong.grant", "grant"]]);
	await configure((properties) => ({ ...properties, clientId: place.client, frameworkJs: scriptFor(place.client) }));
	expect(await found()).toEqual([]);
});

it("the permission taken from the agents is found as theirs, and as held by nobody", async () => {
	await setPolicies(agentPolicies.slice(1));
	const codes = (await found()).map((one) => one.code);
	expect(codes).toEqual(["user.without.permission", "permission.held.by.nobody"]);
	await setPolicies(agentPolicies);
	expect(await found()).toEqual([]);
});

it("the last role taken from an agent is found, with their name", async () => {
	const grant = `v2/authorization/subjects/${place.agent}/divisions/${await home()}/roles/${place.role}`;
	await call("DELETE", grant);
	const [first] = await found();
	expect([first?.code, first?.cause.values.names]).toEqual(["user.without.permission", "Ben Agent"]);
	await call("POST", grant);
	expect(await found()).toEqual([]);
});

it("a group that a deployment names is not deleted; where another platform allowed it, it is found as group.gone", async () => {
	await expect(call("DELETE", `v2/groups/${place.group}`)).rejects.toThrow("group.in.use");
});

it("who may not see clients, people or groups is told what was not looked at, and nothing of them", async () => {
	const grants = [{ permission: "integrations:integration:view", divisions: "all" as const }];
	server.admit("viewer", { userId: place.agent, grants });
	const answer = await server.http.inject({
		method: "GET",
		url: "/api/inlay/v1/health/findings",
		headers: { authorization: "Bearer viewer" },
	});
	const { findings, unchecked } = answer.json<HealthReport>();
	expect(findings).toEqual([]);
	expect(unchecked.map(({ what, why }) => `${what} ${why}`).sort()).toEqual([
		"clients permission",
		"groups permission",
		"people permission",
		"server permission",
	]);
});

const home = () => server.services.authorization.homeDivisionId();
