import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../kernel/events/event-log.ts";
import { OperatorLog } from "../kernel/operator-log.ts";
import { type Deployment, maxScriptBytes, privateTypeId, publicTypeId } from "./model.ts";
import { StagedReleases } from "./staged-release.ts";
import { deployed, deploymentsOn, knownClient, knownGroup } from "./test-support/deployed.ts";

let place: Awaited<ReturnType<typeof deployed>>;
beforeEach(async () => {
	place = await deployed();
});
afterEach(() => place.close());

/** So many, of so many characters each. */
const origins = (count: number, length = 24) =>
	Array.from({ length: count }, (_one, n) => `https://${String(n).padStart(length - 12, "a")}.com`);

const install = (name = "Panel", typeId = privateTypeId) => place.deployments.install({ name, typeId });

/** As `POST …/scripts` does. */
async function upload(id: string, source: string, actor?: Actor, deployments = place.deployments): Promise<Deployment> {
	return (await new StagedReleases(deployments).uploadForEverybody(id, source, {}, actor)).deployment;
}

const unconfigured = { notes: "", advanced: {}, credentials: {} };

describe("installing", () => {
	it("gives a deployment that is off, unconfigured and at version 1", async () => {
		const { id } = await install("  Sales  ");
		expect(await place.deployments.get(id)).toMatchObject({
			name: "Sales",
			intendedState: "DISABLED",
			version: 1,
			properties: {},
		});
	});

	it("is done at most five times for private ones, also by two servers at once; one that goes makes room", async () => {
		const sibling = await place.kernel.sibling();
		const servers = [place.deployments, deploymentsOn(sibling)];
		const attempts = Array.from({ length: 12 }, (_, index) =>
			servers[index % 2]?.install({ name: `Panel ${index}`, typeId: privateTypeId }),
		);
		const done = await Promise.allSettled(attempts);
		const refused = done.filter((one) => one.status === "rejected").map((one) => one.reason);
		expect(await place.deployments.all()).toHaveLength(5);
		expect(refused).toHaveLength(7);
		for (const reason of refused) expect(reason).toMatchObject({ status: 400, code: "max.integrations.reached" });
		await install("Public", publicTypeId);
		const [first] = (await place.deployments.all()) as [Deployment];
		await place.deployments.remove(first.id);
		await install("Again");
		await expect(install("Sixth")).rejects.toMatchObject({ code: "max.integrations.reached" });
		await sibling.close();
	});

	it.each(["", "   ", "x".repeat(201)])("refuses the name %j", async (name) => {
		await expect(install(name)).rejects.toMatchObject({ status: 400, options: { details: [{ fieldName: "name" }] } });
		expect(await place.deployments.all()).toEqual([]);
	});

	it("two administrators at once gave two deployments names that nobody tells apart", async () => {
		const by = { userId: "ada" };
		const give = (name: string) => place.deployments.install({ name, typeId: publicTypeId }, by);
		const done = await Promise.allSettled(["Sales", "sales", " SALES ", "Sаles"].map(give));
		expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		for (const one of done) {
			if (one.status === "rejected") expect(one.reason).toMatchObject({ status: 409, code: "resource.already.exists" });
		}
		const { id, version } = await give("Service");
		const rename = (name: string) =>
			place.deployments.configure(id, { ...unconfigured, name, version, properties: {} }, by);
		await expect(rename("sales")).rejects.toMatchObject({ code: "resource.already.exists" });
		expect((await rename("SERVICE")).name).toBe("SERVICE");
	});

	it("refuses a type that there is not", async () => {
		await expect(install("x", "nothing")).rejects.toMatchObject({ status: 404 });
	});
});

