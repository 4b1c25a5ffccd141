import { randomUUID } from "node:crypto";
import type { LintFinding } from "@inlay/framework";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OperatorLog } from "../kernel/operator-log.ts";
import { NoAnswer } from "../kernel/threads/side-thread.ts";
import { keptLog } from "../test-support/log-lines.ts";
import { departures } from "../test-support/platform-shape.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { DeploymentAccess } from "./access.ts";
import { PanelBoot, type PanelClient } from "./boot.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { examineScript } from "./lint-script.ts";
import { maxScriptBytes, privateTypeId, publicTypeId } from "./model.ts";
import { PanelPages } from "./panel-pages.ts";
import { integrationRoutes } from "./routes.ts";
import { scriptRoutes } from "./script-routes.ts";
import { StagedReleases } from "./staged-release.ts";
import { deployed, knownClient, knownGroup } from "./test-support/deployed.ts";
import { useRoutes } from "./use-routes.ts";

let place: Awaited<ReturnType<typeof deployed>>;
let api: TestApi;
const base = "/api/v2/integrations";
const publicUrl = "http://api.example";
const panelUrl = "http://panel.example";

/** OAuth clients of the organization, by id. */
const clients = new Map<string, PanelClient>();

/** What an operator reads. */
const { log, lines: operatorLines } = keptLog();

beforeAll(async () => {
	place = await deployed();
	const { deployments } = place;
	const groupsOf = async (userId: string) => (userId === memberId ? [knownGroup] : []);
	const access = new DeploymentAccess({ groupsOf, groupNames: async () => ["Sales team"] });
	const boot = new PanelBoot(deployments, {
		organization: async () => ({ id: "org", name: "Acme", country: "US" }),
		client: async (id) => clients.get(id),
		bundledClientId: async () => undefined,
		embedAllowList: async () => [],
		publicUrl,
		panelUrl,
		region: "local",
		demo: false,
	});
	const operators = new OperatorLog(log, place.kernel.clock);
	api = await testApi(
		[
			...integrationRoutes(deployments, access),
			...scriptRoutes(deployments, new StagedReleases(deployments)),
			...useRoutes(deployments, {
				usersAtWork: async () => [...atWork],
				grantsOf: async () => [],
				groupsOfAll: async () => new Map(),
				people: async (ids) => ids.map((id) => ({ id, name: "Root", divisionId: "home" })),
			}),
			...deliveryRoutes({
				deployments,
				access,
				boot,
				pages: new PanelPages("/nowhere"),
				panelUrl,
				isAtWork: async (userId) => atWork.has(userId),
				timesOf: async () => undefined,
				operators,
			}),
		],
		{
			root: testPrincipal({ userId: rootId }),
			member: testPrincipal({ userId: memberId }),
			nobody: testPrincipal({ userId: randomUUID(), grants: [] }),
		},
	);
});
afterAll(async () => {
	await api.close();
	await place.close();
});

const rootId = randomUUID();
/** Of the one group that there is. */
const memberId = randomUUID();
/** Users with something in hand. */
const atWork = new Set<string>();

async function call(method: string, url: string, body?: unknown, as = "root") {
	const answer = await api.call(method, url, { as, ...(body === undefined ? {} : { body }) });
	const json = String(answer.headers["content-type"]).startsWith("application/json");
	return { status: answer.statusCode, headers: answer.headers, body: json ? answer.json() : answer.body };
}

let made = 0;
async function installed(name = `Panel ${++made}`, typeId = publicTypeId): Promise<string> {
	return (await call("POST", base, { name, integrationType: { id: typeId } })).body.id;
}

