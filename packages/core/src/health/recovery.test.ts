/** The twelve mistakes of an administrator (issue 6, "How it is judged"): each is found by exactly its code, and undone by its cure. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { agentScopes } from "@inlay/contract";
import type { FindingCode } from "@inlay/contract/health/codes";
import type { Finding, Fix, HealthReport } from "@inlay/contract/health/finding";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import { createPanelRoutes } from "../app-routes.ts";
import { hasGroupWithMember } from "../diagnostics/step-store.ts";
import { createHttp } from "../kernel/http/http.ts";
import type { OperatorLine } from "../kernel/operator-log.ts";
import { type WholeServer, wholeServer } from "../test-support/whole-server.ts";
import { readServer, selfPath } from "./server-facts.ts";
import { agentPolicies, type Body, GuidePanel, scriptFor } from "./test-support/guide-panel.ts";

let server: WholeServer;
let panel: GuidePanel;
let place: GuidePanel["place"];

beforeAll(async () => {
	server = await wholeServer();
	panel = await new GuidePanel(server).setUp();
	({ place } = panel);
});
afterAll(() => server.close());

interface Mistake {
	what: string;
	make(): Promise<unknown>;
	code: FindingCode;
	/** By hand, at the place that the cure names; absent where the finding brings a fix. */
	undo?: { field: string; by(): Promise<unknown> };
}

const good = () => panel.newClient("Panel of the CRM");

const mistakes: Mistake[] = [
	{
		what: "a wrong redirect URI",
		make: () => panel.setClient({ registeredRedirectUri: ["http://localhost:1/crm/index.html"] }),
		code: "client.without.redirect",
	},
	{ what: "a disabled client", make: () => panel.setClient({ state: "disabled" }), code: "client.inactive" },
	{
		what: "a scope removed",
		make: () => panel.setClient({ scope: agentScopes.filter((scope) => scope !== "voicemail") }),
		code: "client.without.scopes",
	},
	{
		what: "the deployment deactivated",
		make: () => panel.call("PATCH", `v2/integrations/${place.deployment}`, { intendedState: "DISABLED" }),
		code: "deployment.inactive",
	},
	{
		what: "a bad script",
		make: () => panel.setScript(scriptFor(place.client).replace("screenPop() {}", 'screenPop: "later"')),
		code: "script.fault",
		undo: { field: "script", by: () => panel.setScript(scriptFor(place.client)) },
	},
	{
		what: "a script with another client's id",
		make: async () =>
			panel.setScript(
				scriptFor((await panel.call<{ id: string }>("POST", "v2/oauth/clients", panel.newClient("Another"))).id),
			),
		code: "script.client.other",
		undo: { field: "client", by: () => panel.setScript(scriptFor(place.client)) },
	},
	{
		what: "a deleted client, which the script still names",
		make: async () => {
			const { id } = await panel.call<{ id: string }>("POST", "v2/oauth/clients", panel.newClient("Soon gone"));
			await panel.setScript(scriptFor(id));
			await panel.change(`v2/oauth/clients/${id}`, () => ({ state: "inactive" }));
			await panel.call("DELETE", `v2/oauth/clients/${id}`);
		},
		code: "client.unknown.beside",
		undo: { field: "script", by: () => panel.setScript(scriptFor(place.client)) },
	},
	{
		what: "the group emptied",
		make: () => panel.call("DELETE", `v2/groups/${place.group}/members?ids=${place.agent}`),
		code: "group.empty",
		undo: {
			field: "members",
			by: async () => {
				const { version } = await panel.call("GET", `v2/groups/${place.group}`);
				await panel.call("POST", `v2/groups/${place.group}/members`, { memberIds: [place.agent], version });
			},
		},
	},
	{
		what: "a second group, in which nobody is",
		make: async () => {
			const group = { name: "New team", type: "official", visibility: "public", rulesVisible: true };
			const { id } = await panel.call<{ id: string }>("POST", "v2/groups", group);
			await panel.configure((properties) => ({ ...properties, groups: [place.group, id] }));
		},
		code: "group.empty.beside",
		undo: {
			field: "members",
			by: () => panel.configure((properties) => ({ ...properties, groups: [place.group] })),
		},
	},
	{
		what: "agents left out of the deployment's new group",
		make: async () => {
			const { adminId = "" } = server.ids;
			const group = { name: "Pilot", type: "official", visibility: "public", rulesVisible: true };
			const { id, version } = await panel.call<{ id: string; version: number }>("POST", "v2/groups", group);
			await panel.call("POST", `v2/groups/${id}/members`, { memberIds: [adminId], version });
			const { queueId = "" } = server.ids;
			await panel.call("POST", `v2/routing/queues/${queueId}/members`, [{ id: adminId }]);
			await panel.configure((properties) => ({ ...properties, groups: [id] }));
		},
		code: "user.without.group",
		undo: {
			field: "members",
			by: () => panel.configure((properties) => ({ ...properties, groups: [place.group] })),
		},
	},
	{
		what: "the origins removed",
		make: () => panel.configure((properties) => ({ ...properties, allowedOrigins: [] })),
		code: "deployment.without.origins",
		undo: {
			field: "origins",
			by: () => panel.configure((properties) => ({ ...properties, allowedOrigins: ["https://crm.example"] })),
		},
	},
];

