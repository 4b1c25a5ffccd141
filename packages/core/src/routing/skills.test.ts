import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { workplace } from "../test-support/workplace.ts";

let at: Awaited<ReturnType<typeof workplace>>;
let anna: string;
beforeAll(async () => {
	at = await workplace();
	await at.hire("Ada", "admin");
	anna = await at.hire("Anna");
});
afterAll(() => at.close());

async function ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, payload?: object, as = "Ada") {
	const answer = await at.api.call(method, path, { as, ...(payload ? { body: payload } : {}) });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

const skills = "/api/v2/routing/skills";
const makeSkill = async (name: string): Promise<string> => (await ask("POST", skills, { name })).body.id;

it("skills are made, found, renamed and deleted, each name once", async () => {
	const made = await ask("POST", skills, { name: "Returns" });
	expect(made).toMatchObject({ status: 200, body: { name: "Returns", state: "active", version: "1" } });
	expect((await ask("POST", skills, { name: "returns" })).status).toBe(409);
	expect((await ask("GET", `${skills}?name=*turn*`)).body.entities).toHaveLength(1);
	const path = `${skills}/${made.body.id}`;
	expect((await ask("PATCH", path, { name: "Goods returned" })).body).toMatchObject({ version: "2" });
	expect((await ask("DELETE", path)).status).toBe(200);
	expect((await ask("GET", path)).status).toBe(404);
});

it("a skill renamed on an old version was renamed all the same, as its version in the body was passed over", async () => {
	const path = `${skills}/${await makeSkill("Escalations")}`;
	const rename = (body: object) => ask("PATCH", path, { name: `Escalations ${Math.random()}`, ...body });
	expect((await rename({ version: "1" })).body).toMatchObject({ version: "2" });
	for (const version of [1, "1"])
		expect(await rename({ version })).toMatchObject({ status: 409, body: { code: "version.conflict" } });
	expect((await rename({ version: 2 })).body).toMatchObject({ version: "3" });
	expect((await rename({ version: "newest" })).status).toBe(400);
});

it("a person has skills by how well they have them; all or none are given", async () => {
	const [returns, vip] = [await makeSkill("R"), await makeSkill("V")];
	const own = `/api/v2/users/${anna}/routingskills`;
	expect((await ask("POST", own, { id: returns, proficiency: 5 })).body).toMatchObject({ name: "R", proficiency: 5 });
	expect((await ask("POST", own, { id: returns, proficiency: 5.5 })).status).toBe(400);
	const both = [
		{ id: vip, proficiency: 4 },
		{ id: "gone", proficiency: 1 },
	];
	expect((await ask("PATCH", `${own}/bulk`, both)).status).toBe(400);
	expect((await ask("GET", own)).body.total).toBe(1);
	const now = await ask("PUT", `${own}/bulk`, [{ id: vip, proficiency: 4 }]);
	expect(now.body.entities).toMatchObject([{ id: vip, proficiency: 4 }]);
	expect((await ask("POST", own, { id: vip, proficiency: 1 }, "Anna")).status).toBe(403);
	expect((await ask("DELETE", `${skills}/${vip}`)).status).toBe(200);
	expect((await ask("GET", own)).body.total, "goes with the skill").toBe(0);
});

it("a queue's rings name skills that exist, and lose those that are deleted", async () => {
	const vip = await makeSkill("Ring");
	const ring = (id: string) => ({
		rings: [
			{ expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold: 15 }], actions: { skillsToRemove: [{ id }] } },
			{},
		],
	});
	const queues = "/api/v2/routing/queues";
	expect((await ask("POST", queues, { name: "Bull", bullseye: ring("gone") })).status).toBe(400);
	const made = await ask("POST", queues, { name: "Bull", bullseye: ring(vip), skillEvaluationMethod: "BEST" });
	expect(made.body).toMatchObject({ bullseye: ring(vip), skillEvaluationMethod: "BEST" });
	await ask("DELETE", `${skills}/${vip}`);
	const { bullseye } = (await ask("GET", `${queues}/${made.body.id}`)).body;
	expect(bullseye.rings[0]).toEqual({ expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold: 15 }] });
	const endless = { rings: [{}, {}] };
	expect((await ask("PUT", `${queues}/${made.body.id}`, { name: "Bull", bullseye: endless })).status).toBe(400);
	expect(
		(await ask("PUT", `${queues}/${made.body.id}`, { name: "Bull", bullseye: null })).body.bullseye,
	).toBeUndefined();
});