describe("integrations", () => {
	it("go the platform's way, in its shapes: install, configure, switch on, delete", async () => {
		const created = await call("POST", base, { name: "Sales", integrationType: { id: privateTypeId } });
		expect(created.status).toBe(200);
		expect(departures("Integration", created.body)).toEqual([]);
		expect(created.body).toMatchObject({ intendedState: "DISABLED", reportedState: { code: "INACTIVE" } });
		const config = `${base}/${created.body.id}/config/current`;
		const read = await call("GET", config);
		expect(departures("IntegrationConfiguration", read.body)).toEqual([]);
		const properties = { frameworkJs: "window.Framework = {};", groups: [knownGroup] };
		const put = await call("PUT", config, { ...read.body, properties });
		expect(put).toMatchObject({ status: 200, body: { version: 2, properties } });
		const { findings: _linters, ...kept } = put.body;
		expect((await call("GET", config)).body).toEqual(kept);
		const on = await call("PATCH", `${base}/${created.body.id}`, { intendedState: "ENABLED" });
		expect(on.body).toMatchObject({ intendedState: "ENABLED", reportedState: { code: "ACTIVE" } });
		expect((await call("GET", `${base}/${created.body.id}`)).body).toEqual(on.body);
		const gone = await call("DELETE", `${base}/${created.body.id}`);
		expect(gone).toMatchObject({ status: 200, body: { intendedState: "DELETED" } });
		expect(departures("Integration", gone.body)).toEqual([]);
		expect((await call("GET", config)).status).toBe(404);
	});

	it("that are on without a script are in error and say why", async () => {
		const id = await installed();
		const on = await call("PATCH", `${base}/${id}`, { intendedState: "ENABLED" });
		expect(on.body.reportedState).toMatchObject({ code: "ERROR", detail: { message: expect.any(String) } });
		expect(departures("Integration", on.body)).toEqual([]);
		expect((await call("PATCH", `${base}/${id}`, { intendedState: "DELETED" })).body.intendedState).toBe("DELETED");
		expect((await call("PATCH", `${base}/${id}`, { intendedState: "ENABLED" })).status).toBe(404);
	});

	it("are listed, filtered by type, state and ids", async () => {
		const id = await installed("Listed");
		const all = await call("GET", base);
		expect(departures("IntegrationEntityListing", all.body)).toEqual([]);
		const ids = async (query: string) =>
			(await call("GET", `${base}?${query}`)).body.entities.map((one: { id: string }) => one.id);
		expect(await ids(`ids=${id},x`)).toEqual([id]);
		expect(await ids(`integrationType=${publicTypeId}&reportedState=INACTIVE`)).toContain(id);
		expect(await ids(`integrationType=${privateTypeId}`)).not.toContain(id);
	});

	it("come in types, with a schema for the administration's form", async () => {
		const types = await call("GET", `${base}/types`);
		expect(departures("IntegrationTypeEntityListing", types.body)).toEqual([]);
		const type = await call("GET", `${base}/types/${privateTypeId}`);
		expect(type.body).toMatchObject({ id: privateTypeId, maxInstances: 5 });
		const schema = await call("GET", type.body.configPropertiesSchemaUri);
		expect(departures("JsonSchemaDocument", schema.body)).toEqual([]);
		expect(Object.keys(schema.body.properties)).toContain("frameworkJs");
		expect((await call("GET", `${base}/types/nothing`)).status).toBe(404);
		expect((await call("GET", `${base}/types/${privateTypeId}/configschemas/other`)).status).toBe(404);
	});

	it("refuse a configuration with a stale version, a broken body or text that cannot be stored", async () => {
		const id = await installed();
		const config = `${base}/${id}/config/current`;
		const before = (await call("GET", config)).body;
		const stale = await call("PUT", config, { ...before, version: 7 });
		expect(stale).toMatchObject({ status: 409, body: { code: "version.conflict" } });
		const broken = await call("PUT", config, { ...before, version: "1" });
		expect(broken).toMatchObject({ status: 400, body: { details: [{ fieldName: "version" }] } });
		for (const properties of [{ frameworkJs: '"\u0000"' }, { note: "\u0000" }, { note: "\ud800" }])
			expect((await call("PUT", config, { ...before, properties })).status).toBe(400);
		const large = await call("PUT", config, { ...before, properties: { frameworkJs: "x".repeat(maxScriptBytes + 1) } });
		expect(large).toMatchObject({ status: 413, body: { details: [{ fieldName: "properties.frameworkJs" }] } });
		expect((await call("GET", config)).body).toEqual(before);
	});

	it("are listed as apps only to those who may use them, without their scripts", async () => {
		const open = await place.active("Open", {}, publicTypeId);
		const closed = await place.active("Closed", { groups: [knownGroup] }, publicTypeId);
		for (const [path, model] of [
			["userapps", "UserAppEntityListing"],
			["clientapps", "ClientAppEntityListing"],
		] as const) {
			const apps = await call("GET", `${base}/${path}?pageSize=100`, undefined, "nobody");
			expect(departures(model, apps.body)).toEqual([]);
			const ids = apps.body.entities.map((one: { id: string }) => one.id);
			expect(ids).toContain(open.id);
			expect(ids).not.toContain(closed.id);
			expect(JSON.stringify(apps.body)).not.toContain("window.Framework");
		}
	});

	it("need the permissions of the platform", async () => {
		const id = await installed();
		for (const [method, path, body] of [
			["GET", base],
			["POST", base, { name: "x", integrationType: { id: publicTypeId } }],
			["PATCH", `${base}/${id}`, { intendedState: "ENABLED" }],
			["DELETE", `${base}/${id}`],
			["POST", `/api/inlay/v1/deployments/${id}/scripts`, { source: "1" }],
		] as const)
			expect((await call(method, path, body, "nobody")).status).toBe(403);
	});
});

