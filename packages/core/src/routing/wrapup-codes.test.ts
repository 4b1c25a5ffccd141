import { defaultWrapupCodeId } from "@inlay/contract/wrapup-codes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { departures } from "../test-support/platform-shape.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { workplace } from "../test-support/workplace.ts";

let work: Awaited<ReturnType<typeof workplace>>;
const path = "/api/v2/routing/wrapupcodes";

beforeAll(async () => {
	work = await workplace();
	work.principals.root = testPrincipal();
});
afterAll(() => work.close());

async function call(method: string, url: string, body?: unknown) {
	const answer = await work.api.call(method, url, { as: "root", ...(body === undefined ? {} : { body }) });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

describe("wrap-up codes", () => {
	it("begin with the default code, which stays", async () => {
		const found = await call("GET", `${path}?name=default*`);
		expect(departures("WrapupCodeEntityListing", found.body)).toEqual([]);
		expect(found.body.entities).toMatchObject([{ id: defaultWrapupCodeId, name: "Default Wrap-up Code" }]);
		expect((await call("DELETE", `${path}/${defaultWrapupCodeId}`)).status).toBe(409);
	});

	it("are made, changed, given to queues and deleted", async () => {
		const made = await call("POST", path, { name: "Resolved" });
		expect(departures("WrapupCode", made.body)).toEqual([]);
		const { id } = made.body;
		expect((await call("PUT", `${path}/${id}`, { name: "Solved", description: "All good" })).body).toMatchObject({
			name: "Solved",
			description: "All good",
		});
		const queueId = (await call("POST", "/api/v2/routing/queues", { name: "Help" })).body.id;
		const ofQueue = `/api/v2/routing/queues/${queueId}/wrapupcodes`;
		const given = await call("POST", ofQueue, [{ id }, { id: defaultWrapupCodeId }]);
		expect(departures("Array<WrapupCode>", given.body)).toEqual([]);
		expect((await work.queues.wrapupCodesOf(queueId)).map((code) => code.name)).toEqual([
			"Default Wrap-up Code",
			"Solved",
		]);
		expect((await call("DELETE", `${ofQueue}/${defaultWrapupCodeId}`)).status).toBe(200);
		expect((await call("DELETE", `${ofQueue}/${defaultWrapupCodeId}`)).status).toBe(404);
		expect((await call("GET", ofQueue)).body.entities).toMatchObject([{ id, name: "Solved" }]);
		expect((await call("DELETE", `${path}/${id}`)).status).toBe(200);
		expect((await call("GET", ofQueue)).body.entities).toEqual([]);
		expect((await call("GET", `${path}/${id}`)).status).toBe(404);
	});

	it("are not overwritten by somebody who has read an older one", async () => {
		const made = await work.api.call("POST", path, { as: "root", body: { name: "Seen once" } });
		const one = `${path}/${made.json().id}`;
		const seen = { "if-match": String(made.headers.etag) };
		const renamed = await work.api.call("PUT", one, { as: "root", body: { name: "Seen twice" }, headers: seen });
		expect(renamed.statusCode).toBe(200);
		const late = await work.api.call("PUT", one, { as: "root", body: { name: "Late" }, headers: seen });
		expect(late).toMatchObject({ statusCode: 409 });
		expect(late.json().code).toBe("version.conflict");
		expect((await work.api.call("DELETE", one, { as: "root", headers: seen })).statusCode).toBe(409);
		const read = await work.api.call("GET", one, { as: "root" });
		expect(read.json().name).toBe("Seen twice");
		const now = { "if-match": String(read.headers.etag) };
		expect((await work.api.call("DELETE", one, { as: "root", headers: now })).statusCode).toBe(200);
	});

	it("are moved into another division with queues, by one operation", async () => {
		const { divisions } = work.authorization;
		const to = (await divisions.create({ name: "Moved to", description: "" })).id;
		const code = (await call("POST", path, { name: "Moving" })).body;
		const queue = (await call("POST", "/api/v2/routing/queues", { name: "Moving" })).body;
		await divisions.move(testPrincipal(), "WRAPUPCODE", [code.id], to);
		await divisions.move(testPrincipal(), "QUEUE", [queue.id], to);
		expect((await call("GET", `${path}/${code.id}`)).body.division.id).toBe(to);
		expect((await call("GET", `/api/v2/routing/queues/${queue.id}`)).body.division.id).toBe(to);
		await expect(divisions.move(testPrincipal(), "QUEUE", ["unknown"], to)).rejects.toMatchObject({ status: 404 });
		const elsewhere = testPrincipal({ grants: [{ permission: "routing:queue:edit", divisions: new Set([to]) }] });
		const other = (await call("POST", "/api/v2/routing/queues", { name: "Staying" })).body;
		await expect(divisions.move(elsewhere, "QUEUE", [other.id], to)).rejects.toMatchObject({ status: 403 });
	});

	it("say which queues lose them when they are deleted", async () => {
		const { id } = (await call("POST", path, { name: "Lost" })).body;
		const queue = (await call("POST", "/api/v2/routing/queues", { name: "Losing" })).body;
		const queues = () => call("GET", `/api/inlay/v1/wrapupcodes/${id}/queues`);
		expect((await queues()).body).toMatchObject({ entities: [], total: 0 });
		await call("POST", `/api/v2/routing/queues/${queue.id}/wrapupcodes`, [{ id }]);
		expect((await queues()).body).toMatchObject({ entities: [{ id: queue.id, name: "Losing" }], total: 1 });
		const viewing = { permission: "routing:wrapupCode:view", divisions: "all" as const };
		const inWest = { permission: "routing:queue:view", divisions: new Set(["west"]) };
		for (const [who, ...more] of [["blind"], ["western", inWest]] as const) {
			work.principals[who] = testPrincipal({ grants: [viewing, ...more] });
			const seen = await work.api.call("GET", `/api/inlay/v1/wrapupcodes/${id}/queues`, { as: who });
			expect(seen.json(), "queues that one may not view are counted").toMatchObject({
				entities: [],
				total: 0,
				hidden: 1,
			});
		}
		expect((await queues()).body.hidden).toBe(0);
		await call("DELETE", `${path}/${id}`);
		expect((await queues()).status).toBe(404);
	});

	it("have names of their own; a deleted one's name is free again", async () => {
		const { id } = (await call("POST", path, { name: "Twin" })).body;
		expect(await call("POST", path, { name: "twin" })).toMatchObject({
			status: 409,
			body: { code: "general.conflict" },
		});
		await call("DELETE", `${path}/${id}`);
		expect((await call("POST", path, { name: "twin" })).status).toBe(200);
	});

	it("of another division were read, and put to work, by giving them to one's own queue", async () => {
		const { id } = (await call("POST", path, { name: "Of home" })).body;
		const queueId = (await call("POST", "/api/v2/routing/queues", { name: "Of the west" })).body.id;
		const all = { permission: "routing:queue:edit", divisions: "all" as const };
		const grants = [all, { permission: "routing:wrapupCode:view", divisions: new Set(["west"]) }];
		work.principals.west = testPrincipal({ grants });
		const url = `/api/v2/routing/queues/${queueId}/wrapupcodes`;
		const tried = await work.api.call("POST", url, { as: "west", body: [{ id }] });
		expect(tried.json()).toMatchObject({ status: 403, code: "missing.division.permission" });
		expect(await work.queues.wrapupCodesOf(queueId)).toEqual([]);
	});

	it("that are unknown are given to no queue, nor any beside them", async () => {
		const { id } = (await call("POST", path, { name: "Known" })).body;
		const queueId = (await call("POST", "/api/v2/routing/queues", { name: "Picky" })).body.id;
		const refused = await call("POST", `/api/v2/routing/queues/${queueId}/wrapupcodes`, [{ id }, { id: "unknown" }]);
		expect(refused.status).toBe(404);
		expect(await work.queues.wrapupCodesOf(queueId)).toEqual([]);
	});
});
