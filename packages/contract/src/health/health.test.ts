import { describe, expect, it, test } from "vitest";
import { agentScopes } from "../platform/scopes.ts";
import { checkOrganization } from "./check-organization.ts";
import { type FindingCode, findingCodes } from "./codes.ts";
import type { ClientFacts, DeploymentFacts, OrganizationFacts, PersonFacts, TrunkFacts } from "./facts.ts";
import { findingTexts, textKeysOf } from "./finding-texts.ts";
import { nearestUri, uriDifference } from "./redirect-uris.ts";
import { clientIdsIn, signInChoice } from "./sign-in-choice.ts";

const origin = "https://panel.example";
const crm = "0f0f0f0f-0000-4000-8000-000000000001";
const other = "0f0f0f0f-0000-4000-8000-000000000002";

const client: ClientFacts = {
	id: crm,
	name: "CRM",
	grant: "TOKEN",
	active: true,
	redirectUris: [`${origin}/crm/index.html`, `${origin}/crm/authWindow.html`],
	scopes: agentScopes,
	lifetime: 64_800,
};
const deployment: DeploymentFacts = {
	id: "d1",
	name: "Panel",
	isPrivate: true,
	active: true,
	groups: ["g1"],
	allowedOrigins: ["https://crm.example"],
	clientId: crm,
	hasScript: true,
	scriptClientIds: [crm],
	faults: [],
};
const agent: PersonFacts = {
	id: "p1",
	name: "Ann",
	active: true,
	groups: ["g1"],
	permissions: ["integration:customEmbeddableFramework:agent", "routing:agent:onqueue", "voicemail:*"],
	queues: 1,
	hasStation: true,
};
const healthy: OrganizationFacts = {
	panelOrigins: [origin],
	panelPages: ["/crm/index.html", "/crm/embeddableFramework.html"],
	windowPage: "/crm/authWindow.html",
	embedAllowList: [],
	mostDeployments: 5,
	clients: [client],
	deployments: [deployment],
	groups: [{ id: "g1", name: "Agents", memberCount: 1 }],
	people: [agent],
	now: "2026-11-27T12:00:00.000Z",
};

const codesOf = (facts: OrganizationFacts) => checkOrganization(facts).map(({ code }) => code);
const withClient = (part: Partial<ClientFacts>) => ({ ...healthy, clients: [{ ...client, ...part }] });
const withDeployment = (part: Partial<DeploymentFacts>) => ({ ...healthy, deployments: [{ ...deployment, ...part }] });
const withAgent = (part: Partial<PersonFacts>) => ({ ...healthy, people: [{ ...agent, ...part }] });
const fault = (severity: "error" | "warning", code = "name.unknown") => ({ code, severity, message: "x", line: 3 });
const withStaged = (part: Partial<DeploymentFacts["staged"]>) =>
	withDeployment({ staged: { version: 2, groups: ["g1"], scriptClientIds: [crm], faults: [], ...part } });
const trouble = { count: 2, code: "framework.callback.threw", at: healthy.now };
const uris = (uri: string) => withClient({ redirectUris: [uri, `${origin}/crm/authWindow.html`] });

const speaks = { language: "fr", queues: [], policies: [], campaigns: [] };
const service = { id: "q1", name: "Service" };
const provider = { id: "t1", name: "Provider", host: "sip.example", transport: "udp", enabled: true, encrypted: false };
const withTrunk = (part: Partial<TrunkFacts>) => ({ ...healthy, trunks: [{ ...provider, ...part }] });
const away = (since: string, isRefused = false) => ({ isRefused, detail: "403 Forbidden", since });
const mayCall = [...agent.permissions, "conversation:call:add"];

it("finds nothing in an organization that is set up as the guide says", () => {
	expect(checkOrganization(healthy)).toEqual([]);
});

const unknownClient = fault("warning", "client.unknown");