describe("script versions", () => {
	it("are uploaded, listed, read and restored", async () => {
		const id = await installed();
		const scripts = `/api/inlay/v1/deployments/${id}/scripts`;
		for (const source of ["var n = 1;", "var n = 2;"])
			expect((await call("POST", scripts, { source })).status).toBe(200);
		const { entities } = (await call("GET", scripts)).body;
		expect(entities).toMatchObject([{ version: 2 }, { version: 1, bytes: 10 }]);
		expect((await call("GET", `${scripts}/1`)).body).toMatchObject({ version: 1, source: "var n = 1;" });
		expect((await call("POST", `${scripts}/1/restore`)).body.properties.frameworkJs).toBe("var n = 1;");
		expect((await call("GET", scripts)).body.entities).toHaveLength(3);
		for (const version of ["9", "x", "-1", "99999999999"])
			expect((await call("GET", `${scripts}/${version}`)).status).toBe(404);
		expect((await call("POST", scripts, { source: "var ;" })).status).toBe(400);
		expect((await call("POST", scripts, { source: "import './a.js';" })).body.message).toContain("module");
		expect((await call("POST", scripts, { source: "" })).status).toBe(400);
	});
});

it("what is worth a look in an upload was said by the console alone", async () => {
	const scripts = `/api/inlay/v1/deployments/${await installed()}/scripts`;
	const ids = (id: string) =>
		`window.Framework = { config: { name: "n", clientIds: { a: "${id}" } }, screenpop() {} };`;
	const answer = await call("POST", scripts, { source: ids(randomUUID()) });
	expect(answer.body.findings.map(({ code, line }: LintFinding) => [code, line])).toEqual([
		["client.unknown", 1],
		["key.misspelt", 1],
	]);
	expect(
		(await call("POST", scripts, { source: ids(knownClient).replace("screenpop", "screenPop") })).body.findings,
	).toEqual([]);
});

it("what is worth a look in a script was said after an upload alone, and never of a configuration or of one that came back", async () => {
	const id = await installed();
	const scripts = `/api/inlay/v1/deployments/${id}/scripts`;
	const config = `${base}/${id}/config/current`;
	const misspelt = `window.Framework = { config: { name: "n", clientIds: { a: "${knownClient}" } }, screenpop() {} };`;
	const { body: before } = await call("GET", config);
	const put = { ...before, properties: { ...before.properties, frameworkJs: misspelt } };
	const codes = ({ body }: Awaited<ReturnType<typeof call>>) => body.findings?.map(({ code }: LintFinding) => code);
	const kept = await call("PUT", config, put);
	expect([kept.status, codes(kept)]).toEqual([200, ["key.misspelt"]]);
	const again = await call("PUT", config, { ...kept.body, notes: "The script is as it was." });
	expect([again.status, codes(again)]).toEqual([200, undefined]);
	await call("POST", scripts, { source: "var n = 1;" });
	expect(codes(await call("POST", `${scripts}/1/restore`))).toEqual(["key.misspelt"]);
});

it("a script that nests deeply was said to be no JavaScript", async () => {
	const scripts = `/api/inlay/v1/deployments/${await installed()}/scripts`;
	const { status, body } = await call("POST", scripts, {
		source: `var a = ${"[".repeat(20_000)}${"]".repeat(20_000)};`,
	});
	expect([status, body.message]).toEqual([400, "properties.frameworkJs: nests too deeply to be read (line 1)."]);
});

