import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testPrincipal } from "../test-support/test-api.ts";
import { DeploymentAccess } from "./access.ts";
import { PanelBoot, type PanelClient } from "./boot.ts";
import { publicTypeId } from "./model.ts";
import { StagedReleases } from "./staged-release.ts";
import { deployed, knownClient, knownGroup } from "./test-support/deployed.ts";

const publicUrl = "http://api.example";
const panelUrl = "http://panel.example";
const client = (id: string, change: Partial<PanelClient> = {}): PanelClient => ({
	id,
	name: `Client ${id}`,
	active: true,
	grantType: "CODE",
	redirectUris: [`${panelUrl}/crm/index.html`],
	...change,
});

let place: Awaited<ReturnType<typeof deployed>>;
let boot: PanelBoot;
let clients: PanelClient[];

beforeEach(async () => {
	place = await deployed();
	clients = [client("bundled")];
	boot = new PanelBoot(place.deployments, {
		organization: async () => ({ id: "org", name: "Acme", country: "US" }),
		client: async (id) => clients.find((one) => one.id === id),
		bundledClientId: async () => "bundled",
		grantsOf: async () => [],
		embedAllowList: async () => ["https://everywhere.example"],
		publicUrl,
		panelUrl,
		region: "local",
		demo: false,
	});
});
afterEach(() => place.close());