it.each([
	["skill", skills, "routing_skills"],
	["label", "/api/v2/routing/utilization/labels", "utilization_labels"],
])(
	"who deleted a %s held it before the queue that names it, whose changer waited for it: neither went on",
	async (kind, path, table) => {
		const { id } = (await ask("POST", path, { name: `Order ${kind}` })).body;
		const rings = {
			rings: [
				{ expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold: 15 }], actions: { skillsToRemove: [{ id }] } },
				{},
			],
		};
		const named = kind === "skill" ? { bullseye: rings } : { inlayUtilizationLabel: { id } };
		const queue = (await ask("POST", "/api/v2/routing/queues", { name: `Order ${kind}`, ...named })).body;
		const held = Promise.withResolvers<void>();
		const changing = at.kernel.database.change(async (trx) => {
			await sql`select 1 from queues where id = ${queue.id} for update`.execute(trx);
			held.resolve();
			const waiting = sql`select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`;
			while ((await waiting.execute(trx)).rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
			// Refused where the deleter holds it already.
			await sql`select 1 from ${sql.table(table)} where id = ${id} for share nowait`.execute(trx);
		});
		await held.promise;
		const deleting = ask("DELETE", `${path}/${id}${kind === "label" ? "?forceDelete=true" : ""}`);
		await changing;
		expect((await deleting).status).toBeLessThan(300);
	},
);

it("utilization is the organization's until somebody has their own, and goes back to what it was", async () => {
	const [all, own] = ["/api/v2/routing/utilization", `/api/v2/routing/users/${anna}/utilization`];
	expect((await ask("GET", all)).body.utilization.chat.maximumCapacity).toBe(4);
	const changed = await ask("PUT", all, { utilization: { call: { maximumCapacity: 2, includeNonAcd: false } } });
	expect(changed.body.utilization.call).toEqual({
		maximumCapacity: 2,
		includeNonAcd: false,
		interruptableMediaTypes: [],
	});
	expect((await ask("GET", own)).body).toMatchObject({
		level: "Organization",
		utilization: { call: { maximumCapacity: 2 } },
	});
	await ask("PUT", own, { utilization: { call: { maximumCapacity: 3 } } });
	expect((await ask("GET", own)).body).toMatchObject({ level: "Agent", utilization: { call: { maximumCapacity: 3 } } });
	expect((await ask("PUT", all, { utilization: { call: { maximumCapacity: 26 } } })).status).toBe(400);
	for (const interruptableMediaTypes of [["call"], ["callback", "callback"]])
		expect(
			(await ask("PUT", all, { utilization: { call: { interruptableMediaTypes } } })).status,
			"has no effect",
		).toBe(400);
	expect((await ask("PUT", all, { utilization: {} }, "Anna")).status).toBe(403);
	expect((await ask("DELETE", own)).status).toBe(204);
	expect((await ask("DELETE", all)).status).toBe(204);
	expect((await ask("GET", own)).body).toMatchObject({
		level: "Organization",
		utilization: { call: { maximumCapacity: 1 } },
	});
});

it("of two who changed the utilization side by side the later overwrote the earlier", async () => {
	for (const path of ["/api/v2/routing/utilization", `/api/v2/routing/users/${anna}/utilization`]) {
		const put = (maximumCapacity: number, etag: unknown) =>
			at.api.call("PUT", path, {
				as: "Ada",
				body: { utilization: { call: { maximumCapacity } } },
				headers: { "if-match": String(etag) },
			});
		const { etag } = (await at.api.call("GET", path, { as: "Ada" })).headers;
		const first = await put(2, etag);
		expect(first.statusCode, first.body).toBe(200);
		expect((await put(3, etag)).statusCode, "on the old version").toBe(409);
		await ask("DELETE", path);
		expect((await put(3, first.headers.etag)).statusCode, "on one that has gone").toBe(409);
		expect((await put(4, etag)).statusCode).toBe(200);
		await ask("DELETE", path);
	}
});

const labelsPath = "/api/v2/routing/utilization/labels";
const makeLabel = async (name: string, utilization?: object): Promise<string> =>
	(await ask("POST", labelsPath, { name, ...(utilization ? { utilization } : {}) })).body.id;