it("a script that the linter had no time for was refused, or taken without a word", async () => {
	const by = { who: "ann", clientExists: async () => true };
	const busy = { ask: () => Promise.reject(new NoAnswer("its turn did not come")) };
	expect(await examineScript("var n;", by, busy)).toMatchObject({ findings: [{ code: "script.unchecked" }] });
	expect(await examineScript("var ;", by, busy)).toMatchObject({ refusal: expect.stringContaining("JavaScript") });
});

describe("delivery", () => {
	it("hands the script of an active deployment out, to be kept only under its version's address", async () => {
		const { id } = await place.active("Delivered", { frameworkJs: "var delivered;" }, publicTypeId);
		const path = `/crm/deployments/${id}/framework.js`;
		const versioned = await call("GET", `${path}?v=1`);
		expect(versioned).toMatchObject({ status: 200, body: "var delivered;" });
		expect(versioned.headers["content-type"]).toBe("text/javascript; charset=utf-8");
		expect(versioned.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
		for (const query of ["", "?v=2"])
			expect((await call("GET", path + query)).headers["cache-control"]).toBe("no-cache");
		await place.deployments.switch(id, "DISABLED");
		const off = await call("GET", `${path}?v=1`);
		expect(off.status).toBe(404);
		expect(off.headers["cache-control"]).toBe("no-cache");
		expect((await call("GET", "/crm/deployments/nothing/framework.js")).status).toBe(404);
	});

	it("boots without a token and is never kept", async () => {
		const { id } = await place.active("Booted", {}, publicTypeId);
		const answer = await api.call("GET", `/crm/boot.json?deployment=${id}`);
		expect(answer.json()).toMatchObject({ deployment: { id, active: true }, script: { version: 1 } });
		expect(answer.headers["cache-control"]).toBe("no-store");
		const signin = await api.call("GET", `/crm/signin.json?deployment=${id}&clientId=a&clientId=b`);
		expect(signin.json().problem).toMatchObject({ code: "client.unknown", text: expect.stringContaining("client a") });
	});

	it.each([
		"embeddablePane",
		"embeddableFramework",
		"index",
		"authWindow",
		"interaction",
		"acme/index",
		"acme/interaction",
	])("a documented page was not there: /crm/%s.html", async (name) => {
		const answer = await api.call("GET", `/crm/${name}.html`);
		// The client is not built here; a page that is none answers 404.
		expect([answer.statusCode, answer.headers["content-type"]]).toEqual([503, "text/html; charset=utf-8"]);
	});

	it("tells whoever has signed in which deployments an address without one means", async () => {
		const { id } = await place.active("For all");
		expect((await api.call("GET", "/crm/choices.json")).statusCode).toBe(401);
		const { status, headers, body } = await call("GET", "/crm/choices.json");
		expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
		expect(body.choices.map((one: { id: string }) => one.id)).toContain(id);
		expect((await call("GET", "/crm/choices.json", undefined, "nobody")).body.problem.code).toBe(
			"user.without.permission",
		);
		await place.deployments.remove(id);
	});

	it("a reload in a call let nobody in again once the deployment was off, and the caller went back to the queue", async () => {
		const { id } = await place.active("Off in the call", {}, publicTypeId);
		await call("PATCH", `${base}/${id}`, { intendedState: "DISABLED" });
		const refused = { allowed: false, problem: { code: "deployment.inactive" } };
		const before = (await call("GET", `/crm/access.json?deployment=${id}`)).body;
		expect(before).toMatchObject(refused);
		expect(before).not.toHaveProperty("atWork");
		atWork.add(rootId);
		const during = (await call("GET", `/crm/access.json?deployment=${id}`)).body;
		atWork.clear();
		expect(during).toMatchObject({ ...refused, atWork: true });
	});

	it("an administrator could not take the panel from whoever was in a call, and did not see who that was", async () => {
		const { id } = await place.active("Closed now", {}, publicTypeId);
		atWork.add(rootId);
		const use = await call("GET", `/api/inlay/v1/deployments/${id}/use`);
		expect(use.body).toMatchObject({ total: 1, entities: [{ id: rootId, name: "Root" }] });
		const closed = await call("POST", `/api/inlay/v1/deployments/${id}/close`);
		expect(closed.body).toMatchObject({ intendedState: "DISABLED" });
		const during = (await call("GET", `/crm/access.json?deployment=${id}`)).body;
		expect(during).toMatchObject({ allowed: false, problem: { code: "deployment.inactive", now: true } });
		expect(during).not.toHaveProperty("atWork");
		// Switched on and off again it waits again.
		for (const intendedState of ["ENABLED", "DISABLED"]) await call("PATCH", `${base}/${id}`, { intendedState });
		expect((await call("GET", `/crm/access.json?deployment=${id}`)).body).toMatchObject({ atWork: true });
		atWork.clear();
		expect((await call("GET", `/api/inlay/v1/deployments/${id}/use`)).body).toEqual({ total: 0, entities: [] });
	});

	it("of a group that alone may use it, only those at work who are its members are told", async () => {
		const { id } = await place.active("For some", { groups: [knownGroup] }, publicTypeId);
		atWork.add(rootId);
		expect((await call("GET", `/api/inlay/v1/deployments/${id}/use`)).body.total).toBe(0);
		atWork.clear();
	});

	it("tells the signed-in user whether they may, also of a deployment that has gone", async () => {
		const { id } = await place.active("Closed to some", { groups: [knownGroup] }, publicTypeId);
		const path = `/crm/access.json?deployment=${id}`;
		expect((await api.call("GET", path)).statusCode).toBe(401);
		expect((await call("GET", path)).body).toMatchObject({ allowed: false, problem: { code: "user.not.in.group" } });
		await place.configure(id, { groups: [] });
		expect((await call("GET", path)).body).toEqual({ allowed: true, script: 1 });
		await place.deployments.remove(id);
		expect(await call("GET", path)).toMatchObject({
			status: 200,
			body: { allowed: false, problem: { code: "deployment.not.found" } },
		});
	});
});

it("an operator did not see which panels were refused, to whom and why", async () => {
	operatorLines.length = 0;
	const secret = await place.active("Operators", { groups: [knownGroup] });
	await api.call("GET", `/crm/access.json?deployment=${secret.id}`, { as: "root" });
	await api.call("GET", "/crm/boot.json?deployment=nowhere");
	const stranger = { "sec-fetch-dest": "iframe", referer: "https://evil.example/page" };
	await api.http.inject({ method: "GET", url: `/crm/index.html?deployment=${secret.id}`, headers: stranger });
	expect(operatorLines).toMatchObject([
		{
			level: 40,
			event: "panel.refused",
			code: "user.not.in.group",
			deploymentId: secret.id,
			userId: expect.any(String),
		},
		{ level: 40, event: "panel.refused", code: "deployment.not.found", deploymentId: "nowhere" },
		{ level: 40, event: "panel.refused", code: "origin.not.allowed", origin: "https://evil.example" },
	]);
});

it("a panel that was refused by its partner name, in any letters, was counted under no deployment", async () => {
	const crm = await place.active(
		"Partner",
		{ partnerName: "Acme", allowedOrigins: ["https://acme.example"] },
		publicTypeId,
	);
	operatorLines.length = 0;
	const stranger = { "sec-fetch-dest": "iframe", referer: "https://evil.example/page" };
	await api.http.inject({ method: "GET", url: "/crm/acme/index.html", headers: stranger });
	await place.deployments.switch(crm.id, "DISABLED");
	await api.call("GET", "/crm/boot.json?name=ACME");
	expect(operatorLines.filter((line) => line.event === "panel.refused")).toMatchObject([
		{ code: "origin.not.allowed", deploymentId: crm.id, partnerName: "acme" },
		{ code: "deployment.inactive", deploymentId: crm.id, partnerName: "ACME" },
	]);
});

/** What a panel asks for when it is refused with this code, and by whom. */
const refusals: Record<string, () => Promise<{ url: string; as?: string; embedder?: string }>> = {
	"deployment.not.found": async () => ({ url: "/crm/boot.json?name=nobody" }),
	"deployment.inactive": async () => {
		const { id } = await place.deployments.install({ name: "Switched off", typeId: publicTypeId });
		return { url: `/crm/boot.json?deployment=${id}` };
	},
	"deployment.without.script": async () => {
		const { id } = await place.deployments.install({ name: "Bare", typeId: publicTypeId });
		await place.deployments.switch(id, "ENABLED");
		return { url: `/crm/boot.json?deployment=${id}` };
	},
	"user.without.permission": async () => ({
		url: `/crm/access.json?deployment=${(await place.active("Agents only")).id}`,
		as: "nobody",
	}),
	"user.not.in.group": async () => ({
		url: `/crm/access.json?deployment=${(await place.active("Members only", { groups: [knownGroup] })).id}`,
		as: "root",
	}),
	"client.unknown": async () => ({ url: "/crm/signin.json?clientId=of-another-organization" }),
	"client.inactive": async () => {
		clients.set("off", { id: "off", name: "Off", active: false, grantType: "CODE", redirectUris: [] });
		return { url: "/crm/signin.json?clientId=off" };
	},
	"client.without.redirect": async () => {
		clients.set("bare", { id: "bare", name: "Bare", active: true, grantType: "CODE", redirectUris: [] });
		return { url: "/crm/signin.json?clientId=bare" };
	},
	"origin.not.allowed": async () => ({ url: "/crm/index.html", embedder: "https://evil.example/page?token=hunter2" }),
};

it.each(Object.entries(refusals))("an operator did not see a panel that was refused: %s", async (code, refusal) => {
	const { url, as, embedder } = await refusal();
	operatorLines.length = 0;
	await api.http.inject({
		url,
		headers: {
			...(as ? { authorization: `Bearer ${as}` } : {}),
			...(embedder ? { "sec-fetch-dest": "iframe", referer: embedder } : {}),
		},
	});
	const told = operatorLines.filter((line) => line.event === "panel.refused");
	expect(told, JSON.stringify(operatorLines)).toMatchObject([{ level: 40, code }]);
	expect(JSON.stringify(operatorLines)).not.toContain("hunter2");
});

it("an operator did not see that a panel asked for the script of a deployment that is off, or has gone", async () => {
	operatorLines.length = 0;
	const off = await place.deployments.install({ name: "Off", typeId: publicTypeId });
	const gone = randomUUID();
	for (const id of [off.id, gone])
		await api.http.inject({ url: `/crm/deployments/${id}/framework.js`, remoteAddress: "203.0.113.77" });
	expect(operatorLines).toMatchObject([
		{ level: 40, event: "panel.refused", code: "deployment.inactive", deploymentId: off.id, script: true },
		{ level: 40, event: "panel.refused", code: "deployment.not.found", deploymentId: gone, script: true },
	]);
});

describe("a version of framework.js that some groups have first", () => {
	const own = (id: string) => `/api/inlay/v1/deployments/${id}/scripts`;
	const first = "window.Framework = { config: { name: 'first' } };";
	const second = 'load("https://second.example/x.js"); window.Framework = { config: { name: "second" } };';

	/** Active, with a version for everybody and another for the members of a group. */
	async function staged() {
		const { id } = await place.active(`Staged ${++made}`, { frameworkJs: first }, publicTypeId);
		const answer = await call("POST", own(id), { source: second, groups: [knownGroup] });
		return { id, answer };
	}

	it("is theirs alone: who has signed in decides, and their panel finds it where the server says", async () => {
		const { id, answer } = await staged();
		expect(answer).toMatchObject({
			status: 200,
			body: {
				properties: { frameworkJs: first },
				release: { version: 1, staged: { version: 2, groups: [{ id: knownGroup }] } },
			},
		});
		const versionOf = async (who: string) =>
			(await call("GET", `/crm/access.json?deployment=${id}`, undefined, who)).body;
		expect(await versionOf("member")).toMatchObject({ allowed: true, script: 2 });
		expect(await versionOf("root")).toMatchObject({ allowed: true, script: 1 });
		const { body: boot } = await call("GET", `/crm/boot.json?deployment=${id}`);
		expect(boot.script).toMatchObject({ version: 1, staged: { version: 2 } });
		const delivered = await Promise.all(
			[boot.script.url, boot.script.staged.url, `/crm/deployments/${id}/framework.js`].map((url) => call("GET", url)),
		);
		expect(delivered.map(({ body }) => body)).toEqual([first, second, first]);
		expect(delivered[1]?.headers["cache-control"]).toContain("immutable");
		expect((await api.http.inject(`/crm/index.html?deployment=${id}`)).statusCode).toBe(503);
	});

	it("is released to everybody under the number that it has, or withdrawn, and a roll-back ends it", async () => {
		const { id } = await staged();
		expect((await call("POST", `${own(id)}/2/release`)).body).toMatchObject({
			properties: { frameworkJs: second },
			release: { version: 2 },
		});
		expect((await call("GET", own(id))).body.entities.map((one: { version: number }) => one.version)).toEqual([2, 1]);
		expect((await call("PUT", `${own(id)}/1/stage`, { groups: [knownGroup] })).body.release).toEqual({
			version: 2,
			staged: { version: 1, groups: [{ id: knownGroup }] },
		});
		expect((await call("DELETE", `${own(id)}/1/stage`)).body.release).toEqual({ version: 2 });
		await call("PUT", `${own(id)}/1/stage`, { groups: [knownGroup] });
		expect((await call("POST", `${own(id)}/1/restore`)).body.release).toEqual({ version: 3 });
	});

	it("is refused with the field, or by what somebody else has done meanwhile, and nothing is kept", async () => {
		const { id } = await staged();
		const before = (await call("GET", own(id))).body;
		const stage = (body: object, version = 2) => call("PUT", `${own(id)}/${version}/stage`, body);
		for (const groups of [[], [randomUUID()]])
			expect((await stage({ groups, replaces: 2 })).body).toMatchObject({
				status: 400,
				details: [{ fieldName: "groups" }],
			});
		expect((await stage({ groups: [knownGroup] })).body).toMatchObject({ status: 409, code: "version.conflict" });
		expect((await call("POST", own(id), { source: "var x;", groups: [knownGroup], replaces: 1 })).status).toBe(409);
		expect((await stage({ groups: [knownGroup], replaces: 2 }, 1)).body.code).toBe("script.for.everybody");
		expect((await stage({ groups: [knownGroup], replaces: 2 }, 9)).status).toBe(404);
		for (const [method, path] of [
			["POST", "1/release"],
			["DELETE", "1/stage"],
		] as const)
			expect((await call(method, `${own(id)}/${path}`)).body).toMatchObject({ status: 409, code: "version.conflict" });
		expect((await call("POST", own(id), { source: "var = ;", groups: [knownGroup], replaces: 2 })).status).toBe(400);
		expect((await call("GET", own(id))).body).toEqual(before);
		const bare = await installed();
		expect((await call("POST", own(bare), { source: first, groups: [knownGroup] })).body.code).toBe(
			"script.for.nobody",
		);
		expect((await call("GET", own(bare))).body).toEqual({ entities: [], release: {} });
	});

	it("an upload that names what it replaces, and no group, went to everybody", async () => {
		const { id } = await staged();
		const refused = await call("POST", own(id), { source: "var c;", replaces: 2 });
		expect([refused.status, refused.body.code, refused.body.details?.[0]?.fieldName]).toEqual([
			400,
			"invalid.value",
			"replaces",
		]);
	});

	it("what everybody's script did was forgotten as some groups got another", async () => {
		const heard: Record<string, unknown>[] = [];
		place.kernel.operators.listen((line) => heard.push(line));
		const { id } = await staged();
		await call("POST", `${own(id)}/2/release`);
		const changes = heard.filter(({ event }) => event === "deployment.script.changed");
		expect(changes.map(({ forEverybody }) => forEverybody)).toEqual([false, true]);
	});

	it("is told to operators with its groups, and keeps its group from being deleted in silence", async () => {
		const heard: unknown[] = [];
		place.kernel.operators.listen((line) => heard.push(line));
		const { id } = await staged();
		expect(heard.at(-1)).toMatchObject({
			event: "deployment.script.changed",
			staged: { version: 2, groups: [knownGroup] },
		});
		const release = (groupId: string) =>
			place.kernel.database.change((trx) => place.deployments.releaseGroup(trx, groupId, { opens: true }));
		await expect(release(knownGroup)).rejects.toMatchObject({ status: 409, code: "group.in.use" });
		expect(heard.at(-1)).toMatchObject({ event: "access.refused", code: "group.in.use", groupId: knownGroup });
		expect((await call("GET", own(id))).body.release.staged.version).toBe(2);
	});
});
