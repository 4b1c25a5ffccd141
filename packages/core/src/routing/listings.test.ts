import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { trafficOf } from "../test-support/traffic.ts";
import { servicesOn, workplace } from "../test-support/workplace.ts";

let work: Awaited<ReturnType<typeof workplace>>;

beforeAll(async () => {
	work = await workplace();
	await work.hire("Root", "admin");
});
afterAll(() => work.close());

const list = async (path: string) => (await work.api.call("GET", `/api/v2/routing/${path}`, { as: "Root" })).json();
const named = (entities: Array<{ name: string }>) => entities.map((one) => one.name);

describe("a page of queues", () => {
	it("counts members as they are now, after each that comes, joins, leaves and goes", async () => {
		const queue = await work.queues.create({ name: "Counted" }, {});
		const [ann, bob] = [await work.hire("Ann"), await work.hire("Bob")];
		const counts = async () => {
			const [found] = (await list("queues?name=Counted")).entities;
			expect(await list(`queues/${queue.id}`), "by itself").toMatchObject({
				memberCount: found.memberCount,
				joinedMemberCount: found.joinedMemberCount,
			});
			return [found.memberCount, found.joinedMemberCount];
		};
		expect(await counts()).toEqual([0, 0]);
		await work.queues.addMembers(queue.id, [ann, bob], {});
		expect(await counts()).toEqual([2, 2]);
		await work.queues.changeMembers([{ queueId: queue.id, userId: ann, joined: false }], {});
		expect(await counts()).toEqual([2, 1]);
		await work.queues.removeMembers(queue.id, [bob], {});
		expect(await counts()).toEqual([1, 0]);
	});

	it("tells how many there are in all, whatever the page, and at once after one was made or deleted", async () => {
		for (const name of ["Paged 1", "Paged 2", "Paged 3"]) await work.queues.create({ name }, {});
		const page = (number: number) => list(`queues?name=Paged*&pageSize=2&pageNumber=${number}`);
		expect(await page(1)).toMatchObject({ total: 3, pageCount: 2 });
		expect(named((await page(2)).entities)).toEqual(["Paged 3"]);
		expect(await page(9)).toMatchObject({ total: 3, entities: [] });
		const { id } = await work.queues.create({ name: "Paged 4" }, {});
		expect((await page(1)).total).toBe(4);
		await work.queues.remove(id, {});
		expect((await page(1)).total).toBe(3);
	});

	it("another process hears of what was made here", async () => {
		const sibling = await work.kernel.sibling();
		const there = servicesOn(sibling);
		const total = async () => (await there.queues.list({ name: "Heard*" }, { limit: 1, offset: 0 })).total;
		expect(await total()).toBe(0);
		await work.queues.create({ name: "Heard" }, {});
		await vi.waitFor(async () => expect(await total()).toBe(1));
		await sibling.close();
	});

	it("counted the members of every queue of it anew", async () => {
		const there = await work.kernel.sibling();
		const { queues } = servicesOn(there);
		const ids = await Promise.all(
			Array.from({ length: 12 }, async (_, i) => (await work.queues.create({ name: `Statement ${i}` }, {})).id),
		);
		await there.feed.stop();
		await work.kernel.feed.stop();
		const read = () => trafficOf(() => queues.list({ name: "Statement*" }, { limit: 12, offset: 0 }));
		const first = await read();
		expect(first.result.queues).toHaveLength(ids.length);
		expect(first.statements, "page, total, all counts").toBe(3);
		expect((await read()).statements, "page").toBe(1);
		await work.kernel.feed.start();
		await there.close();
	});
});

describe("a page of a queue's members", () => {
	let path: string;
	let queueId: string;
	beforeAll(async () => {
		queueId = (await work.queues.create({ name: "Members" }, {})).id;
		path = `queues/${queueId}/members`;
		for (const name of ["zoe", "Adam", "Mia", "adele"])
			await work.queues.addMembers(queueId, [await work.hire(name)], {});
	});

	it("comes by name, whatever the letter case, in either direction", async () => {
		expect(named((await list(path)).entities)).toEqual(["Adam", "adele", "Mia", "zoe"]);
		expect(named((await list(`${path}?sortOrder=desc`)).entities)).toEqual(["zoe", "Mia", "adele", "Adam"]);
	});

	it("is cut, with the total of what the filter finds", async () => {
		const page = await list(`${path}?pageSize=2&pageNumber=2`);
		expect([page.total, named(page.entities)]).toEqual([4, ["Mia", "zoe"]]);
		const some = await list(`${path}?name=AD&pageSize=1`);
		expect([some.total, named(some.entities)]).toEqual([2, ["Adam"]]);
	});

	it("finds by what members do, and forgets it when they do something else", async () => {
		const idle = () => list(`${path}?routingStatus=idle`);
		expect((await idle()).total).toBe(0);
		const [adam] = (await list(`${path}?name=Adam`)).entities;
		await work.presence.set(adam.id, "OnQueue", { actor: {} });
		expect(await idle()).toMatchObject({ total: 1, entities: [{ name: "Adam", routingStatus: { status: "IDLE" } }] });
		await work.presence.set(adam.id, "Break", { actor: {} });
		expect((await idle()).total).toBe(0);
	});

	it("finds who has joined, and nobody by a group or a skill", async () => {
		const [mia] = (await list(`${path}?name=Mia`)).entities;
		await work.queues.changeMembers([{ queueId, userId: mia.id, joined: false }], {});
		expect(named((await list(`${path}?joined=false`)).entities)).toEqual(["Mia"]);
		expect((await list(`${path}?joined=true`)).total).toBe(3);
		expect(await list(`${path}?memberBy=group`)).toMatchObject({ total: 0, entities: [] });
	});

	it("does not take what was typed for a pattern", async () => {
		for (const name of ["%", "_", "a%"]) expect((await list(`${path}?name=${encodeURIComponent(name)}`)).total).toBe(0);
	});
});

describe("wrap-up codes", () => {
	it("are counted again after one was made, renamed or deleted", async () => {
		const count = async () => (await list("wrapupcodes?name=Tallied*")).total;
		expect(await count()).toBe(0);
		const { id } = await work.wrapupCodes.create({ name: "Tallied" }, {});
		expect(await count()).toBe(1);
		await work.wrapupCodes.update(id, { name: "Renamed" }, {});
		expect(await count()).toBe(0);
		await work.wrapupCodes.update(id, { name: "Tallied again" }, {});
		await work.wrapupCodes.remove(id, {});
		expect(await count()).toBe(0);
	});
});
