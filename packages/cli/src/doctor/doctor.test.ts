import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentScopes } from "@inlay/contract";
import { checkOrganization } from "@inlay/contract/health/check-organization";
import type { FindingCode } from "@inlay/contract/health/codes";
import type { Finding, Fix, HealthReport } from "@inlay/contract/health/finding";
import { finding } from "@inlay/contract/health/make-finding";
import { expect, it } from "vitest";
import { readAddress } from "../platform/address.ts";
import { openPlatform, type Platform, type Thing } from "../platform/platform.ts";
import { PlatformError } from "../platform/platform-error.ts";
import { type FakePlatform, fakePlatform, typeIds } from "../test-support/fake-platform.ts";
import { type DoctorOptions, runDoctor } from "./doctor-command.ts";
import { fixAll } from "./fix.ts";
import { readFacts } from "./read-facts.ts";
import { asText } from "./report.ts";

const client = {
	id: "0f0f0f0f-0000-4000-8000-000000000001",
	name: "CRM",
	authorizedGrantType: "TOKEN",
	state: "active",
	registeredRedirectUri: ["https://apps.mypurecloud.com/crm/index.html"],
	scope: agentScopes.filter((scope) => scope !== "users"),
	accessTokenValiditySeconds: 64_800,
	version: 3,
};

/** An organization of a region, as the public API tells of it. */
function organization(refused: string[] = []) {
	const answers: Record<string, unknown> = {
		"/api/v2/oauth/clients": { entities: [client] },
		"/api/v2/license/users": [
			{ id: "p1", licenses: ["collaborate"] },
			{ id: "p2", licenses: ["communicate"] },
		],
		"/api/v2/groups": [{ id: "g1", name: "Agents", memberCount: 2 }],
		"/api/v2/users?state=active&expand=groups,authorization,station": [
			{ id: "p1", name: "Ann", groups: [{ id: "g1" }], authorization: { permissions: ["integration:*"] }, station: {} },
			{ id: "p2", name: "Ben", groups: [{ id: "g1" }], authorization: { permissions: [] } },
		],
		"/api/v2/integrations": [
			{
				id: "d1",
				name: "Panel",
				intendedState: "ENABLED",
				integrationType: { id: "x", name: "Private Genesys Cloud Embeddable Framework" },
			},
			{ id: "d2", name: "Mail", intendedState: "ENABLED", integrationType: { id: "smtp", name: "Mail" } },
		],
		"/api/v2/integrations/d1/config/current": {
			properties: {
				groups: ["g1"],
				frameworkJs: `window.Framework = { config: { clientIds: { "x": "${client.id}" } } };`,
			},
		},
	};
	const ask = (method: string, path: string) => {
		if (refused.includes(path)) throw new PlatformError(403, "missing.any.permissions", `${method} ${path}: no`);
		return answers[path];
	};
	const answer = (body: unknown) => ({ body: (body ?? {}) as Thing, etag: undefined });
	const platform: Platform = {
		isRegion: true,
		get: async (path) => answer(ask("GET", path)),
		list: async (path) => ask("GET", path) as Thing[],
		send: async (method, path) => answer(ask(method, path)),
	};
	return platform;
}

const apps = "https://apps.mypurecloud.de";

function clientOf(name: string) {
	const { id: _id, version: _version, ...rest } = client;
	return { ...rest, name, description: "Ours" };
}

it("finds by the public API of a region what a setup got wrong, and says where", async () => {
	const { facts, unchecked } = await readFacts(organization(), apps);
	expect(unchecked).toEqual([]);
	const findings = checkOrganization(facts);
	expect(findings.map(({ code }) => code)).toEqual([
		"user.without.permission",
		"user.without.license",
		"client.without.redirect",
		"client.without.scopes",
		"script.doubt",
		"user.without.station",
	]);
	const text = asText({ findings, unchecked });
	expect(text).toContain("allows https://apps.mypurecloud.com/crm/index.html, but the panel is at");
	expect(text).toContain("client.without.scopes: docs/doctor.md#clientwithoutscopes");
	expect(text).toContain("4 errors, 2 warnings, 0 notes.");
});

const step = (code: FindingCode, fix: Fix, name = "CRM") => finding(code, { kind: "client", name }, { cure: { fix } });