/** Each breaks exactly one thing. */
const broken: readonly [FindingCode, string, OrganizationFacts][] = [
	[
		"client.unknown",
		"the script's client was deleted",
		withDeployment({ scriptClientIds: [other], clientId: undefined, faults: [unknownClient] }),
	],
	["client.unknown", "the set client is gone", withDeployment({ scriptClientIds: [], clientId: other })],
	["client.unknown.beside", "another signs in", withDeployment({ scriptClientIds: [other], faults: [unknownClient] })],
	["client.inactive", "disabled", withClient({ active: false })],
	["client.unauthorized", "revoked", withClient({ authorized: [] })],
	[
		"client.unauthorized",
		"a granted feature's scope",
		withClient({ authorized: agentScopes.filter((scope) => scope !== "voicemail") }),
	],
	["client.wrong.grant", "for programs", withClient({ grant: "CLIENT-CREDENTIALS" })],
	["client.without.redirect", "no URI at all", withClient({ redirectUris: [] })],
	["client.without.redirect", "http", uris("http://panel.example/crm/index.html")],
	["client.without.redirect", "slash", uris(`${origin}/crm/index.html/`)],
	["client.without.redirect", "host", uris("https://panel.example.org/crm/index.html")],
	["client.without.redirect", "case", uris(`${origin}/crm/Index.html`)],
	["client.without.redirect", "port", uris("https://panel.example:8443/crm/index.html")],
	["client.without.window", "no window", withClient({ redirectUris: [`${origin}/crm/index.html`] })],
	["utilization.closed", "no calls", { ...healthy, closedMedia: ["call"] }],
	["queue.without.members", "Support", { ...healthy, deadQueues: [{ id: "q1", name: "Support", waiting: 3 }] }],
	["client.without.scopes", "users", withClient({ scopes: agentScopes.filter((scope) => scope !== "users") })],
	[
		"client.without.scopes",
		"a granted feature's",
		withClient({ scopes: agentScopes.filter((one) => one !== "voicemail") }),
	],
	[
		"client.scopes.few",
		"of no feature",
		withClient({ scopes: agentScopes.filter((one) => one !== "scripts:readonly") }),
	],
	["client.scopes.wide", "oauth", withClient({ scopes: [...agentScopes, "oauth"] })],
	["client.lifetime", "too short", withClient({ lifetime: 299 })],
	["client.lifetime", "too long", withClient({ lifetime: 172_801 })],
	["client.short", "of a working day", withClient({ lifetime: 3600 })],
	["client.short", "of a shift", { ...withAgent({ longestShift: 70_000 }) }],
	[
		"client.shared",
		"two deployments",
		{ ...healthy, deployments: [deployment, { ...deployment, id: "d2", name: "Two" }] },
	],
	[
		"client.unused",
		"a month",
		{
			...healthy,
			clients: [client, { ...client, id: other, name: "Old", created: "2026-01-01T00:00:00Z", lastUsed: null }],
		},
	],
	["deployment.inactive", "switched off", withDeployment({ active: false })],
	["deployment.without.script", "none", withDeployment({ hasScript: false, scriptClientIds: [] })],
	["deployment.without.origins", "none", withDeployment({ allowedOrigins: [] })],
	[
		"deployment.bundled.client",
		"none named",
		{
			...withDeployment({ clientId: undefined, scriptClientIds: [] }),
			bundledClientId: "b",
			clients: [{ ...client, id: "b", name: "Inlay" }],
		},
	],
	["script.fault", "error", withDeployment({ faults: [fault("error"), fault("error")] })],
	["script.doubt", "warning", withDeployment({ faults: [fault("warning")] })],
	["script.call.refused", "scope", withDeployment({ faults: [fault("warning", "request.not.permitted")] })],
	[
		"script.client.other",
		"two clients",
		{ ...withDeployment({ clientId: other }), clients: [client, { ...client, id: other, name: "Other" }] },
	],
	["script.fault", "for some groups first", withStaged({ faults: [fault("error")] })],
	["script.doubt", "for some groups first", withStaged({ faults: [fault("warning")] })],
	["script.call.refused", "for some groups first", withStaged({ faults: [fault("warning", "action.not.permitted")] })],
	["client.unknown.beside", "for some groups first", withStaged({ scriptClientIds: [other], faults: [unknownClient] })],
	[
		"script.client.other",
		"for some groups first",
		{ ...withStaged({ scriptClientIds: [other] }), clients: [client, { ...client, id: other, name: "Other" }] },
	],
	["script.failing", "in panels", withDeployment({ troubles: { scripts: trouble } })],
	["panel.refused", "panels", withDeployment({ troubles: { refusals: trouble } })],
	["panel.unverified", "strangers", withDeployment({ troubles: { unverified: trouble } })],
	[
		"mailbox.unreachable",
		"two of one server",
		{
			...healthy,
			mailboxes: ["a@shop.example", "b@shop.example"].map((address) => ({
				...{
					id: `shop.example/${address}`,
					address,
					host: "mail.example",
					trouble: { detail: "wrong password", since: healthy.now },
				},
			})),
		},
	],
	["trunk.not.up", "away for three minutes", withTrunk({ trouble: away("2026-11-27T11:57:00.000Z") })],
	["voice.english", "callers of a queue", { ...healthy, englishVoice: { ...speaks, queues: [service] } }],
	["voice.english", "consent", { ...healthy, englishVoice: { ...speaks, policies: [service, service] } }],
	["voice.english", "an apology", { ...healthy, englishVoice: { ...speaks, campaigns: [service] } }],
	["trunk.keys.clear", "by UDP", withTrunk({ encrypted: true })],
	["trunk.full", "full a while ago", withTrunk({ full: { most: 30, since: "2026-11-27T11:57:00.000Z" } })],
	["trunk.none", "none at all", { ...healthy, trunks: [], people: [{ ...agent, permissions: mayCall }] }],
	["trunk.none", "switched off", { ...withTrunk({ enabled: false }), people: [{ ...agent, permissions: mayCall }] }],
	[
		"mailbox.readonly",
		"nothing may be moved",
		{
			...healthy,
			mailboxes: [{ id: "shop.example/a", address: "a@shop.example", host: "mail.example", isReadOnly: true }],
		},
	],
	[
		"panel.page.refused",
		"a page",
		withDeployment({ troubles: { pages: { ...trouble, origin: "https://x.example" } } }),
	],
	[
		"group.empty.beside",
		"one of two",
		{
			...withDeployment({ groups: ["g1", "g2"] }),
			groups: [...(healthy.groups ?? []), { id: "g2", name: "New", memberCount: 0 }],
		},
	],
	[
		"user.without.group",
		"a new colleague",
		{ ...healthy, people: [agent, { ...agent, id: "p2", name: "Ben", groups: [] }] },
	],
	["group.gone", "one of two", withDeployment({ groups: ["g1", "g2"] })],
	["group.empty", "nobody", { ...healthy, groups: [{ id: "g1", name: "Agents", memberCount: 0 }] }],
	[
		"user.without.permission",
		"no role",
		{ ...healthy, people: [agent, { ...agent, id: "p2", name: "Ben", permissions: [] }] },
	],
	["user.inactive", "left", { ...healthy, people: [agent, { ...agent, id: "p2", name: "Ben", active: false }] }],
	["user.without.license", "too low", withAgent({ licenses: ["collaborate"] })],
	["user.without.license", "none", withAgent({ licenses: [] })],
	["user.without.queue", "none", withAgent({ queues: 0 })],
	["user.without.station", "none", withAgent({ hasStation: false })],
	[
		"permission.held.by.nobody",
		"administrators alone",
		{ ...withDeployment({ groups: [] }), people: [{ ...agent, permissions: ["*"], queues: 3 }] },
	],
];