describe("a panel boots", () => {
	it("the deployment that its address names", async () => {
		await place.active("Other");
		const { id } = await place.active("Sales", { allowedOrigins: ["https://crm.example"] });
		expect(await boot.boot({ deployment: id })).toEqual({
			organization: { id: "org", name: "Acme", country: "US" },
			api: publicUrl,
			region: "local",
			demo: false,
			hosts: ["https://crm.example", "https://everywhere.example"],
			deployment: { id, name: "Sales", kind: "private", active: true },
			script: { url: `/crm/deployments/${id}/framework.js?v=1&guards=1`, version: 1 },
		});
	});

	it("a public one by its partner's name, whatever the case", async () => {
		const { id } = await place.active("Partner", { partnerName: "Acme-Crm" }, publicTypeId);
		expect((await boot.boot({ name: "acme-CRM" })).deployment).toMatchObject({ id, kind: "public" });
		expect((await boot.boot({ name: "acme" })).problem?.code).toBe("deployment.not.found");
	});

	it("the only active private one when its address names none", async () => {
		const { id } = await place.active("Only");
		await place.deployments.install({ name: "Off", typeId: "private-embeddable-framework" });
		await place.active("Public", { partnerName: "acme" }, publicTypeId);
		expect((await boot.boot({})).deployment?.id).toBe(id);
	});

	it("none of several: it offers them", async () => {
		const first = await place.active("First", { allowedOrigins: ["https://a.example"] });
		const second = await place.active("Second", { allowedOrigins: ["https://b.example"] });
		const answer = await boot.boot({});
		expect(answer.choices?.map((one) => one.id)).toEqual([first.id, second.id]);
		expect(answer.problem?.code).toBe("deployment.ambiguous");
		expect(answer).not.toHaveProperty("script");
		const hostsFor = async (wanted: object) => (await boot.policyFor(wanted)).hosts;
		expect(await hostsFor({})).toEqual(["https://a.example", "https://b.example", "https://everywhere.example"]);
		expect(await hostsFor({ deployment: first.id })).toEqual(["https://a.example", "https://everywhere.example"]);
	});

	it("a public one that came back from its sign-in was framed and fed as the only private one: its page stayed blank", async () => {
		await place.active("Private", { allowedOrigins: ["https://a.example"] });
		const more = { partnerName: "acme", allowedOrigins: ["https://b.example"], scriptOrigins: ["https://cdn.example"] };
		await place.active("Public", more, publicTypeId);
		const returned = await boot.policyFor({});
		expect(returned.hosts).toEqual(["https://a.example", "https://b.example", "https://everywhere.example"]);
		expect(returned.scriptSources).toEqual(["https://cdn.example"]);
		// Whoever opens the address without a name opens the private one.
		expect(await boot.embeddersFor({})).toEqual(["https://a.example", "https://everywhere.example"]);
		expect(await boot.embeddersFor({ name: "acme" })).toEqual(["https://b.example", "https://everywhere.example"]);
	});

	it("with more scripts from where its own script or its configuration says; before it is known which, from all", async () => {
		const script =
			'var s = document.createElement("script"); s.src = "https://cdn.example/jquery.js"; window.Framework = {};';
		const first = await place.active("First", { frameworkJs: script, scriptOrigins: ["https://more.example"] });
		await place.active("Second", { frameworkJs: 'load("//lib.example/a.js")' });
		const sourcesFor = async (wanted: object) => (await boot.policyFor(wanted)).scriptSources;
		expect(await sourcesFor({ deployment: first.id })).toEqual(["https://more.example", "https://cdn.example"]);
		expect(await sourcesFor({})).toEqual(["https://more.example", "https://cdn.example", "lib.example"]);
	});

	it("what stands in the script as http://localhost, or as a name of the local network, was blocked all the same", async () => {
		const frameworkJs =
			'fetch("http://localhost:9000/a"); fetch("https://crm/b"); fetch("http://127.0.0.1:9001"); a("//note")';
		const { id } = await place.active("One", { frameworkJs });
		const { connections, scriptSources } = await boot.policyFor({ deployment: id });
		expect(scriptSources).toEqual(["http://localhost:9000", "https://crm", "http://127.0.0.1:9001"]);
		expect(connections).toEqual(expect.arrayContaining(["http://localhost:9000", "https://crm"]));
	});

	it("with calls to the servers that stand in its script, embed it or are listed; everywhere only in development", async () => {
		const script =
			'fetch("https://api.crm.example/v1"); new WebSocket("wss://live.crm.example/x"); window.Framework = {};';
		const listed = ["https://more.example"];
		const first = await place.active("First", { frameworkJs: script, connectOrigins: listed });
		const connectionsFor = async (wanted: object) => (await boot.policyFor(wanted)).connections;
		const own = ["https://api.crm.example", "wss://live.crm.example", "https://more.example", "wss://more.example"];
		const found = await connectionsFor({ deployment: first.id });
		expect(found).toEqual(["https://everywhere.example", ...own]);
		expect((await boot.policyFor({ deployment: first.id })).scriptSources).toEqual(["https://api.crm.example"]);
		const open = await place.active("Open", { development: true });
		expect(await connectionsFor({ deployment: open.id })).toBe("anywhere");
	});

	it("isolated, and without the token, where the configuration demands it or the script asks; each can be said otherwise", async () => {
		const asking = "window.Framework = { config: { settings: { isolation: true } } };";
		const told = async (properties: Record<string, unknown>) => {
			const { id } = await place.active("One", properties);
			const { deployment } = await boot.boot({ deployment: id });
			return [deployment?.isolation === true, deployment?.withholdsToken === true];
		};
		expect(await told({})).toEqual([false, false]);
		expect(await told({ isolation: true })).toEqual([true, true]);
		expect(await told({ frameworkJs: asking })).toEqual([true, true]);
		expect(await told({ frameworkJs: asking, scriptToken: true })).toEqual([true, false]);
		expect(await told({ scriptToken: false })).toEqual([false, true]);
	});

	it("a version that some groups have first by its own rules, and with what either version may reach", async () => {
		const asking = 'load("https://b.example/x.js"); window.Framework = { config: { settings: { isolation: true } } };';
		const { id } = await place.active("One", { frameworkJs: 'load("https://a.example/x.js");' });
		await new StagedReleases(place.deployments).upload(id, asking, { groups: [knownGroup] });
		const { deployment, script } = await boot.boot({ deployment: id });
		expect(deployment).not.toHaveProperty("isolation");
		expect(script).toEqual({
			...{ url: `/crm/deployments/${id}/framework.js?v=1&guards=1`, version: 1 },
			staged: {
				...{ url: `/crm/deployments/${id}/framework.js?v=2&guards=1`, version: 2 },
				...{ isolation: true, withholdsToken: true },
			},
		});
		const { scriptSources, connections } = await boot.policyFor({ deployment: id });
		expect(scriptSources).toEqual(["https://a.example", "https://b.example"]);
		expect(connections).toEqual(expect.arrayContaining(["https://a.example", "https://b.example"]));
	});

	it("a script that reads its own text, or works for long, could not be had without guards", async () => {
		const { id } = await place.active("One", { withoutGuards: true });
		const { script, deployment } = await boot.boot({ deployment: id });
		expect(script?.url).toBe(`/crm/deployments/${id}/framework.js?v=1`);
		// For whoever tries a script that is not uploaded yet.
		expect(deployment?.withoutGuards).toBe(true);
	});

	it("asks a new script anew whether it is isolated", async () => {
		const { id } = await place.active("One", { frameworkJs: "window.Framework = {};" });
		const isIsolated = async () => (await boot.boot({ deployment: id })).deployment?.isolation === true;
		expect(await isIsolated()).toBe(false);
		await place.configure(id, { frameworkJs: "window.Framework = { config: { settings: { isolation: true } } };" });
		expect(await isIsolated()).toBe(true);
	});

	it("an isolated script in a page without an origin, which reaches its own servers and neither API nor panel", async () => {
		const { id } = await place.active("One", {
			allowedOrigins: ["https://crm.example"],
			scriptOrigins: ["https://cdn.example"],
			connectOrigins: ["https://more.example"],
		});
		const policy = (await boot.isolatedPolicy(id, panelUrl)) ?? "";
		const directives = Object.fromEntries(
			policy.split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1).join(" ")]),
		);
		expect(directives).toMatchObject({
			sandbox: "allow-scripts",
			"default-src": "'none'",
			"script-src": `${panelUrl}/crm/assets/ ${panelUrl}/crm/deployments/ https://cdn.example`,
			"connect-src": "https://cdn.example https://more.example wss://more.example",
			"worker-src": "blob:",
			"form-action": "'none'",
			"frame-ancestors": `${panelUrl} 'self' https://crm.example https://everywhere.example`,
		});
		await place.deployments.switch(id, "DISABLED");
		expect(await boot.isolatedPolicy(id, panelUrl)).toBeUndefined();
	});

	it("a script of the developer's own machine only where its configuration allows development", async () => {
		const closed = await place.active("Closed");
		const open = await place.active("Open", { development: true });
		expect((await boot.boot({ deployment: closed.id })).deployment).not.toHaveProperty("development");
		expect((await boot.boot({ deployment: open.id })).deployment?.development).toBe(true);
		expect((await boot.policyFor({ deployment: closed.id })).scriptSources).toEqual([]);
		expect((await boot.policyFor({ deployment: open.id })).scriptSources).toContain("https://localhost:*");
	});

	it("nothing, and says so, when there is none, or not that one", async () => {
		expect((await boot.boot({})).problem?.code).toBe("deployment.not.found");
		for (const deployment of [randomUUID(), "x"])
			expect((await boot.boot({ deployment })).problem?.text).toContain(deployment);
	});

	it("nothing that is switched off or has no script", async () => {
		const { id } = await place.active("Sales");
		await place.deployments.switch(id, "DISABLED");
		const off = await boot.boot({ deployment: id });
		expect(off.problem).toMatchObject({ code: "deployment.inactive", text: expect.stringContaining("“Sales”") });
		expect(off).not.toHaveProperty("script");
		await place.configure(id, { frameworkJs: "" });
		await place.deployments.switch(id, "ENABLED");
		expect((await boot.boot({ deployment: id })).problem?.code).toBe("deployment.without.script");
	});
});