it("a client's other settings were lost, or its change refused, by a safe step: it is sent whole, as it is now", async () => {
	const fake = fakePlatform();
	const {
		id,
		name: _name,
		...rest
	} = fake.add("/api/v2/oauth/clients", { ...clientOf("CRM"), state: "inactive", version: 3 });
	const seen: (string | null)[] = [];
	const platform = openPlatform(fake.address, "token", {
		...fake.transport,
		fetch(input, init) {
			if (init?.method === "PUT") seen.push(new Headers(init.headers).get("if-match"));
			return fake.transport.fetch(input, init);
		},
	});
	const uri = `${apps}/crm/index.html`;
	const { done, failed } = await fixAll(platform, [
		step("client.without.redirect", { do: "addRedirectUris", clientId: id, uris: [uri] }),
		step("client.without.scopes", { do: "addScopes", clientId: id, scopes: ["users"] }),
		step("client.inactive", { do: "enableClient", clientId: id }),
	]);
	expect(failed).toEqual([]);
	expect(done).toEqual([
		expect.stringMatching(/^client.without.redirect: added https:\/\/apps.mypurecloud.de\S* .*remove them there/),
		expect.stringMatching(/^client.without.scopes: added the scopes users to “CRM”/),
		expect.stringMatching(/^client.inactive: enabled “CRM”/),
	]);
	expect(fake.departures).toEqual([]);
	expect(seen).toEqual(['"3"', '"4"', '"5"']);
	expect(fake.rows("/api/v2/oauth/clients").find((row) => row.id === id)).toEqual({
		...rest,
		...{ id, name: "CRM", version: 6, state: "active" },
		registeredRedirectUri: [...client.registeredRedirectUri, uri],
		scope: [...client.scope, "users"],
	});
});

it("what a deployment's switches make of its script was not told", async () => {
	const redirect = { registeredRedirectUri: [`${apps}/crm/embeddableFramework.html`] };
	const told = async (switches: object) =>
		(await doctor(region(redirect, { switches, script: "\nalert(1);" }), { json: true })).out;
	expect(await told({ isolation: true })).toContain("isolation.lack");
	expect(await told({})).not.toContain("isolation.lack");
});

it("what was mended was not told where a later step failed", async () => {
	const fake = fakePlatform();
	const { id } = fake.add("/api/v2/oauth/clients", clientOf("CRM"));
	const { id: deploymentId } = fake.add("/api/v2/integrations", {
		name: "Panel",
		configuration: { version: 1, properties: { frameworkJs: "window.Framework = {};" } },
	});
	const { done, failed } = await fixAll(openPlatform(fake.address, "token", fake.transport), [
		step("client.without.scopes", { do: "addScopes", clientId: id, scopes: ["users"] }),
		step("client.inactive", { do: "enableClient", clientId: "gone" }, "Old"),
		step("deployment.inactive", { do: "activateDeployment", deploymentId }, "Panel"),
	]);
	expect(done.map((line) => line.split(":")[0])).toEqual(["client.without.scopes", "deployment.inactive"]);
	expect(failed).toEqual(["client.inactive: “Old”: Refused: not.found."]);
});

it("a deployment without a script was activated, and opened with the bundled client for everybody", async () => {
	const fake = fakePlatform();
	const row = fake.add("/api/v2/integrations", { name: "Panel" });
	const { done, failed } = await fixAll(openPlatform(fake.address, "token", fake.transport), [
		step("deployment.inactive", { do: "activateDeployment", deploymentId: row.id }, "Panel"),
	]);
	expect([done, fake.writes, row.intendedState]).toEqual([[], [], "DISABLED"]);
	expect(failed).toEqual([expect.stringMatching(/^deployment.inactive: “Panel”: it has no framework.js.*Upload one/)]);
});

const germany = await readAddress({ region: "mypurecloud.de" }, {});

/** A panel that nobody is kept from using; its client alone is as a setup got it wrong. */
function region(client: Record<string, unknown>, { switches = {}, script = "" } = {}) {
	const fake = fakePlatform();
	fake.address = germany;
	const { id } = fake.add("/api/v2/oauth/clients", { ...clientOf("CRM"), scope: agentScopes, ...client });
	const group = fake.add("/api/v2/groups", { name: "Agents", memberCount: 1 });
	const [groups, permissions] = [[{ id: group.id }], ["*:*:*"]];
	fake.add("/api/v2/users", { name: "Ann", email: "ann@x.example", groups, authorization: { permissions } });
	const frameworkJs = `window.Framework = { config: { name: "CRM", clientIds: { "mypurecloud.de": "${id}" } }, initialSetup() {} };${script}`;
	fake.add("/api/v2/integrations", {
		name: "Panel",
		intendedState: "ENABLED",
		integrationType: { id: typeIds.private, name: "Private Genesys Cloud Embeddable Framework" },
		configuration: { version: 1, properties: { groups: [group.id], frameworkJs, ...switches } },
	});
	return fake;
}

async function doctor(fake: FakePlatform, options: DoctorOptions = {}) {
	const [out, err]: string[][] = [[], []];
	const ports = { out: (text: string) => void out?.push(text), err: (text: string) => void err?.push(text) };
	const code = await runDoctor(
		{ region: "mypurecloud.de", ...options },
		{ ...ports, env: { INLAY_TOKEN: "token" }, isTerminal: false, transport: fake.transport },
	);
	return { code, out: out?.join("\n") ?? "", err: err?.join("\n") ?? "" };
}