test.each(mistakes)("$what is found as $code, and undone by its cure", async ({ make, code, undo }) => {
	expect(await panel.found(), "before").toEqual([]);
	await make();
	const all = await panel.found();
	expect(all.map((one) => one.code)).toEqual([code]);
	const { cure } = all[0] as Finding;
	if (undo) {
		expect(cure.at?.field).toBe(undo.field);
		await undo.by();
	} else {
		await panel.perform(cure.fix as Fix);
	}
	expect(await panel.found(), "after").toEqual([]);
	await panel.setClient({ registeredRedirectUri: good().registeredRedirectUri });
});

it("a client whose authorization was revoked signed agents in to nothing, and nobody was told", async () => {
	const authorization = `inlay/v1/oauth/authorizations/${place.client}`;
	await panel.call("DELETE", authorization);
	const [revoked, ...others] = await panel.found();
	const thing = { kind: "application", id: place.client, name: "Panel of the CRM" };
	expect([revoked?.code, revoked?.cause.say, revoked?.cure.at]).toEqual([
		...["client.unauthorized", "client.unauthorized.cause", { thing, field: "authorization" }],
	]);
	expect(others).toEqual([]);
	await panel.call("PUT", authorization, { scope: agentScopes.filter((scope) => scope !== "voicemail") });
	const [partly] = await panel.found();
	expect([partly?.cause.say, partly?.cause.values.scopes]).toEqual(["client.unauthorized.scopes.cause", "voicemail"]);
	await panel.call("PUT", "inlay/v1/oauth/scopes/enforcement", { enforceScopes: false });
	expect(await panel.found(), "where scopes do not count").toEqual([]);
	await panel.call("PUT", "inlay/v1/oauth/scopes/enforcement", { enforceScopes: true });
	await panel.call("PUT", authorization, { scope: agentScopes });
	expect(await panel.found()).toEqual([]);
});

it("everybody who takes 0 calls at a time was found by nobody but the callers", async () => {
	const none = { utilization: { call: { maximumCapacity: 0 } } };
	await panel.call("PUT", "v2/routing/utilization", none);
	const found = (await panel.found()).map(({ cause, cure }) => [cause.say, cure.at]);
	const at = { thing: { kind: "routing", name: "" }, field: "utilization" };
	expect(found).toEqual([["utilization.closed.call.cause", at]]);
	const own = `v2/routing/users/${place.agent}/utilization`;
	await panel.call("PUT", own, { utilization: { call: { maximumCapacity: 1 } } });
	expect(await panel.found(), "somebody takes some all the same").toEqual([]);
	await panel.call("DELETE", own);
	await panel.call("DELETE", "v2/routing/utilization");
	expect(await panel.found()).toEqual([]);
});

it("callers in France were told their place in English, and nobody knew", async () => {
	const queue = await panel.call<{ id: string }>("POST", "v2/routing/queues", {
		name: "Service client",
		mediaSettings: { call: { inlayTellCallers: "place" } },
	});
	await panel.call("POST", `v2/routing/queues/${queue.id}/members`, [{ id: place.agent }]);
	const { users } = server.services;
	expect(await panel.found(), "where people speak English").toEqual([]);
	await users.organization.update({ defaultCountryCode: "FR" });
	const [found, ...others] = await panel.found();
	const thing = { kind: "queue", id: queue.id, name: "Service client" };
	expect([found?.code, found?.cause.values, found?.cure.at]).toEqual([
		...["voice.english", { queue: "Service client", language: "fr" }, { thing, field: "tellCallers" }],
	]);
	expect(others).toEqual([]);
	await users.organization.update({ defaultCountryCode: "IN" });
	expect(await panel.found(), "where English is an official language, and the organization's own").toEqual([]);
	await users.organization.update({ defaultLanguage: "hi-in" });
	expect((await panel.found()).map(({ cause }) => cause.values.language)).toEqual(["hi"]);
	await users.organization.update({ defaultCountryCode: "GB", defaultLanguage: "pt-br" });
	expect((await panel.found()).map(({ cause }) => cause.values.language)).toEqual(["pt"]);
	await panel.call("DELETE", `v2/routing/queues/${queue.id}?forceDelete=true`);
	expect(await panel.found()).toEqual([]);
	await users.organization.update({ defaultCountryCode: "US", defaultLanguage: "en-us" });
});