describe("configuring", () => {
	it("needs the version that was read: of two at once, one wins and nothing of the other is stored", async () => {
		const { id } = await install();
		const input = { name: "Panel", version: 1, advanced: {}, notes: "", credentials: {} };
		const results = await Promise.allSettled(
			[1, 2].map((n) => place.deployments.configure(id, { ...input, properties: { frameworkJs: `var n = ${n};` } })),
		);
		expect(results.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
		const refused = results.find((one) => one.status === "rejected");
		expect(refused?.reason).toMatchObject({ status: 409, code: "version.conflict" });
		const now = await place.deployments.get(id);
		expect(now.version).toBe(2);
		expect(await place.deployments.scripts(id)).toHaveLength(1);
	});

	it.each<[string, Record<string, unknown>, number, string]>([
		["not JavaScript", { frameworkJs: "var a = 1;\nvar b = ;\n" }, 400, "properties.frameworkJs"],
		["not a text", { frameworkJs: 7 }, 400, "properties.frameworkJs"],
		["larger than 1 MiB", { frameworkJs: "x".repeat(maxScriptBytes + 1) }, 413, "properties.frameworkJs"],
		[
			"larger than 1 MiB in UTF-8",
			{ frameworkJs: `"${"é".repeat(maxScriptBytes / 2)}"` },
			413,
			"properties.frameworkJs",
		],
		["an unknown group", { groups: [knownGroup, randomUUID()] }, 400, "properties.groups"],
		["groups that are no list", { groups: knownGroup }, 400, "properties.groups"],
		["an unknown client", { clientId: randomUUID() }, 400, "properties.clientId"],
		["a client that is no text", { clientId: {} }, 400, "properties.clientId"],
		["an origin with a path", { allowedOrigins: ["https://crm.example/x"] }, 400, "properties.allowedOrigins"],
		["an origin that would end the header", { allowedOrigins: ["a;b"] }, 400, "properties.allowedOrigins"],
		["a bad partner name", { partnerName: "a b" }, 400, "properties.partnerName"],
		["a partner name that is an address of ours", { partnerName: "Assets" }, 400, "properties.partnerName"],
	])("refuses %s, names the field and stores nothing", async (_what, properties, status, fieldName) => {
		const { id } = await install("Public", publicTypeId);
		const before = await place.configure(id, { frameworkJs: "var ok;", groups: [knownGroup] });
		await expect(place.configure(id, { clientId: knownClient, ...properties })).rejects.toMatchObject({
			status,
			code: status === 413 ? "request.entity.too.large" : "invalid.property",
			options: { details: [{ fieldName }] },
		});
		expect(await place.deployments.get(id)).toEqual(before);
	});

	it("names the line of what is not JavaScript, and every bad field at once", async () => {
		const { id } = await install();
		const bad = { frameworkJs: "var a = 1;\nvar b = ;\n", groups: ["x"], allowedOrigins: ["/"] };
		await expect(place.configure(id, bad)).rejects.toMatchObject({
			message: expect.stringContaining("line 2"),
			options: { details: [{}, {}, {}] },
		});
	});

	it("accepts a script of exactly 1 MiB", async () => {
		const { id } = await install();
		const script = `//${"x".repeat(maxScriptBytes - 2)}`;
		const after = await place.configure(id, { frameworkJs: script, allowedOrigins: ["https://a.example"] });
		expect(await place.deployments.get(id)).toEqual(after);
		expect(after.properties).toMatchObject({ frameworkJs: script });
	});

	it.each([
		["properties.url", { properties: { url: "https://crm.example" } }],
		["properties.partnerName", { properties: { partnerName: "acme" } }],
		["properties.scripttoken", { properties: { scripttoken: false } }],
		["properties.scriptTokn", { properties: { scriptTokn: false } }],
		["advanced.x", { advanced: { x: 1 } }],
		["credentials.basicAuth", { credentials: { basicAuth: { id: "x" } } }],
	])("what nothing acts upon was kept as if it did something: %s", async (fieldName, sent) => {
		const { id, name } = await install();
		const input = { name, version: 1, properties: {}, advanced: {}, notes: "", credentials: {} };
		await expect(place.deployments.configure(id, { ...input, ...sent })).rejects.toMatchObject({
			status: 400,
			code: "not.supported",
			options: { details: [{ fieldName }] },
		});
		const nothing = { properties: { url: "" }, advanced: { x: null }, credentials: {} };
		expect((await place.deployments.configure(id, { ...input, ...nothing })).version).toBe(2);
	});

	it("what stands from before may be sent back as it was read, and nothing else of its kind", async () => {
		const { id } = await install();
		const properties = { url: "old", allowedOrigins: origins(60) };
		await sql`update deployments set properties = ${JSON.stringify(properties)}`.execute(place.kernel.database.db);
		const after = await place.configure(id, { quietChanges: true });
		expect(after.properties).toEqual({ ...properties, quietChanges: true });
		await expect(place.configure(id, { url: "new" })).rejects.toMatchObject({ code: "not.supported" });
		await expect(place.configure(id, { allowedOrigins: origins(61) })).rejects.toMatchObject({ status: 400 });
	});

	it.each([
		["allowedOrigins", { allowedOrigins: origins(41) }],
		["connectOrigins", { connectOrigins: origins(3_000) }],
		["connectOrigins", { allowedOrigins: origins(40, 60), connectOrigins: origins(40, 60) }],
		["scriptOrigins", { scriptOrigins: [`https://${"x".repeat(300)}.example`] }],
	])("thousands of origins made the pages' headers too long for any browser: %s", async (field, properties) => {
		const { id } = await install();
		await expect(place.configure(id, properties)).rejects.toMatchObject({
			status: 400,
			code: "invalid.property",
			options: { details: [{ fieldName: `properties.${field}` }] },
		});
		expect((await place.deployments.get(id)).properties).toEqual({});
		await place.configure(id, { [field]: origins(40) });
	});

	it("many deployments together made the header of a page that names none of them too long", async () => {
		const many = { allowedOrigins: origins(40, 70) };
		for (let n = 0; n < 4; n++) await place.configure((await install(`P${n}`, publicTypeId)).id, many);
		const { id } = await install("Last", publicTypeId);
		await expect(place.configure(id, many)).rejects.toThrow("The lists of all deployments");
		await place.configure(id, { allowedOrigins: origins(10) });
	});

	it("of two public deployments that ask for one name at once, gives it to one", async () => {
		const ids = await Promise.all(["A", "B", "C"].map(async (name) => (await install(name, publicTypeId)).id));
		const names = ["Acme", "ACME", "acme"];
		const results = await Promise.allSettled(
			ids.map((id, index) => place.configure(id, { partnerName: names[index] })),
		);
		const refused = results.filter((one) => one.status === "rejected").map((one) => one.reason);
		expect(refused).toHaveLength(2);
		for (const reason of refused)
			expect(reason).toMatchObject({ status: 400, options: { details: [{ fieldName: "properties.partnerName" }] } });
	});

	it("of a deployment that is not there is 404", async () => {
		const missing = { status: 404, code: "not.found" };
		const input = { name: "x", version: 1, properties: {}, advanced: {}, notes: "", credentials: {} };
		for (const id of [randomUUID(), "no-uuid"]) {
			await expect(place.deployments.configure(id, input)).rejects.toMatchObject(missing);
			await expect(place.deployments.switch(id, "ENABLED")).rejects.toMatchObject(missing);
			await expect(place.deployments.remove(id)).rejects.toMatchObject(missing);
			await expect(upload(id, "1")).rejects.toMatchObject(missing);
		}
	});
});

describe("scripts", () => {
	it("are kept in versions that only grow; the same text again is no new one", async () => {
		const { id } = await install();
		for (const source of ["var n = 1;", "var n = 2;", "var n = 2;"]) await upload(id, source);
		expect(await place.deployments.get(id)).toMatchObject({
			scriptVersion: 2,
			properties: { frameworkJs: "var n = 2;" },
		});
		const first = await place.deployments.script(id, 1);
		await upload(id, first.source);
		expect((await place.deployments.get(id)).scriptVersion).toBe(3);
		const uploads = await place.deployments.scripts(id);
		expect(uploads.map((one) => one.version)).toEqual([3, 2, 1]);
		expect(uploads[0]).toMatchObject({ sha256: uploads[2]?.sha256, bytes: 10 });
		expect(uploads[0]).not.toHaveProperty("source");
		await expect(place.deployments.script(id, 9)).rejects.toMatchObject({ status: 404 });
	});

	it("uploaded at once each get a version, and the configuration's version counts them all", async () => {
		const { id } = await install();
		await Promise.all([1, 2, 3, 4].map((n) => upload(id, `var n = ${n};`)));
		expect(await place.deployments.get(id)).toMatchObject({ scriptVersion: 4, version: 5 });
		expect((await place.deployments.scripts(id)).map((one) => one.version)).toEqual([4, 3, 2, 1]);
	});

	it("are taken out by an empty text, and do not come back under an old number", async () => {
		const { id } = await install();
		await upload(id, "var n;");
		const without = await place.configure(id, { frameworkJs: "" });
		expect(without.properties).toEqual({});
		expect(without.scriptVersion).toBeUndefined();
		expect(await place.deployments.get(id)).toEqual({ ...without, scriptVersion: undefined });
		expect((await upload(id, "var n;")).scriptVersion).toBe(2);
	});

	it("go with their deployment", async () => {
		const { id } = await install();
		await upload(id, "var n;");
		await place.deployments.remove(id);
		expect(await place.deployments.find(id)).toBeUndefined();
		const { rows } = await place.kernel.database.db
			.selectFrom("framework_scripts")
			.select("version")
			.execute()
			.then((found) => ({ rows: found }));
		expect(rows).toEqual([]);
		await expect(place.deployments.scripts(id)).rejects.toMatchObject({ status: 404 });
	});

	it("stay out of the event log, which tells every change", async () => {
		const { id } = await install();
		await upload(id, "var secretOfTheScript;");
		await place.deployments.switch(id, "ENABLED");
		await place.deployments.remove(id);
		const events = await place.kernel.told();
		expect(events.map((event) => event.type)).toEqual([
			"deployment.installed",
			"deployment.configured",
			"deployment.script.changed",
			"deployment.switched",
			"deployment.removed",
		]);
		expect(JSON.stringify(events)).not.toContain("secretOfTheScript");
	});

	it("were changed, and with them the code in every agent's panel, without a word to the operator", async () => {
		const lines: Array<Record<string, unknown>> = [];
		const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
		const operators = new OperatorLog(log, place.kernel.clock);
		const deployments = deploymentsOn({ ...place.kernel, operators });
		const { id } = await deployments.install({ name: "Panel", typeId: privateTypeId });
		const by = { userId: randomUUID() };
		const first = await upload(id, "var a;", by, deployments);
		const input = { ...first, properties: { ...first.properties, connectOrigins: ["https://b.example"] } };
		await deployments.configure(id, input, by);
		// Neither of these changes what runs where.
		await deployments.switch(id, "ENABLED", by);
		await deployments.configure(id, { ...input, version: 3, notes: "n" }, by);
		const common = { level: 40, event: "deployment.script.changed", deploymentId: id, version: 1, ...by };
		expect(lines).toMatchObject([
			{ ...common, settings: [] },
			{ ...common, settings: ["connectOrigins"] },
		]);
		const events = await place.kernel.told();
		const told = events.filter((event) => event.type === "deployment.script.changed");
		expect(told).toMatchObject([
			{
				entityId: id,
				actor: by,
				data: { severity: "warn", version: 1, settings: [], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
			},
			{ entityId: id, actor: by, data: { severity: "warn", version: 1, settings: ["connectOrigins"] } },
		]);
	});

	it("warned operators at the first start of the demo, which puts its own script in", async () => {
		const heard: string[] = [];
		place.kernel.operators.listen(({ event }) => heard.push(event));
		const { id } = await install();
		await upload(id, "var own;");
		expect(heard).toEqual([]);
		const events = await place.kernel.told();
		expect(events.find((event) => event.type === "deployment.script.changed")?.actor).toBeUndefined();
		// Whoever changes it afterwards is told of.
		await upload(id, "var other;", { userId: randomUUID() });
		expect(heard).toEqual(["deployment.script.changed"]);
	});
});