it("ends with what programs need to know: 0 nobody is kept from working, 2 somebody is, 1 it could not be looked at", async () => {
	// Either name of the panel's page will do.
	const sound = region({ registeredRedirectUri: [`${apps}/crm/embeddableFramework.html`] });
	expect((await doctor(sound, { json: true })).code).toBe(0);
	expect(sound.writes).toEqual([]);
	const wrong = region({});
	const found = await doctor(wrong, { json: true });
	expect(found.code).toBe(2);
	const codesOf = (text: string) => (JSON.parse(text) as HealthReport).findings.map(({ code }) => code);
	expect(codesOf(found.out)).toContain("client.without.redirect");
	const fixed = await doctor(wrong, { json: true, fix: true });
	expect(fixed.code).toBe(0);
	expect(JSON.parse(fixed.out)).toMatchObject({ fixed: [expect.stringContaining("added https://apps")], notFixed: [] });
	expect(codesOf(fixed.out)).not.toContain("client.without.redirect");
	expect([...sound.departures, ...wrong.departures]).toEqual([]);
	wrong.intercept = (_method, path) => {
		if (path === "/api/v2/integrations") throw new TypeError("fetch failed");
		return undefined;
	};
	const half = await doctor(wrong);
	expect(half.code).toBe(1);
	expect(half.out).toMatch(/Not looked at:\n {2}deployments: it failed/);
});

it("what a deployment's switches make of its script was not told", async () => {
	const redirect = { registeredRedirectUri: [`${apps}/crm/embeddableFramework.html`] };
	const told = async (switches: object) =>
		(await doctor(region(redirect, { switches, script: "\nalert(1);" }), { json: true })).out;
	expect(await told({ isolation: true })).toContain("isolation.lack");
	expect(await told({})).not.toContain("isolation.lack");
});

it("what was mended was not told where it could not be looked again", async () => {
	const fake = region({});
	fake.intercept = (method) => {
		if (method === "GET" && fake.writes.length > 0) throw new TypeError("fetch failed");
		return undefined;
	};
	const { code, out } = await doctor(fake, { fix: true });
	expect(code).toBe(1);
	expect(out).toMatch(/^fixed client.without.redirect: added/);
});

it("this machine: a taken port is told by its number, and --fix without anybody signed in still reports", async () => {
	const other = createServer();
	await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
	const { port } = other.address() as AddressInfo;
	const folder = mkdtempSync(join(tmpdir(), "inlay-doctor-"));
	const [out, err]: string[][] = [[], []];
	const ports = { out: (text: string) => void out?.push(text), err: (text: string) => void err?.push(text) };
	const env = { INLAY_PORT: String(port), INLAY_DEMO: "false" };
	const options = { data: folder, json: true, fix: true };
	expect(await runDoctor(options, { ...ports, env, isTerminal: false })).toBe(2);
	const { findings } = JSON.parse(out?.join("") ?? "") as HealthReport;
	expect(findings.find(({ code }) => code === "server.port.taken")?.cause.values).toEqual({ port, purpose: "the API" });
	expect(err?.join()).toMatch(/^To mend something, sign in/);
	other.close();
	rmSync(folder, { recursive: true });
});

it("a server that finds what is not known here ended the report; two of a name were told as one; names wrote to the terminal", () => {
	const newer = {
		...finding("client.unused", { kind: "client", id: "1", name: "CRM" }),
		code: "client.haunted",
	} as unknown;
	const odd = { ...(newer as Finding), cause: { say: "client.haunted.cause", values: { who: "a ghost" } } };
	const other = finding("client.unused", { kind: "client", id: "2", name: "CRM" });
	const bell = finding("client.unused", { kind: "client", id: "3", name: "\u001b[2JBell\u0007" });
	const text = asText({ findings: [odd, other, bell], unchecked: [] });
	expect(text).toContain("client.haunted: a ghost");
	expect(text.match(/OAuth client “CRM”/g)).toHaveLength(2);
	expect(text).not.toMatch(/[^\P{Cc}\n]/u);
	expect(text).toContain("0 errors, 0 warnings, 3 notes.");
});

it("what the token may not see is said, and nothing is concluded from it", async () => {
	const { facts, unchecked } = await readFacts(organization(["/api/v2/oauth/clients", "/api/v2/groups"]), apps);
	expect(unchecked.map(({ what, why }) => [what, why])).toEqual([
		["clients", "permission"],
		["groups", "permission"],
	]);
	expect(checkOrganization(facts).map(({ code }) => code)).not.toContain("client.unknown");
	expect(asText({ findings: [], unchecked })).toMatch(/Not looked at:\n {2}clients: the permission is missing/);
});