describe("a panel signs in", () => {
	it("with the first of its script's clients that this organization has", async () => {
		clients.push(client("mine"), client("second"));
		expect(await boot.signIn({ clientIds: ["foreign", "mine", "second"] })).toEqual({
			clientId: "mine",
			grant: "code",
			redirectUri: `${panelUrl}/crm/index.html`,
		});
	});

	it("else with its deployment's own, else with the bundled one", async () => {
		clients.push(client(knownClient));
		const own = await place.active("Own", { clientId: knownClient });
		expect((await boot.signIn({ deployment: own.id, clientIds: ["foreign"] })).clientId).toBe(knownClient);
		const none = await place.active("None");
		expect((await boot.signIn({ deployment: none.id, clientIds: ["foreign"] })).clientId).toBe("bundled");
		// Not in silence: whoever wrote the id reads which client signs in instead.
		const { note } = await boot.signIn({ deployment: none.id, clientIds: ["foreign"] });
		expect(note).toContain("names the OAuth client foreign");
		expect(note).toContain("(bundled) instead");
		expect(await boot.signIn({ deployment: none.id, clientIds: [] })).not.toHaveProperty("note");
		clients = [];
		expect((await boot.signIn({ clientIds: ["foreign"] })).problem).toMatchObject({
			code: "client.unknown",
			text: expect.stringContaining("foreign"),
		});
	});

	it("by the implicit grant where the client says so, in a window of its own where that is registered", async () => {
		const redirectUris = ["https://elsewhere.example", `${panelUrl}/crm/authWindow.html`];
		redirectUris.push(`${panelUrl}/crm/embeddableFramework.html`);
		clients.push(client("implicit", { grantType: "TOKEN", redirectUris }));
		expect(await boot.signIn({ clientIds: ["implicit"] })).toEqual({
			clientId: "implicit",
			grant: "token",
			redirectUri: `${panelUrl}/crm/embeddableFramework.html`,
			windowRedirectUri: `${panelUrl}/crm/authWindow.html`,
		});
	});

	it("at the address from before it had an origin of its own, until the client has the new one", async () => {
		clients.push(client("old", { redirectUris: [`${publicUrl}/crm/index.html`] }));
		expect((await boot.signIn({ clientIds: ["old"] })).redirectUri).toBe(`${publicUrl}/crm/index.html`);
		clients.push(client("both", { redirectUris: [publicUrl, panelUrl].map((origin) => `${origin}/crm/index.html`) }));
		expect((await boot.signIn({ clientIds: ["both"] })).redirectUri).toBe(`${panelUrl}/crm/index.html`);
	});

	it.each<[string, Partial<PanelClient>, string]>([
		["disabled", { active: false }, "client.inactive"],
		[
			"for programs, not a missing redirect",
			{ grantType: "CLIENT-CREDENTIALS", redirectUris: [] },
			"client.wrong.grant",
		],
		["without our address", { redirectUris: ["https://elsewhere.example/crm/index.html"] }, "client.without.redirect"],
	])("not with a client that is %s, and says so", async (_what, change, code) => {
		clients.push(client("mine", change));
		const answer = await boot.signIn({ clientIds: ["mine"] });
		expect(answer.clientId).toBeUndefined();
		expect(answer.problem).toMatchObject({ code, text: expect.stringContaining("Client mine") });
	});
});