describe("one thing is broken, and exactly that is found", () => {
	test.each(broken)("%s: %s", (code, _what, facts) => {
		expect(codesOf(facts)).toEqual([code]);
	});

	it("deployment.names.alike and deployment.full", () => {
		const names = ["Panel", "panel ", "A", "B", "C"];
		const deployments = names.map((name, at) => ({ ...deployment, id: `d${at}`, name }));
		expect(new Set(codesOf({ ...healthy, deployments }))).toEqual(
			new Set(["deployment.names.alike", "deployment.full", "client.shared"]),
		);
		const six = [...deployments, { ...deployment, id: "d6", name: "D" }];
		expect(codesOf({ ...healthy, deployments: six })).toContain("deployment.limit");
	});
});

it("to activate a deployment that has no script was offered as a safe step", () => {
	const [found, ...others] = checkOrganization(withDeployment({ active: false, hasScript: false }));
	expect(others).toEqual([]);
	expect(found && textKeysOf(found)).toEqual({
		cause: "deployment.inactive.bare.cause",
		cure: "deployment.inactive.bare.cure",
	});
	expect(found?.cure.fix).toBeUndefined();
});

it("what a client lacks was told once nobody could sign in any more: of one that is switched off nobody said it", () => {
	const off = { ...deployment, active: false };
	for (const [part, field, cure] of [
		[{ active: false }, "state", "client.inactive.cure"],
		[{ grant: "CLIENT-CREDENTIALS" }, "grant", "client.wrong.grant.cure"],
		[{ redirectUris: [] }, "redirectUris", "client.without.redirect.cure"],
		[{ scopes: [] }, "scopes", "client.without.scopes.cure"],
		[{ lifetime: 1 }, "lifetime", "client.lifetime.cure"],
	] as const) {
		const found = checkOrganization({ ...healthy, clients: [{ ...client, ...part }], deployments: [off] });
		const [told] = found.filter(({ code }) => code === "client.not.ready");
		expect(told, field).toMatchObject({ severity: "warning", about: { id: crm }, cure: { at: { field } } });
		expect(told && textKeysOf(told).cure).toBe(cure);
		const state = found.find(({ code }) => code === "deployment.inactive");
		expect([state?.cure.fix, state && textKeysOf(state).cure]).toEqual([undefined, "deployment.inactive.unready.cure"]);
	}
	const [ready, ...others] = checkOrganization({ ...healthy, deployments: [off] });
	expect([ready?.cure.fix, others]).toEqual([{ do: "activateDeployment", deploymentId: "d1" }, []]);
	const nobodys = { ...healthy, deployments: [{ ...off, clientId: other, scriptClientIds: [] }] };
	expect(checkOrganization(nobodys)[0]?.cure.fix).toBeUndefined();
});

