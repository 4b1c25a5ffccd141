import { bundledClientId } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { Group, OAuthClient } from "../../session/wire.ts";
import { audienceOf } from "./audience.ts";
import { deploymentGifts, deploymentLosses } from "./deployment-losses.ts";
import { type Draft, draftOf } from "./draft.ts";
import { panelRedirectUris } from "./embed.ts";

const origin = "https://panel.example";
const group = (id: string, memberCount: number): Group => ({ id, name: id, memberCount, state: "active", version: 1 });
const client = (id: string, state: OAuthClient["state"] = "active"): OAuthClient => ({
	id,
	name: id,
	authorizedGrantType: "CODE",
	registeredRedirectUri: panelRedirectUris(origin),
	scope: [],
	roleDivisions: [],
	accessTokenValiditySeconds: 300,
	state,
	version: 1,
});
const disabledId = "0a000000-0000-4000-8000-000000000001";
const facts = {
	groups: [group("sales", 3), group("service", 2), group("empty", 0)],
	clients: [client(bundledClientId), client(disabledId, "disabled")],
	origin,
};
const saved: Draft = {
	...draftOf({ name: "CRM", version: 1, properties: {}, advanced: {}, notes: "", credentials: {} }),
	frameworkJs: "window.Framework = {}",
	allowedOrigins: "https://a.example\nhttps://b.example",
};

describe("a save that took the panel from agents asked nobody", () => {
	it.each([
		["script emptied", {}, { frameworkJs: "" }, [{ code: "losesScript", names: [] }]],
		["open to all, then to an empty group", {}, { groups: ["empty"] }, [{ code: "losesAll", names: ["empty (0)"] }]],
		[
			"fewer groups",
			{ groups: ["sales", "service"] },
			{ groups: ["service"] },
			[{ code: "losesGroups", names: ["sales"] }],
		],
		["to an empty group", { groups: ["sales"] }, { groups: ["empty"] }, [{ code: "losesGroups", names: ["sales"] }]],
		[
			"embedding page removed",
			{},
			{ allowedOrigins: "https://a.example" },
			[{ code: "losesPages", names: ["https://b.example"] }],
		],
		["to a disabled client", {}, { clientId: disabledId }, [{ code: "losesSignIn", names: [disabledId] }]],
		["another address", { partnerName: "crm" }, { partnerName: "new" }, [{ code: "losesAddress", names: ["crm"] }]],
	])("%s", (_what, before, after, expected) => {
		const base = { ...saved, ...before };
		expect(deploymentLosses(base, { ...base, ...after }, facts)).toEqual(expected);
	});

	it.each([
		["more groups", { groups: ["sales"] }, { groups: ["sales", "service"] }],
		["open to all again", { groups: ["sales"] }, { groups: [] }],
		["a group that nobody is in", { groups: ["sales", "empty"] }, { groups: ["sales"] }],
		["a group that is gone", { groups: ["sales", "gone"] }, { groups: ["sales"] }],
		["another script", {}, { frameworkJs: "window.Framework = { config: {} }" }],
		["a first script", { frameworkJs: "" }, { frameworkJs: "x", groups: ["sales"] }],
	])("but asks nothing about %s", (_what, before, after) => {
		const base = { ...saved, ...before };
		expect(deploymentLosses(base, { ...base, ...after }, facts)).toEqual([]);
	});
});

describe("a deployment whose groups are gone", () => {
	it("was said to be open to everybody", () => {
		expect(audienceOf(["gone"], facts.groups)).toEqual({ kind: "groups", groups: [], gone: ["gone"] });
		expect(audienceOf([], facts.groups)).toEqual({ kind: "everybody" });
	});
});

describe("a save that reached agents at once did not say whom", () => {
	it.each([
		["another script", { frameworkJs: "window.Framework = { a: 1 }" }, ["givesScript"]],
		["another page policy", { connectOrigins: "https://api.example" }, ["givesSettings"]],
		["both", { frameworkJs: "window.Framework = { a: 1 }", development: true }, ["givesScript", "givesSettings"]],
		["a note and a name", { notes: "mine", name: "CRM 2" }, []],
		["no script any more, which is a loss", { frameworkJs: "" }, []],
	] as const)("%s", (_what, change, codes) => {
		expect(deploymentGifts(saved, { ...saved, ...change }).map(({ code }) => code)).toEqual(codes);
	});

	it("of a deployment without a script there is nobody", () => {
		expect(deploymentGifts({ ...saved, frameworkJs: "" }, saved)).toEqual([]);
	});
});
