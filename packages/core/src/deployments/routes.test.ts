import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { departures } from "../test-support/platform-shape.ts";
import { maxScriptBytes, privateTypeId, publicTypeId } from "./model.ts";
import { knownClient, knownGroup } from "./test-support/deployed.ts";
import { base, deploymentApi, rootId } from "./test-support/deployment-api.ts";

let server: Awaited<ReturnType<typeof deploymentApi>>;
let place: (typeof server)["place"];
let api: (typeof server)["api"];

beforeAll(async () => {
	server = await deploymentApi();
	({ place, api } = server);
});
afterAll(() => server.close());

const call: (typeof server)["call"] = (...asked) => server.call(...asked);
const installed: (typeof server)["installed"] = (...named) => server.installed(...named);

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

	it("was switched on again, or deleted, by a page from before somebody had switched it off", async () => {
		const one = `${base}/${await installed()}`;
		const ask = async (method: string, path: string, seen: unknown, body?: object) => {
			const headers = { "if-match": String(seen) };
			const answer = await api.call(method, path, { as: "root", headers, ...(body ? { body } : {}) });
			return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() };
		};
		const old = (await call("GET", one)).headers.etag;
		expect((await ask("PATCH", one, old, { intendedState: "ENABLED" })).status).toBe(200);
		expect((await call("PATCH", one, { intendedState: "DISABLED" })).headers.etag).not.toBe(old);
		for (const refused of [
			await ask("PATCH", one, old, { intendedState: "ENABLED" }),
			await ask("PATCH", one, old, { intendedState: "DELETED" }),
			await ask("DELETE", one, old),
		])
			expect(refused).toMatchObject({ status: 409, body: { code: "version.conflict" } });
		const now = await call("GET", one);
		expect(now.body.intendedState).toBe("DISABLED");
		// Both count from 1: the tag of one of them passed for the other's where the numbers were alike.
		for (const tag of ['"1"', '"2"', '"3"', "3"])
			expect((await ask("DELETE", one, tag)).body, tag).toMatchObject({ status: 409, code: "version.conflict" });
		expect((await ask("PUT", `${one}/config/current`, now.headers.etag, {})).status).toBe(400);
		// The configuration has a version of its own, which a switch leaves as it is: an open page may be saved.
		const config = `${one}/config/current`;
		const read = await call("GET", config);
		expect([read.body.version, read.headers.etag]).toEqual([1, '"1"']);
		expect(await ask("PUT", config, read.headers.etag, read.body)).toMatchObject({ status: 200, etag: '"2"' });
		expect(await ask("PUT", config, '"1"', read.body)).toMatchObject({ status: 409 });
		expect((await ask("DELETE", one, now.headers.etag)).status, "another configuration is another state").toBe(409);
		expect((await ask("DELETE", one, (await call("GET", one)).headers.etag)).status).toBe(200);
	});

	it("were deleted by a change of their state by who may edit them and not delete them", async () => {
		const id = await installed();
		const refused = await call("PATCH", `${base}/${id}`, { intendedState: "DELETED" }, "editor");
		expect([refused.status, refused.body.code]).toEqual([403, "missing.permissions"]);
		expect((await call("PATCH", `${base}/${id}`, { intendedState: "ENABLED" }, "editor")).status).toBe(200);
		expect((await call("PATCH", `${base}/${id}`, { intendedState: "DELETED" })).status).toBe(200);
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

describe("delivery", () => {
	it("puts guards into what panels run, and into nothing else", async () => {
		const frameworkJs = "while (true) {\n\twait();\n}";
		const { id } = await place.active("Guarded", { frameworkJs }, publicTypeId);
		const { script } = (await call("GET", `/crm/boot.json?deployment=${id}`)).body;
		const expected = frameworkJs.replace("{", '{typeof __inlayTurn=="function"&&__inlayTurn(1);');
		// A server that reads a script for the first time, on a busy machine, lets nobody wait for it.
		await expect.poll(async () => (await call("GET", script.url)).body, { timeout: 20_000 }).toBe(expected);
		const guarded = await call("GET", script.url);
		expect(guarded.headers["cache-control"]).toContain("immutable");
		// Another server may put them in otherwise.
		expect((await call("GET", `${script.url}0`)).headers["cache-control"]).toBe("no-cache");
		expect((await call("GET", `/crm/deployments/${id}/framework.js?v=1`)).body).toBe(frameworkJs);
	});

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

	it("a pane that Inlay does not have was a whole second panel, whose phone took the ring away", async () => {
		const pane = (component: string) =>
			api.call("GET", `/crm/embeddablePane.html?${new URLSearchParams({ component })}`, {
				headers: { "accept-language": "de" },
			});
		const answer = await pane("wemActivity");
		expect([answer.statusCode, answer.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
		expect(answer.body).toContain("Inlay hat keinen Bereich namens wemActivity.");
		expect(answer.headers["content-security-policy"]).toContain("script-src 'none'");
		expect((await pane("<script>alert(1)</script>")).body).not.toContain("<script>");
		expect((await pane("")).statusCode).toBe(503);
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
		server.atWork.add(rootId);
		const during = (await call("GET", `/crm/access.json?deployment=${id}`)).body;
		server.atWork.clear();
		expect(during).toMatchObject({ ...refused, atWork: true });
	});

	it("an administrator could not take the panel from whoever was in a call, and did not see who that was", async () => {
		const { id } = await place.active("Closed now", {}, publicTypeId);
		server.atWork.add(rootId);
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
		server.atWork.clear();
		expect((await call("GET", `/api/inlay/v1/deployments/${id}/use`)).body).toEqual({ total: 0, entities: [] });
	});

	it("of a group that alone may use it, only those at work who are its members are told", async () => {
		const { id } = await place.active("For some", { groups: [knownGroup] }, publicTypeId);
		server.atWork.add(rootId);
		expect((await call("GET", `/api/inlay/v1/deployments/${id}/use`)).body.total).toBe(0);
		server.atWork.clear();
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
	server.operatorLines.length = 0;
	const secret = await place.active("Operators", { groups: [knownGroup] });
	await api.call("GET", `/crm/access.json?deployment=${secret.id}`, { as: "root" });
	await api.call("GET", "/crm/boot.json?deployment=nowhere");
	const stranger = { "sec-fetch-dest": "iframe", referer: "https://evil.example/page" };
	await api.http.inject({ method: "GET", url: `/crm/index.html?deployment=${secret.id}`, headers: stranger });
	expect(server.operatorLines).toMatchObject([
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
	server.operatorLines.length = 0;
	const stranger = { "sec-fetch-dest": "iframe", referer: "https://evil.example/page" };
	await api.http.inject({ method: "GET", url: "/crm/acme/index.html", headers: stranger });
	await place.deployments.switch(crm.id, "DISABLED");
	await api.call("GET", "/crm/boot.json?name=ACME");
	expect(server.operatorLines.filter((line) => line.event === "panel.refused")).toMatchObject([
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
		server.clients.set("off", { id: "off", name: "Off", active: false, grantType: "CODE", redirectUris: [] });
		return { url: "/crm/signin.json?clientId=off" };
	},
	"client.without.redirect": async () => {
		server.clients.set("bare", { id: "bare", name: "Bare", active: true, grantType: "CODE", redirectUris: [] });
		return { url: "/crm/signin.json?clientId=bare" };
	},
	"origin.not.allowed": async () => ({ url: "/crm/index.html", embedder: "https://evil.example/page?token=hunter2" }),
};

it.each(Object.entries(refusals))("an operator did not see a panel that was refused: %s", async (code, refusal) => {
	const { url, as, embedder } = await refusal();
	server.operatorLines.length = 0;
	await api.http.inject({
		url,
		headers: {
			...(as ? { authorization: `Bearer ${as}` } : {}),
			...(embedder ? { "sec-fetch-dest": "iframe", referer: embedder } : {}),
		},
	});
	const told = server.operatorLines.filter((line) => line.event === "panel.refused");
	expect(told, JSON.stringify(server.operatorLines)).toMatchObject([{ level: 40, code }]);
	expect(JSON.stringify(server.operatorLines)).not.toContain("hunter2");
});

it("an operator did not see that a panel asked for the script of a deployment that is off, or has gone", async () => {
	server.operatorLines.length = 0;
	const off = await place.deployments.install({ name: "Off", typeId: publicTypeId });
	const gone = randomUUID();
	for (const id of [off.id, gone])
		await api.http.inject({ url: `/crm/deployments/${id}/framework.js`, remoteAddress: "203.0.113.77" });
	expect(server.operatorLines).toMatchObject([
		{ level: 40, event: "panel.refused", code: "deployment.inactive", deploymentId: off.id, script: true },
		{ level: 40, event: "panel.refused", code: "deployment.not.found", deploymentId: gone, script: true },
	]);
});

it("ten at once on top of four left more than five", async () => {
	const install = (name: string) => call("POST", base, { name, integrationType: { id: privateTypeId } });
	const ours = async () => (await place.deployments.overview()).filter(({ typeId }) => typeId === privateTypeId);
	for (let index = 0; (await ours()).length < 4; index++) await install(`Of four ${index}`);
	const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => install(`Of ten ${index}`)));
	const codes = answers.map(({ status, body }) => body.code ?? status).toSorted();
	expect(codes).toEqual([200, ...Array(9).fill("max.integrations.reached")]);
	expect(await ours()).toHaveLength(5);
});

it("each look of a refused panel whether it is let in by now was told to operators as one more refusal", async () => {
	const off = await place.deployments.install({ name: "Off again", typeId: publicTypeId });
	const asked = ["boot", "access", "signin"].map((name) => `/crm/${name}.json?deployment=${off.id}`);
	const ask = (urls: string[]) => Promise.all(urls.map((url) => call("GET", url, undefined, "root")));
	await ask(asked);
	server.operatorLines.length = 0;
	const answers = await ask(asked.map((url) => `${url}&again=true`));
	expect(answers.slice(0, 2).map(({ body }) => body.problem.code)).toEqual(Array(2).fill("deployment.inactive"));
	expect(answers[2]?.body.problem.code).toBe("client.unknown");
	expect(server.operatorLines).toEqual([]);
});

it("a stranger who said again=true from the first on was refused without a line for operators", async () => {
	const gone = randomUUID();
	const url = `/crm/boot.json?deployment=${gone}&again=true`;
	const ask = (remoteAddress: string) => api.http.inject({ url, remoteAddress });
	server.operatorLines.length = 0;
	for (const address of ["203.0.113.78", "203.0.113.78", "203.0.113.79"]) await ask(address);
	const lines = server.operatorLines.filter(({ event }) => event === "panel.refused");
	expect(lines).toMatchObject([{ code: "deployment.not.found", deploymentId: gone }]);
});

it("a stranger who said again=true was told of once, however many names they asked for after the first", async () => {
	const ask = (name: string) =>
		api.http.inject({ url: `/crm/boot.json?name=${name}&again=true`, remoteAddress: "198.51.100.7" });
	server.operatorLines.length = 0;
	for (const name of ["first", "second", "second"]) await ask(name);
	const lines = server.operatorLines.filter(({ event }) => event === "panel.refused");
	expect(lines).toMatchObject([{ partnerName: "first" }, { partnerName: "second" }]);
});

it("a panel that said again=true signed in with another client than its script's, and operators were never told", async () => {
	const { id } = await place.active("Substituted", { clientId: knownClient }, publicTypeId);
	const redirectUris = ["http://panel.example/crm/index.html"];
	server.clients.set(knownClient, { id: knownClient, name: "Own", active: true, grantType: "CODE", redirectUris });
	const ask = (clientId: string) => call("GET", `/crm/signin.json?deployment=${id}&clientId=${clientId}&again=true`);
	server.operatorLines.length = 0;
	expect((await ask("foreign")).body.note).toContain("foreign");
	for (const client of ["foreign", "strange"]) await ask(client);
	const lines = server.operatorLines.filter(({ event }) => event === "panel.finding");
	expect(lines).toMatchObject([{ clientIds: ["foreign"] }, { clientIds: ["strange"] }]);
});

it("a page that was refused stayed refused until somebody loaded it anew after it was let in", async () => {
	const crm = await place.active("Frames", { allowedOrigins: ["https://first.example"] }, publicTypeId);
	const headers = { "sec-fetch-dest": "iframe", referer: "https://second.example/page" };
	const page = await api.http.inject({ method: "GET", url: `/crm/index.html?deployment=${crm.id}`, headers });
	expect([page.statusCode, page.headers["cache-control"]]).toEqual([403, "no-store"]);
	const look = /data-look="([^"]+)"/.exec(page.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
	const script = page.body.split("<script>")[1]?.split("</script>")[0] ?? "";
	const hash = createHash("sha256").update(script).digest("base64");
	expect(page.headers["content-security-policy"]).toContain(`script-src 'sha256-${hash}'`);
	server.operatorLines.length = 0;
	expect((await call("GET", look)).body).toEqual({ allowed: false });
	const config = `${base}/${crm.id}/config/current`;
	const { body: now } = await call("GET", config);
	const properties = { ...now.properties, allowedOrigins: ["https://second.example"] };
	expect((await call("PUT", config, { ...now, properties })).status).toBe(200);
	expect((await call("GET", look)).body).toEqual({ allowed: true });
	expect(server.operatorLines.filter(({ event }) => event === "panel.refused")).toEqual([]);
});
