import { agentScopes, regions } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { OAuthClient } from "../../session/wire.ts";
import { clientFormOf, clientRequest, newClientForm, problemsOf, withRegion } from "./client-form.ts";

const origin = "https://inlay.example";
const fresh = { ...newClientForm(origin), name: "CRM" };

describe("a new client", () => {
	it("is what the configuration guide asks for", () => {
		expect([...problemsOf(fresh)]).toEqual([]);
		expect(clientRequest(fresh)).toMatchObject({
			authorizedGrantType: "CODE",
			registeredRedirectUri: [
				`${origin}/crm/index.html`,
				`${origin}/crm/embeddableFramework.html`,
				`${origin}/crm/authWindow.html`,
			],
			scope: agentScopes,
			accessTokenValiditySeconds: 64_800,
			state: "active",
		});
		expect(fresh.scopes).toHaveLength(14);
	});

	it("returns to the address that the guide writes down, in each region, and names none twice", () => {
		const guides = "https://apps.mypurecloud.com/crm/index.html";
		expect(withRegion("", "mypurecloud.com")).toBe(guides);
		expect(withRegion(`${guides}\n`, "mypurecloud.com")).toBe(guides);
		expect(withRegion(guides, "mypurecloud.de").split("\n")).toEqual([
			...[guides, "https://apps.mypurecloud.de/crm/index.html"],
		]);
		const everywhere = regions.reduce(withRegion, fresh.redirectUris);
		expect([...problemsOf({ ...fresh, redirectUris: everywhere })]).toEqual([]);
	});

	it.each([
		[{ name: " " }, ["name"]],
		[{ duration: "299" }, ["duration"]],
		[{ duration: "172801" }, ["duration"]],
		[{ duration: "300.5" }, ["duration"]],
		// Taken as 60,000 seconds.
		[{ duration: "6e4" }, ["duration"]],
		[{ duration: "0x1000" }, ["duration"]],
		[{ duration: " 3600 " }, []],
		[{ duration: "172800" }, []],
		[{ redirectUris: "" }, ["redirectUris"]],
		[{ redirectUris: "https://a.example/\nnot an address" }, ["redirectUris"]],
		[{ redirectUris: "https://a.example/#here" }, ["redirectUris"]],
		[{ grant: "CLIENT-CREDENTIALS" as const, redirectUris: "" }, ["roleIds"]],
		[{ grant: "CLIENT-CREDENTIALS" as const, roleIds: ["r"] }, []],
	])("with %o has something to put right in %o", (change, problems) => {
		expect([...problemsOf({ ...fresh, ...change })]).toEqual(problems);
	});

	it("has roles instead of addresses and scopes where a program signs in", () => {
		expect(clientRequest({ ...fresh, grant: "CLIENT-CREDENTIALS", roleIds: ["r"] })).toMatchObject({
			registeredRedirectUri: [],
			scope: [],
			roleDivisions: [{ roleId: "r", divisionId: "*" }],
		});
	});
});

describe("an existing client", () => {
	const client: OAuthClient = {
		id: "1",
		version: 4,
		name: "Robot",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		registeredRedirectUri: [],
		scope: [],
		roleDivisions: [
			{ roleId: "a", divisionId: "home" },
			{ roleId: "b", divisionId: "*" },
		],
		accessTokenValiditySeconds: 300,
		state: "inactive",
	};

	it("keeps the divisions of its roles", () => {
		const form = { ...clientFormOf(client), roleIds: ["c", "a"] };
		expect(clientRequest(form, client)).toMatchObject({
			state: "inactive",
			roleDivisions: [
				{ roleId: "a", divisionId: "home" },
				{ roleId: "c", divisionId: "*" },
			],
		});
	});
});