it("of a client that a switched-off deployment names, and the organization does not have, nothing was said", () => {
	const off = { ...deployment, active: false };
	const byScript = { ...off, clientId: undefined, scriptClientIds: [other], faults: [unknownClient] };
	const staged = { version: 2, groups: ["g1"], scriptClientIds: [other], faults: [unknownClient] };
	for (const [part, field] of [
		[{ ...off, clientId: other, scriptClientIds: [] }, "client"],
		[byScript, "script"],
		[{ ...off, clientId: undefined, staged }, "script"],
	] as const) {
		const [state, told, ...others] = checkOrganization({ ...healthy, deployments: [part] });
		expect([state?.code, state?.cure.fix, others]).toEqual(["deployment.inactive", undefined, []]);
		const cause = { say: "client.not.ready.unknown.cause", values: { deployments: "Panel", id: other } };
		expect(told, field).toMatchObject({
			code: "client.not.ready",
			about: { id: "d1" },
			cause,
			cure: { at: { field } },
		});
		expect(told && textKeysOf(told).cure).toBe("client.unknown.cure");
	}
	const [state, beside, ...others] = checkOrganization({ ...healthy, deployments: [{ ...byScript, clientId: crm }] });
	expect([state?.cure.fix?.do, beside?.code, others]).toEqual(["activateDeployment", "client.unknown.beside", []]);
});

it("a deployment whose members had all left was said to be used", () => {
	const [found, ...others] = checkOrganization(withAgent({ active: false }));
	expect(found?.cause.say).toBe("group.empty.inactive.cause");
	expect(others.map(({ code }) => code)).toEqual(["permission.held.by.nobody", "user.inactive"]);
});

it("a page that was let in meanwhile was still said to be refused", () => {
	const pages = { ...trouble, origin: "https://crm.example" };
	expect(codesOf(withDeployment({ troubles: { pages } }))).toEqual([]);
});

it("nobody is outside where a deployment is for everybody", () => {
	const people = [agent, { ...agent, id: "p2", name: "Ben", groups: [] }];
	expect(codesOf({ ...withDeployment({ groups: [] }), people })).toEqual([]);
});

it("what the reader may not see leads to no finding", () => {
	const { clients: _clients, people: _people, groups: _groups, ...rest } = withDeployment({ clientId: other });
	expect(checkOrganization(rest)).toEqual([]);
});