it("a version that a group has first was looked at by nobody, and is found as that version's", async () => {
	const releases = `inlay/v1/deployments/${place.deployment}/scripts`;
	const source = scriptFor(place.client).replace("screenPop() {}", 'screenPop: "later"');
	const { release } = await panel.call<{ release: { staged: { version: number } } }>("POST", releases, {
		source,
		groups: [place.group],
	});
	const [found, ...others] = await panel.found();
	expect([found?.code, found?.cause.say, others]).toEqual(["script.fault", "script.fault.staged.cause", []]);
	expect(found?.cause.values.version).toBe(release.staged.version);
	await panel.call("DELETE", `${releases}/${release.staged.version}/stage`);
	expect(await panel.found()).toEqual([]);
});

it("a client for programs in its place is found as client.wrong.grant", async () => {
	const roleDivisions = [{ roleId: place.role, divisionId: "*" }];
	const programs = { name: "Program", authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions };
	const { id } = await panel.call<{ id: string }>("POST", "v2/oauth/clients", programs);
	await panel.configure((properties) => ({ ...properties, clientId: id, frameworkJs: scriptFor(id) }));
	expect((await panel.found()).map((one) => [one.code, one.cure.at?.field])).toEqual([["client.wrong.grant", "grant"]]);
	await panel.configure((properties) => ({
		...properties,
		clientId: place.client,
		frameworkJs: scriptFor(place.client),
	}));
	expect(await panel.found()).toEqual([]);
});

it("the permission taken from the agents is found as theirs, and as held by nobody", async () => {
	await panel.setPolicies(agentPolicies.slice(1));
	const codes = (await panel.found()).map((one) => one.code);
	expect(codes).toEqual(["user.without.permission", "permission.held.by.nobody"]);
	await panel.setPolicies(agentPolicies);
	expect(await panel.found()).toEqual([]);
});

it("the last role taken from an agent is found, with their name", async () => {
	const grant = `v2/authorization/subjects/${place.agent}/divisions/${await home()}/roles/${place.role}`;
	await panel.call("DELETE", grant);
	const [first] = await panel.found();
	expect([first?.code, first?.cause.values.names]).toEqual(["user.without.permission", "Ben Agent"]);
	await panel.call("POST", grant);
	expect(await panel.found()).toEqual([]);
});

it("a license below the one that agents need is found with the agent's name, keeps them out, and is set again", async () => {
	const assign = (...assignments: Body[]) => panel.call("POST", "v2/license/organization", { assignments });
	const userIds = [place.agent];
	const done = await assign(
		{ licenseId: "communicate", userIdsRemove: userIds },
		{ licenseId: "collaborate", userIdsAdd: userIds },
	);
	expect(done).toContainEqual({ userId: place.agent, licenseId: "collaborate", result: "success" });
	const [first, ...others] = await panel.found();
	expect([first?.code, first?.cause.values.names, first?.cure.at?.field, others]).toEqual([
		...["user.without.license", "Ben Agent", "license", []],
	]);
	const { licenses } = await panel.call<{ licenses: Body[] }>("GET", `v2/license/users/${place.agent}`);
	expect(licenses).toEqual([expect.objectContaining({ id: "collaborate", comprises: [] })]);
	await expect(assign({ licenseId: "gold", userIdsAdd: userIds })).rejects.toThrow("assignments[0].licenseId");
	await expect(assign({ licenseId: "engage3", userIdsAdd: ["nobody"] })).rejects.toThrow("assignments[0].userIdsAdd");
	await assign({ licenseId: "engage3", userIdsAdd: userIds });
	expect(await panel.found()).toEqual([]);
	const { entities } = await panel.call<{ entities: Body[] }>("GET", "v2/license/users?pageSize=100");
	expect(entities).toContainEqual(expect.objectContaining({ id: place.agent, licenses: ["collaborate", "engage3"] }));
});