describe("a user may use a deployment", () => {
	const agent = { permission: "integration:customEmbeddableFramework:agent", divisions: "all" as const };
	const members = new Map<string, string[]>();
	const unlicensed = new Set<string>();
	const access = new DeploymentAccess({
		groupsOf: async (userId) => members.get(userId) ?? [],
		licensesOf: async (userId) => (unlicensed.has(userId) ? ["collaborate"] : ["communicate"]),
		groupNames: async (ids) => ids.filter((id) => id === knownGroup).map(() => "Sales team"),
	});
	const user = (grants = [agent]) => testPrincipal({ userId: randomUUID(), grants });

	it("with the license that the guide asks for, and not below it", async () => {
		const deployment = await place.active(`Licensed ${randomUUID()}`, {});
		const principal = user();
		expect(await access.problem(deployment, principal)).toBeUndefined();
		unlicensed.add(principal.userId ?? "");
		expect((await access.problem(deployment, principal))?.code).toBe("user.without.license");
	});

	it("that is for nobody in particular, with the permission alone", async () => {
		const one = await place.active("Sales", { groups: [] });
		expect(await access.problem(one, user())).toBeUndefined();
	});

	it("that is for their group", async () => {
		const one = await place.active("Sales", { groups: [knownGroup] });
		const [inside, outside] = [user(), user()];
		members.set(inside.userId ?? "", [randomUUID(), knownGroup]);
		expect(await access.problem(one, inside)).toBeUndefined();
		for (const who of [outside, testPrincipal()])
			expect(await access.problem(one, who)).toMatchObject({
				code: "user.not.in.group",
				text: expect.stringContaining("Sales team"),
			});
	});

	it("whose address names none of several: the signed-in user had to choose though their groups say which", async () => {
		const all = await place.active("Everybody");
		const sales = await place.active("Sales", { groups: [knownGroup] });
		const [inside, outside] = [user(), user()];
		members.set(inside.userId ?? "", [knownGroup]);
		const idsFor = async (who: ReturnType<typeof user>, local = false) =>
			(await boot.choicesFor(who, access, { local })).choices.map((one) => one.id);
		expect(await idsFor(inside)).toEqual([sales.id]);
		expect(await idsFor(outside)).toEqual([all.id]);
		const other = await place.active("Other", { development: true });
		expect(await idsFor(outside)).toEqual([all.id, other.id]);
		expect(await boot.choicesFor(user([]), access, {})).toMatchObject({
			choices: [],
			problem: { code: "user.without.permission" },
		});
		expect(await idsFor(outside, true), "local mode means one that allows it").toEqual([other.id]);
		expect((await boot.boot({ local: true })).deployment?.id).toBe(other.id);
	});

	it("but not without the permission, which public deployments do not ask for", async () => {
		const one = await place.active("Sales", { groups: [knownGroup] });
		expect((await access.problem(one, user([])))?.code).toBe("user.without.permission");
		const open = await place.active("Partner", {}, publicTypeId);
		expect(await access.problem(open, user([]))).toBeUndefined();
	});

	it("but not while it is off or has no script, whoever they are", async () => {
		const { id } = await place.active("Sales");
		const off = await place.deployments.switch(id, "DISABLED");
		expect((await access.problem(off, user()))?.code).toBe("deployment.inactive");
		const bare = await place.deployments.install({ name: "Bare", typeId: publicTypeId });
		const on = await place.deployments.switch(bare.id, "ENABLED");
		expect((await access.problem(on, user()))?.code).toBe("deployment.without.script");
	});

	it("whose groups have all gone: it says so", async () => {
		const one = await place.active("Sales", { groups: [knownGroup] });
		const gone = { ...one, properties: { ...one.properties, groups: [randomUUID()] } };
		expect((await access.problem(gone, user()))?.text).toContain("no longer exist");
	});
});