it("a missing redirect URI that comes near another says in what they differ, and its fix adds the right one", () => {
	const [found] = checkOrganization(uris("https://panel.example:8443/crm/index.html"));
	expect(found?.cause).toEqual({
		say: "client.without.redirect.near.cause",
		values: {
			client: "CRM",
			wanted: `${origin}/crm/index.html`,
			found: "https://panel.example:8443/crm/index.html",
			differs: "port",
		},
	});
	expect(found?.cure.fix).toEqual({ do: "addRedirectUris", clientId: crm, uris: [`${origin}/crm/index.html`] });
});

test.each([
	["http://panel.example/crm/index.html", "scheme"],
	["https://panel.example:444/crm/index.html", "port"],
	["https://crm.example/crm/index.html", "host"],
	["https://Panel.example/crm/index.html", "case"],
	["https://panel.example/crm/index.html/", "slash"],
	["https://panel.example/crm//index.html", "slash"],
	["https://panel.example/crm/index.htm", "path"],
	["https://panel.example/crm/index.html?x=1", "path"],
	["https://other.example/elsewhere", undefined],
	["https://panel.example/crm/index.html", undefined],
	["nonsense", undefined],
])("%s differs from what the panel sends in: %s", (uri, differs) => {
	expect(uriDifference(uri, `${origin}/crm/index.html`)).toBe(differs);
});

it("the likeliest slip is told, of several", () => {
	const wanted = [`${origin}/crm/index.html`];
	expect(nearestUri(["https://x.example/crm/index.html", `${origin}/crm/index.html/`], wanted)?.differs).toBe("slash");
});

it("a script's ids are read in order, each once, and not those in comments", () => {
	expect(clientIdsIn(`// ${other}\nconst a = "${crm}"; /* ${other} */ b = "${crm}"`)).toEqual([crm]);
	const config = `const queue = "${other}"; config = { clientIds: { "a.example": '${crm}', b: "of-b" } }`;
	expect(clientIdsIn(config)).toEqual([crm, "of-b"]);
	expect(clientIdsIn(`config = { clientIds: { a: ID } }; const ID = "${crm}";`)).toEqual([crm]);
});

it("a fault in the version that some groups have first was found by nobody, and is told as that version's", () => {
	const [found] = checkOrganization(withStaged({ faults: [fault("error")] }));
	expect(found?.cause).toMatchObject({ say: "script.fault.staged.cause", values: { version: 2, line: 3 } });
	expect(found?.cure).toMatchObject({ line: 3, version: 2 });
});

it("a client with which only the version of some groups signs in was not looked at, and was called unused", () => {
	const clients = [
		client,
		{ ...client, id: other, name: "Next", active: false, created: "2026-01-01", lastUsed: null },
	];
	const facts = { ...withDeployment({ clientId: undefined }), clients };
	const staged = { version: 2, groups: ["g1"], scriptClientIds: [other], faults: [] };
	const [found] = checkOrganization({ ...facts, deployments: facts.deployments.map((one) => ({ ...one, staged })) });
	expect(found).toMatchObject({ code: "client.inactive", about: { id: other } });
});

it("a queue's id in a script was taken for a client that is gone", () => {
	const named = withDeployment({ scriptClientIds: [other], clientId: undefined, faults: [] });
	expect(codesOf(named)).not.toContain("client.unknown");
	expect(codesOf(withDeployment({ scriptClientIds: [other], faults: [] }))).toEqual([]);
});

it("a client's id that a script names elsewhere was taken for the one that signs in", () => {
	const named = { scriptClientIds: [other, crm], faults: [unknownClient] };
	expect(signInChoice(named, healthy)).toMatchObject({ source: "bundled", unknown: other });
});

it("an id in capitals, by which the server finds no client, was said to be one's", () => {
	const named = withDeployment({ scriptClientIds: [crm.toUpperCase()], clientId: undefined, faults: [unknownClient] });
	expect(codesOf(named)).toContain("client.unknown");
});

it("who has no station is led to where one is given", () => {
	expect(checkOrganization(withAgent({ hasStation: false }))[0]?.cure.at?.field).toBe("station");
});

it("who names an unknown client is served by another, and both are told", () => {
	const choice = signInChoice({ scriptClientIds: [other], clientId: crm, faults: [unknownClient] }, healthy);
	expect(choice).toEqual({ client, source: "configuration", unknown: other });
	const [found] = checkOrganization(withDeployment({ scriptClientIds: [other], faults: [unknownClient] }));
	expect([found?.code, found?.cause.say]).toEqual(["client.unknown.beside", "client.unknown.beside.cause"]);
	expect(found?.severity).toBe("warning");
});