it("customers who wait in a queue of which nobody is a member are found, and no longer once somebody is", async () => {
	const { id } = await panel.call<{ id: string }>("POST", "v2/routing/queues", { name: "Forgotten" });
	expect(await panel.found()).toEqual([]);
	await panel.call("POST", "v2/conversations/callbacks", { queueId: id, callbackNumbers: ["+493012345678"] });
	const [first, ...others] = await panel.found();
	expect([first?.code, first?.cause.values, first?.cure.at]).toEqual([
		"queue.without.members",
		{ queue: "Forgotten", count: 1 },
		{ thing: { kind: "queue", id, name: "Forgotten" }, field: "members" },
	]);
	expect(others).toEqual([]);
	await panel.call("POST", `v2/routing/queues/${id}/members`, [{ id: place.agent }]);
	expect(await panel.found()).toEqual([]);
});

it("a group that a deployment names is not deleted; where another platform allowed it, it is found as group.gone", async () => {
	await expect(panel.call("DELETE", `v2/groups/${place.group}`)).rejects.toThrow("group.in.use");
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
		"mailboxes permission",
		"people permission",
		"queues permission",
		"server permission",
		"trunks permission",
	]);
});

it("Health said nothing to who administers one division of what is theirs, and nothing of others' is told them", async () => {
	const { adminId = "", divisionId = "" } = server.ids;
	const grant = `v2/authorization/subjects/${place.agent}/divisions/${await home()}/roles/${place.role}`;
	await panel.call("DELETE", grant);
	const { id } = await panel.call<{ id: string }>("POST", "v2/routing/queues", { name: "Nobody's" });
	await panel.call("POST", "v2/conversations/callbacks", { queueId: id, callbackNumbers: ["+493012345678"] });
	const lookIn = async (division: string) => {
		const there = ["directory:user:view", "authorization:grant:view", "routing:queue:view"];
		const divisions = new Set([division]);
		server.admit("divided", {
			userId: adminId,
			grants: [
				{ permission: "integrations:integration:view", divisions: "all" as const },
				...there.map((permission) => ({ permission, divisions })),
			],
		});
		const answer = await server.http.inject({
			method: "GET",
			url: "/api/inlay/v1/health/findings?part=organization",
			headers: { authorization: "Bearer divided" },
		});
		return answer.json<HealthReport>();
	};
	const theirs = await lookIn(await home());
	expect(theirs.findings.map(({ code }) => code).sort()).toEqual(["queue.without.members", "user.without.permission"]);
	expect(theirs.findings.find(({ code }) => code === "user.without.permission")?.cause.values.names).toBe("Ben Agent");
	expect(theirs.unchecked.map(({ what }) => what)).toEqual(expect.arrayContaining(["people", "queues"]));
	expect(theirs.findings.map(({ code }) => code)).not.toContain("permission.held.by.nobody");
	expect((await lookIn(divisionId)).findings).toEqual([]);
	await panel.call("POST", grant);
	await panel.call("POST", `v2/routing/queues/${id}/members`, [{ id: place.agent }]);
	expect(await panel.found()).toEqual([]);
});

let listening: Promise<string> | undefined;
/** Where the server is reached. */
const reached = (): Promise<string> => {
	listening ??= server.http.listen({ host: "127.0.0.1", port: 0 });
	return listening;
};

/** What the server finds of itself where this is its public address. */
function look(
	publicUrl: string,
	mail: Partial<Parameters<typeof readServer>[0]["mail"]> = {},
	askMs = 20_000,
	panelUrl = publicUrl,
) {
	const parts = {
		...server.kernel,
		config: { ...server.kernel.config, publicUrl, panelUrl, dataDir: tmpdir() },
		organizationId: async () => (await server.services.users.organization.get()).id,
		tryMedia: async () => ({ works: true as const }),
		mail: { domains: async () => [], check: async () => {}, unsigned: async () => undefined, ...mail },
	};
	return readServer(parts, { lookMs: 25_000, askMs });
}

it("the server's look at its own address was told to operators as a refused panel", async () => {
	const lines: OperatorLine[] = [];
	server.kernel.operators.listen((line) => lines.push(line));
	const { facts } = await look(await reached());
	expect(facts.address).toEqual({ answers: "same" });
	expect(lines).toEqual([]);
});

