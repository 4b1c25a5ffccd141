import { agentScopes } from "@inlay/contract";
import { checkOrganization } from "@inlay/contract/health/check-organization";
import { expect, it } from "vitest";
import { ApiRefusal, type PublicApi } from "../api/public-api.ts";
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

/** An organization of a region, as the public API tells of it; what is changed is kept. */
function organization(refused: string[] = []) {
	const changes: unknown[] = [];
	const answers: Record<string, unknown> = {
		"/api/v2/oauth/clients": [client],
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
		[`/api/v2/oauth/clients/${client.id}`]: client,
	};
	const ask = (method: string, path: string, body?: unknown) => {
		if (body !== undefined) changes.push([method, path, body]);
		if (refused.includes(path)) throw new ApiRefusal(method, path, 403, { code: "missing.any.permissions" });
		return answers[path];
	};
	const api: PublicApi = {
		request: async <T>(method: string, path: string, body?: unknown) => ask(method, path, body) as T,
		all: async <T>(path: string) => ask("GET", path) as T[],
	};
	return { api, changes };
}

const apps = "https://apps.mypurecloud.de";

it("finds by the public API of a region what a setup got wrong, and says where", async () => {
	const { facts, unchecked } = await readFacts(organization().api, apps);
	expect(unchecked).toEqual([]);
	const findings = checkOrganization(facts);
	expect(findings.map(({ code }) => code)).toEqual([
		"user.without.permission",
		"client.without.redirect",
		"client.without.scopes",
		"script.doubt",
		"user.without.station",
	]);
	const text = asText({ findings, unchecked });
	expect(text).toContain("allows https://apps.mypurecloud.com/crm/index.html, but the panel is at");
	expect(text).toContain("client.without.scopes: docs/doctor.md#clientwithoutscopes");
	expect(text).toContain("3 errors, 2 warnings, 0 notes.");
});

it("does the safe steps under the version that it has read, and says how to undo them", async () => {
	const { api, changes } = organization();
	const { facts } = await readFacts(api, apps);
	const done = await fixAll(api, checkOrganization(facts));
	expect(done).toEqual([
		expect.stringMatching(/^client.without.redirect: added https:\/\/apps.mypurecloud.de\S* .*remove them there/),
		expect.stringMatching(/^client.without.scopes: added the scopes users to “CRM”/),
	]);
	const path = `/api/v2/oauth/clients/${client.id}`;
	const uris = [...client.registeredRedirectUri, `${apps}/crm/index.html`];
	expect(changes).toEqual([
		["PUT", path, { name: "CRM", registeredRedirectUri: uris, version: 3 }],
		["PUT", path, { name: "CRM", scope: [...client.scope, "users"], version: 3 }],
	]);
});

it("what the token may not see is said, and nothing is concluded from it", async () => {
	const { facts, unchecked } = await readFacts(organization(["/api/v2/oauth/clients", "/api/v2/groups"]).api, apps);
	expect(unchecked.map(({ what, why }) => [what, why])).toEqual([
		["clients", "permission"],
		["groups", "permission"],
	]);
	expect(checkOrganization(facts).map(({ code }) => code)).not.toContain("client.unknown");
	expect(asText({ findings: [], unchecked })).toMatch(/Not looked at:\n {2}clients: the permission is missing/);
});