it("limits of labels were taken and dropped: a rule keeps them, of labels that there are", async () => {
	const vip = await makeLabel("VIP");
	for (const path of ["/api/v2/routing/utilization", `/api/v2/routing/users/${anna}/utilization`]) {
		const read = (await ask("GET", path)).body;
		const unknown = await ask("PUT", path, { ...read, labelUtilizations: { gone: { maximumCapacity: 1 } } });
		expect(unknown).toMatchObject({ status: 400, body: { details: [{ fieldName: "labelUtilizations" }] } });
		const itself = { [vip]: { maximumCapacity: 1, interruptingLabelIds: [vip] } };
		expect((await ask("PUT", path, { ...read, labelUtilizations: itself })).status, "has no effect").toBe(400);
		const labelUtilizations = { [vip]: { maximumCapacity: 1, interruptingLabelIds: [], labelName: "VIP" } };
		expect((await ask("PUT", path, { ...read, labelUtilizations })).body).toMatchObject({ labelUtilizations });
		const kept = (await ask("GET", path)).body;
		expect(kept.labelUtilizations[vip]).toEqual(labelUtilizations[vip]);
		expect((await ask("PUT", path, kept)).status).toBe(200);
		await ask("DELETE", path);
	}
});

it("labels are made with what holds of them, found, renamed and deleted, each name once", async () => {
	const blue = await makeLabel("Blue", { maximumCapacity: 2 });
	const red = await makeLabel("Red", { maximumCapacity: 1, interruptingLabelIds: [blue] });
	const { labelUtilizations } = (await ask("GET", "/api/v2/routing/utilization")).body;
	expect(labelUtilizations[red]).toEqual({ maximumCapacity: 1, interruptingLabelIds: [blue], labelName: "Red" });
	expect((await ask("POST", labelsPath, { name: "blue" })).status).toBe(409);
	expect((await ask("POST", labelsPath, { name: "a:b" })).status, "what the platform keeps for searches").toBe(400);
	expect((await ask("GET", `${labelsPath}?name=*lu*`)).body.entities).toMatchObject([{ id: blue, name: "Blue" }]);
	expect((await ask("PUT", `${labelsPath}/${blue}`, { name: "Azure" })).body).toMatchObject({ name: "Azure" });
	expect((await ask("POST", labelsPath, { name: "Green" }, "Anna")).status).toBe(403);
	expect((await ask("DELETE", `${labelsPath}/${blue}`)).status).toBe(204);
	const after = (await ask("GET", "/api/v2/routing/utilization")).body.labelUtilizations;
	expect(after[red].interruptingLabelIds, "what it could interrupt").toEqual([]);
	expect(after[blue]).toBeUndefined();
	expect((await ask("GET", `${labelsPath}/${blue}`)).status).toBe(404);
});

it("a label that somebody's rule or a queue uses is deleted by force alone, and is gone from both", async () => {
	const id = await makeLabel("Used");
	const own = `/api/v2/routing/users/${anna}/utilization`;
	await ask("PUT", own, { utilization: {}, labelUtilizations: { [id]: { maximumCapacity: 3 } } });
	const queue = (await ask("POST", "/api/v2/routing/queues", { name: "Labelled", inlayUtilizationLabel: { id } })).body;
	expect(queue.inlayUtilizationLabel).toEqual({ id });
	const unknown = await ask("PUT", `/api/v2/routing/queues/${queue.id}`, {
		...queue,
		inlayUtilizationLabel: { id: "no" },
	});
	expect(unknown.status).toBe(400);
	expect((await ask("GET", `${labelsPath}/${id}/agents`)).body).toMatchObject([{ id: anna }]);
	const refused = await ask("DELETE", `${labelsPath}/${id}`);
	expect(refused).toMatchObject({ status: 409, body: { code: "general.conflict" } });
	expect(refused.body.message).toMatch(/1 people.*the queue Labelled/);
	expect((await ask("DELETE", `${labelsPath}/${id}?forceDelete=true`)).status).toBe(204);
	expect((await ask("GET", own)).body.labelUtilizations[id]).toBeUndefined();
	expect((await ask("GET", `/api/v2/routing/queues/${queue.id}`)).body.inlayUtilizationLabel).toBeUndefined();
});