it("a wrong address of the panel was found by nobody, and agents' browsers opened nothing", async () => {
	const doors = await createHttp(createPanelRoutes(server.kernel, server.services), {
		...{ log: pino({ level: "silent" }), authenticator: { authenticate: async () => undefined }, isApi: false },
		...{ allowsOrigin: async () => false, rateLimitPerMinute: 0, witness: server.services.audit.witness },
	});
	const url = await doors.listen({ host: "127.0.0.1", port: 0 });
	const panelOf = async (panelUrl: string) => (await look(await reached(), {}, 20_000, panelUrl)).facts.panel;
	expect(await panelOf(url)).toEqual({ url, address: { answers: "same" } });
	expect((await panelOf("http://127.0.0.1:1"))?.address).toMatchObject({ answers: "nobody" });
	const other = createServer((_request, response) => response.writeHead(404).end("{}"));
	await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
	const there = await panelOf(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
	other.close();
	await doors.close();
	expect(there?.address).toEqual({ answers: "other" });
});

it("the server was told to be another's after twenty looks of its own, or of others behind the same address", async () => {
	const url = await reached();
	for (let nth = 0; nth < 25; nth++) await fetch(`${url}${selfPath}`);
	expect((await fetch(`${url}${selfPath}`)).status).toBe(429);
	expect((await look(url)).facts.address).toEqual({ answers: "same" });
});

it("an address at which somebody on the way said that it was asked too often was told to be another server's", async () => {
	const proxy = createServer((_request, response) => response.writeHead(429).end());
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	const { facts, unchecked } = await look(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
	proxy.close();
	expect(facts.address).toBeUndefined();
	expect(unchecked).toMatchObject([{ what: "address", why: "failed" }]);
});

it("an address that leads to this server was taken for its own", async () => {
	const location = `${await reached()}${selfPath}`;
	const elsewhere = createServer((_request, response) => response.writeHead(302, { location }).end());
	await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
	const { facts } = await look(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`);
	elsewhere.close();
	expect(facts.address).toEqual({ answers: "other" });
});

it("one mail server that did not answer hid what the others said", async () => {
	const { domainId = "" } = server.ids;
	const [domain] = (await server.services.mailing.places.store.domains()).filter(({ id }) => id === domainId);
	if (!domain) throw new Error("no email domain");
	const smtp = { host: "mail.example", port: 587, user: "u" } as NonNullable<typeof domain.smtp>;
	const domains = async () => ["slow.example", "good.example"].map((id) => ({ ...domain, id, smtp }));
	const check = ({ id }: { id: string }) => (id === "slow.example" ? new Promise<void>(() => {}) : Promise.resolve());
	const { facts, unchecked } = await look("http://127.0.0.1:1", { domains, check }, 300);
	expect(facts.mailServers).toMatchObject([{ domain: "slow.example", detail: "no answer within 0.3 s" }]);
	expect(unchecked).toEqual([]);
});

it("a hundred empty groups hid the one with a member from the first steps", async () => {
	const { database } = server.kernel;
	expect(await hasGroupWithMember(database.db)).toBe(true);
	const emptied = database.change(async (trx) => {
		await sql`delete from group_members`.execute(trx);
		await sql`delete from group_owners`.execute(trx);
		throw new Error(`then there is ${await hasGroupWithMember(trx)}`);
	});
	await expect(emptied).rejects.toThrow("then there is false");
});

it("who looks at self-tests read the names of people in divisions that are not theirs", async () => {
	const { divisionId = "", adminId = "" } = server.ids;
	const told = { browser: "Firefox 140", isFramed: false, findings: [] };
	server.services.selfTests.keep({ key: "1", userId: place.agent, ...told });
	server.services.selfTests.keep({ key: "2", ...told });
	const read = async (as: string) => {
		const headers = { authorization: `Bearer ${as}` };
		const answer = await server.http.inject({ method: "GET", url: "/api/inlay/v1/health/self-tests", headers });
		return answer.json<{ entities: Body[] }>().entities.map(({ user, unverified }) => ({ user, unverified }));
	};
	const stranger = { user: undefined, unverified: true };
	const seen = await read("admin");
	expect(seen).toContainEqual(stranger);
	expect(seen).toContainEqual({ user: { id: place.agent, name: "Ben Agent" }, unverified: undefined });
	const grants = [
		{ permission: "integrations:integration:view", divisions: "all" as const },
		{ permission: "directory:user:view", divisions: new Set([divisionId]) },
	];
	server.admit("elsewhere", { userId: adminId, grants });
	const unseen = await read("elsewhere");
	expect(unseen).toContainEqual(stranger);
	expect(unseen).toContainEqual({ user: undefined, unverified: undefined });
	expect(unseen.filter(({ user }) => user !== undefined)).toEqual([]);
});

const home = () => server.services.authorization.homeDivisionId();
