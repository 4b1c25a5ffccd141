import { agentScopes } from "@inlay/contract";
import { checkOrganization } from "@inlay/contract/health/check-organization";
import { expect, it } from "vitest";
import type { Platform, Thing } from "../platform/platform.ts";
import { PlatformError } from "../platform/platform-error.ts";
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
		if (refused.includes(path)) throw new PlatformError(403, "missing.any.permissions", `${method} ${path}: no`);
		return answers[path];
	};
	const answer = (body: unknown) => ({ body: (body ?? {}) as Thing, etag: undefined });
	const platform: Platform = {
		...{ isRegion: true, writes: 0 },
		get: async (path) => answer(ask("GET", path)),
		list: async (path) => ask("GET", path) as Thing[],
		send: async (method, path, body) => answer(ask(method, path, body)),
	};
	return { platform, changes };
}

const apps = "https://apps.mypurecloud.de";

it("finds by the public API of a region what a setup got wrong, and says where", async () => {
	const { facts, unchecked } = await readFacts(organization().platform, apps);
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
	const { platform, changes } = organization();
	const { facts } = await readFacts(platform, apps);
	const done = await fixAll(platform, checkOrganization(facts));
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
	const { facts, unchecked } = await readFacts(
		organization(["/api/v2/oauth/clients", "/api/v2/groups"]).platform,
		apps,
	);
	expect(unchecked.map(({ what, why }) => [what, why])).toEqual([
		["clients", "permission"],
		["groups", "permission"],
	]);
	expect(checkOrganization(facts).map(({ code }) => code)).not.toContain("client.unknown");
	expect(asText({ findings: [], unchecked })).toMatch(/Not looked at:\n {2}clients: the permission is missing/);
});
