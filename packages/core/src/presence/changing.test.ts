import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { trafficOf } from "../test-support/traffic.ts";
import { workplace } from "../test-support/workplace.ts";
import { LostQueueRight } from "./lost-right.ts";

const clock = new FakeClock();
let work: Awaited<ReturnType<typeof workplace<FakeClock>>>;

beforeAll(async () => {
	work = await workplace({ clock });
});
afterAll(() => work.close());

const set = (userId: string, wanted: string | undefined, message?: string) =>
	work.presence.set(userId, wanted, { actor: { userId }, ...(message === undefined ? {} : { message }) });
const told = async (userId: string, type: string) =>
	(await work.events()).filter((event) => event.entityId === userId && event.type === type);

describe("a message", () => {
	it("stays while the presence does, and goes with it", async () => {
		const id = await work.hire("Ann");
		await set(id, "Busy", "until three");
		expect((await set(id, "Busy")).message).toBe("until three");
		expect((await set(id, "Meal")).message).toBe("");
	});

	it("can change alone, and tells no routing status", async () => {
		const id = await work.hire("Bob");
		await set(id, "OnQueue");
		await set(id, undefined, "back at two");
		expect(await work.presence.get(id)).toMatchObject({
			message: "back at two",
			definition: { systemPresence: "OnQueue" },
		});
		expect(await told(id, "routingstatus.changed")).toHaveLength(1);
		expect(await told(id, "presence.changed")).toHaveLength(2);
	});

	it("of somebody who never set a presence leaves them Offline", async () => {
		const id = await work.hire("Cleo");
		expect(await set(id, undefined, "hello")).toMatchObject({
			message: "hello",
			definition: { systemPresence: "Offline" },
		});
	});
});

describe("a presence that may not be chosen", () => {
	it("as it is deactivated, or unknown, changes nothing and tells nobody", async () => {
		const id = await work.hire("Dan");
		const labels = { languageLabels: { en_US: "Siesta" }, systemPresence: "Break" };
		const { id: siesta } = await work.presence.definitions.create({ ...labels, divisionId: "*" }, {});
		await work.presence.definitions.update(siesta, { ...labels, deactivated: true }, {});
		await expect(set(id, siesta)).rejects.toMatchObject({ status: 400 });
		await expect(set(id, "Sleeping")).rejects.toMatchObject({ status: 404 });
		expect(await told(id, "presence.changed")).toEqual([]);
	});

	it("On Queue without the permission leaves presence and routing status as they were", async () => {
		const id = await work.hire("Eve", "none");
		await set(id, "Available");
		await expect(set(id, "OnQueue")).rejects.toMatchObject({ status: 403 });
		expect((await work.presence.get(id)).definition.systemPresence).toBe("Available");
		expect((await work.routingStatus.get(id)).status).toBe("OFF_QUEUE");
	});
});

it("an agent whose right to be On Queue was taken while no panel was open stayed there, and was offered calls", async () => {
	const [lost, kept, gone] = [await work.hire("Lea"), await work.hire("Max"), await work.hire("Nils")];
	for (const id of [lost, kept, gone]) await set(id, "OnQueue");
	const right = new LostQueueRight(work.kernel, work.presence, work.authorization.grantsOf);
	const { id: roleId } = await work.authorization.defaultRole("agent");
	for (const id of [lost, gone])
		await work.authorization.grants.revoke("server", { subjectId: id, roleId, divisionId: "*" });
	await set(gone, "Meal");
	await right.lookNow();
	const now = async (id: string) => [
		(await work.presence.get(id)).definition.systemPresence,
		(await work.routingStatus.get(id)).status,
	];
	expect([await now(lost), await now(kept), await now(gone)], "who has left by themselves is left alone").toEqual([
		["Available", "OFF_QUEUE"],
		["OnQueue", "IDLE"],
		["Meal", "OFF_QUEUE"],
	]);
	expect((await told(lost, "presence.changed")).at(-1)?.actor, "the server did it").not.toEqual({ userId: lost });
});

describe("what is told of a change", () => {
	it("has the user's queues, as they are in that moment", async () => {
		const id = await work.hire("Finn");
		const queue = await work.queues.create({ name: "Told" }, {});
		await work.queues.addMembers(queue.id, [id], {});
		await set(id, "Available");
		await work.queues.changeMembers([{ queueId: queue.id, userId: id, joined: false }], {});
		await set(id, "Busy");
		const bodies = (await told(id, "presence.changed")).map((event) => event.announcements.at(-1)?.eventBody);
		expect(bodies).toMatchObject([{ activeQueueIds: [queue.id] }, { activeQueueIds: [] }]);
	});

	it("both presence and routing status tell the same activity", async () => {
		const id = await work.hire("Gus");
		await set(id, "OnQueue");
		const [presence] = await told(id, "presence.changed");
		const [status] = await told(id, "routingstatus.changed");
		const routing = { routingStatus: { status: "IDLE" } };
		expect(presence?.announcements.at(-1)?.eventBody).toMatchObject(routing);
		expect(status?.announcements.at(-1)?.eventBody).toMatchObject({
			...routing,
			presence: { presenceDefinition: { systemPresence: "OFFLINE" } },
		});
	});
});

describe("many changes at once", () => {
	it("a first presence chosen many times at once is made once", async () => {
		const id = await work.hire("Hal");
		await Promise.all(Array.from({ length: 10 }, (_, i) => set(id, i % 2 ? "OnQueue" : "Available")));
		const last = (await told(id, "presence.changed")).at(-1)?.announcements[0]?.eventBody;
		const now = (await work.presence.get(id)).definition;
		expect(last).toMatchObject({ presenceDefinition: { id: now.id } });
		expect((await work.routingStatus.get(id)).status).toBe(now.systemPresence === "OnQueue" ? "IDLE" : "OFF_QUEUE");
	});

	it("a change of presence took seven round trips", async () => {
		const id = await work.hire("Ida");
		await set(id, "OnQueue");
		await work.kernel.feed.stop();
		const { roundTrips, result } = await trafficOf(() => set(id, "Busy"));
		expect(result.definition.systemPresence).toBe("Busy");
		expect(roundTrips).toBe(2);
	});
});
