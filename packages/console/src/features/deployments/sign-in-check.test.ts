import { agentScopes, bundledClientId } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { OAuthClient } from "../../session/wire.ts";
import { panelRedirectUris } from "./embed.ts";
import { checkSignIn } from "./sign-in-check.ts";

const origin = "https://inlay.example";
const ownId = "0a000000-0000-4000-8000-000000000001";
const otherId = "0b000000-0000-4000-8000-000000000002";

function client(id: string, change: Partial<OAuthClient> = {}): OAuthClient {
	return {
		id,
		name: id,
		authorizedGrantType: "CODE",
		registeredRedirectUri: panelRedirectUris(origin),
		scope: [...agentScopes],
		roleDivisions: [],
		accessTokenValiditySeconds: 64_800,
		state: "active",
		version: 1,
		...change,
	};
}

const clients = [client(ownId), client(otherId), client(bundledClientId)];
const script = (id: string) => `window.Framework = { config: { clientIds: { eu: "${id}" } } };`;

describe("the client that a panel signs in with", () => {
	it("is the script's, else the deployment's, else the one that comes with Inlay", () => {
		const check = (frameworkJs: string, clientId: string) => {
			const { client: found, source } = checkSignIn({ frameworkJs, clientId }, clients, origin);
			return [found?.id, source];
		};
		expect(check(script(ownId), otherId)).toEqual([ownId, "script"]);
		// The server compares ids letter for letter.
		expect(check(script(ownId.toUpperCase()), otherId)).toEqual([otherId, "configuration"]);
		expect(check(script("0f000000-0000-4000-8000-00000000000f"), otherId)).toEqual([otherId, "configuration"]);
		expect(check("", "")).toEqual([bundledClientId, "bundled"]);
	});

	it("is fine as the guide sets it up", () => {
		expect(checkSignIn({ frameworkJs: "", clientId: ownId }, clients, origin)).toMatchObject({
			findings: [],
			missingUris: [],
			isReady: true,
		});
	});

	it("lacks addresses to return to, some or all", () => {
		const check = (registeredRedirectUri: string[]) =>
			checkSignIn({ frameworkJs: "", clientId: ownId }, [client(ownId, { registeredRedirectUri })], origin);
		expect(check([`${origin}/crm/index.html`])).toMatchObject({
			missingUris: [`${origin}/crm/authWindow.html`],
			isReady: true,
		});
		expect(check(["https://elsewhere.example/crm/index.html"])).toMatchObject({
			missingUris: [`${origin}/crm/index.html`, `${origin}/crm/authWindow.html`],
			isReady: false,
		});
	});

	it("counts a full scope for its reading form, and names those that are missing", () => {
		const scope = agentScopes.filter((one) => one !== "users").map((one) => one.replace(":readonly", ""));
		const found = checkSignIn({ frameworkJs: "", clientId: ownId }, [client(ownId, { scope })], origin);
		expect(found.findings.map(({ code, cause }) => [code, cause.values.scopes])).toContainEqual([
			"client.without.scopes",
			"users",
		]);
	});

	it("signs nobody in with client credentials or when it is disabled", () => {
		for (const change of [{ authorizedGrantType: "CLIENT-CREDENTIALS" }, { state: "inactive" }] as const) {
			const bad = client(ownId, change);
			expect(checkSignIn({ frameworkJs: "", clientId: ownId }, [bad], origin).isReady).toBe(false);
		}
	});
});

describe("a client id in a comment of framework.js", () => {
	it.each([
		[`// was: ${otherId}\n${script(ownId)}`, ownId],
		[`/* ${otherId}\n * */ ${script(ownId)}`, ownId],
		[`const page = "https://crm.example//${ownId}"; // ${otherId}`, ownId],
		[`/* ${ownId} */`, bundledClientId],
	])("was claimed to be the one that agents sign in with: %s", (frameworkJs, id) => {
		expect(checkSignIn({ frameworkJs, clientId: "" }, clients, origin).client?.id).toBe(id);
	});
});
