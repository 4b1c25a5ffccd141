import { randomUUID } from "node:crypto";
import type { LintFinding } from "@inlay/framework";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NoAnswer } from "../kernel/threads/side-thread.ts";
import { examineScript } from "./lint-script.ts";
import { publicTypeId } from "./model.ts";
import { knownClient, knownGroup } from "./test-support/deployed.ts";
import { base, deploymentApi, publicUrl, rootId } from "./test-support/deployment-api.ts";

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
let made = 0;

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

it("a script that leans on the original's page was said to be fine where the deployment's switches leave it without", async () => {
	const id = await installed();
	const config = `${base}/${id}/config/current`;
	const source = (line: number) =>
		`window.Framework = { config: { name: "n", clientIds: { a: "${knownClient}" } } };${"\n".repeat(line)}$(".x").hide();`;
	const put = async (line: number, switches: object) => {
		const { body: before } = await call("GET", config);
		const properties = { ...before.properties, ...switches, frameworkJs: source(line) };
		return (await call("PUT", config, { ...before, properties })).body.findings?.map(({ code }: LintFinding) => code);
	};
	expect(await put(1, { pageCompatibility: false })).toEqual(["page.name.missing"]);
	expect(await put(2, { pageCompatibility: true })).toEqual([]);
	expect(await put(3, { pageCompatibility: true, isolation: true })).toEqual(["isolation.lack"]);
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

describe("a version of framework.js that some groups have first", () => {
	const own = (id: string) => `/api/inlay/v1/deployments/${id}/scripts`;
	const first = "window.Framework = { config: { name: 'first' } };";
	const second = 'load("https://second.example/x.js"); window.Framework = { config: { name: "second" } };';

	it("a version could be tried by nobody before some group's agents had it", async () => {
		const { id } = await place.active("Tried", { groups: [knownGroup] });
		const access = async (who?: string) =>
			(await call("GET", `/crm/access.json?deployment=${id}`, undefined, who)).body;
		expect((await access()).problem.code).toBe("user.not.in.group");
		const answer = await call("POST", own(id), { source: "window.Framework = { tried: 1 };", forMe: true });
		expect(answer.body.release).toEqual({ version: 1, staged: { version: 2, groups: [], user: { id: rootId } } });
		// Who tries it need not be one of its agents, who have what they had.
		expect([await access(), await access("member")]).toMatchObject([
			{ allowed: true, script: 2 },
			{ allowed: true, script: 1 },
		]);
		const script = async (who?: string) => (await access(who)).script;
		const both = await call("PUT", `${own(id)}/2/stage`, { forMe: true, groups: [knownGroup], replaces: 2 });
		expect(both.body).toMatchObject({ status: 400, code: "invalid.property" });
		expect((await call("PUT", `${own(id)}/2/stage`, { replaces: 2 })).body.code).toBe("invalid.property");
		await call("PUT", `${own(id)}/2/stage`, { groups: [knownGroup], replaces: 2 });
		expect([await script(), await script("member")]).toEqual([1, 2]);
		await call("PUT", `${own(id)}/2/stage`, { forMe: true, replaces: 2 });
		expect((await call("POST", `${own(id)}/2/release`)).body.release).toEqual({ version: 2 });
	});

	it("who had lost the right to release a script, or had gone, went on trying it, and its page went on framing it", async () => {
		const { id } = await place.active("Tried on", { groups: [knownGroup] });
		await call("POST", own(id), { source: "window.Framework = { tried: 2 };", forMe: true });
		const { root } = server.people;
		const stands = async () => {
			const { allowed, script } = (await call("GET", `/crm/access.json?deployment=${id}`)).body;
			const { hosts } = (await call("GET", `/crm/boot.json?deployment=${id}`)).body;
			return [allowed, script, hosts.includes(publicUrl)];
		};
		expect(await stands()).toEqual([true, 2, true]);
		const { grants } = root;
		root.grants = [{ permission: "integrations:integration:edit", divisions: new Set(["north"]) }];
		expect(await stands()).toEqual([false, 1, false]);
		root.grants = grants;
		expect(await stands()).toEqual([true, 2, true]);
		const tell = await place.kernel.database.change((trx) => place.deployments.endTrials(trx, rootId, {}));
		tell();
		expect((await stands()).slice(1)).toEqual([1, false]);
	});

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
		expect((await call("POST", `${own(id)}/1/restore?replaces=1`)).body.release).toEqual({ version: 3 });
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

	it("stayed with its groups after a roll-back to what everybody has already, which was said to have ended it", async () => {
		const { id } = await staged();
		const { body } = await call("POST", `${own(id)}/1/restore?replaces=2`);
		expect([body.release, body.inlayStaged]).toEqual([{ version: 1 }, undefined]);
		expect((await call("GET", own(id))).body.release).toEqual({ version: 1 });
	});

	it("was ended by a roll-back that knew nothing of it; a configuration tells it, and is refused as an old one after it", async () => {
		const { id } = await staged();
		const config = `${base}/${id}/config/current`;
		const { body: read } = await call("GET", config);
		expect(read.inlayStaged).toEqual({ version: 2, groups: [{ id: knownGroup }] });
		for (const replaces of ["none", 1])
			expect((await call("POST", `${own(id)}/1/restore?replaces=${replaces}`)).body.code).toBe("version.conflict");
		await call("DELETE", `${own(id)}/2/stage`);
		const put = { ...read, properties: { ...read.properties, frameworkJs: "var late;" } };
		expect((await call("PUT", config, put)).body.code).toBe("version.conflict");
		const { body: now } = await call("GET", config);
		expect(now).not.toHaveProperty("inlayStaged");
		expect((await call("POST", `${own(id)}/2/restore?replaces=none`)).body.release).toEqual({ version: 3 });
		expect((await call("GET", "/api/v2/integrations/userapps", undefined, "member")).body.entities).not.toContainEqual(
			expect.objectContaining({ inlayStaged: expect.anything() }),
		);
	});

	it("was ended by an upload for everybody that had not seen it, and could not name it", async () => {
		const { id } = await staged();
		const before = (await call("GET", own(id))).body;
		for (const seen of [{}, { replaces: 1 }])
			expect((await call("POST", own(id), { source: "var c;", ...seen })).body).toMatchObject({
				status: 409,
				code: "version.conflict",
			});
		expect((await call("POST", `${own(id)}/1/restore`)).body.code).toBe("version.conflict");
		expect((await call("GET", own(id))).body).toEqual(before);
		expect((await call("POST", own(id), { source: "var c;", replaces: 2 })).body.release).toEqual({ version: 3 });
		expect((await call("POST", own(id), { source: "var d;" })).body.release).toEqual({ version: 4 });
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