describe("texts", () => {
	const keys = new Set(Object.keys(findingTexts));

	it.each(findingCodes)("%s has a cause and a cure", (code) => {
		const { cause, cure } = textKeysOf({ code, cause: { say: `${code}.cause`, values: {} } });
		expect(keys).toContain(cause);
		expect(keys).toContain(cure);
	});

	it("every sentence belongs to a code", () => {
		const strays = [...keys].filter((key) => !findingCodes.some((code) => key.startsWith(`${code}.`)));
		expect(strays).toEqual([]);
	});

	it("every finding fills what its sentences name", () => {
		for (const [, , facts] of broken)
			for (const found of checkOrganization(facts)) {
				const { cause, cure } = textKeysOf(found);
				const named = [cause, cure].flatMap((key) =>
					[...findingTexts[key].matchAll(/\{(\w+)(?:\}|, plural,)/g)].map(([, name]) => name),
				);
				for (const name of named) expect(Object.keys(found.cause.values), found.code).toContain(name);
			}
	});
});

it("told the ids of what had failed in a panel: who is to mend it knows names", () => {
	const detail = `framework.js names “${other}” and ${crm.toUpperCase()}`;
	const at = healthy.now;
	const facts = withDeployment({ troubles: { scripts: { count: 1, code: "script.threw", detail, at } } });
	const [found] = checkOrganization(facts).filter(({ code }) => code === "script.failing");
	expect(found?.cause.values.detail).toBe(`framework.js names “${other}” and “CRM” (script.threw)`);
});

it("a trunk that has just gone, is switched off, or is played by the demo, was told as one that is away", () => {
	expect(codesOf(withTrunk({}))).toEqual([]);
	expect(codesOf(withTrunk({ trouble: away("2026-11-27T11:58:30.000Z") }))).toEqual([]);
	expect(codesOf(withTrunk({ enabled: false, encrypted: true, trouble: away("2026-11-26T12:00:00.000Z") }))).toEqual(
		[],
	);
	const nobody = { ...healthy, trunks: [], people: [{ ...agent, permissions: mayCall }] };
	expect(codesOf({ ...nobody, playsOutside: true })).toEqual([]);
	expect(codesOf({ ...healthy, trunks: [] }), "nobody is meant to call").toEqual([]);
});

it("a trunk that refuses us is told with its cure, and the way to its page", () => {
	const [found] = checkOrganization(withTrunk({ trouble: away("2026-11-27T11:00:00.000Z", true) }));
	expect(found).toMatchObject({
		...{ severity: "error", since: "2026-11-27T11:00:00.000Z", cause: { say: "trunk.not.up.refused.cause" } },
		cure: { at: { thing: { kind: "trunk", id: "t1", name: "Provider" } } },
	});
	expect(found && textKeysOf(found).cure).toBe("trunk.not.up.refused.cure");
});

it("a trunk whose password was lost was told after two minutes, with the cure of one that is away", () => {
	const trouble = { isRefused: false, needsPassword: true, detail: "In words", since: healthy.now };
	const [found] = checkOrganization(withTrunk({ trouble }));
	expect(found).toMatchObject({ code: "trunk.not.up", cause: { say: "trunk.not.up.password.cause" } });
	expect(found && textKeysOf(found).cure).toBe("trunk.not.up.password.cure");
});

it("since when a mailbox has not been read stood there as the last time; and so did what happened last", () => {
	const trouble = { detail: "wrong password", since: healthy.now };
	const mailboxes = [{ id: "shop.example/a", address: "a@shop.example", host: "mail.example", trouble }];
	expect(checkOrganization({ ...healthy, mailboxes })[0]).toMatchObject({
		since: healthy.now,
		// There was no way from the finding to the mailbox.
		cure: { at: { thing: { kind: "email-address", id: "shop.example/a", name: "a@shop.example" }, field: "mailbox" } },
	});
	const [failing] = checkOrganization(
		withDeployment({ troubles: { refusals: { at: healthy.now, count: 2 } } } as never),
	);
	expect(failing).toMatchObject({ last: healthy.now });
	expect(failing).not.toHaveProperty("since");
});
