import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { triggerOf } from "../routing/assignment-triggers.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { workplace } from "../test-support/workplace.ts";

let work: Awaited<ReturnType<typeof workplace>>;

beforeAll(async () => {
	work = await workplace();
	work.principals.root = testPrincipal();
});
afterAll(() => work.close());

async function call(method: string, url: string, as = "root") {
	const answer = await work.api.call(method, url, { as });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

async function deskPhone(name = `Desk ${randomUUID()}`): Promise<string> {
	const id = randomUUID();
	await work.kernel.database.db
		.insertInto("stations")
		.values({
			id,
			name,
			type: "inin_station",
			web_rtc_user_id: null,
			line_appearance_id: randomUUID(),
			associated_user_id: null,
			associated_at: null,
		})
		.execute();
	return id;
}

/** What happened to stations since the last look. */
async function mark(): Promise<() => Promise<LoggedEvent[]>> {
	const from = await work.kernel.newest();
	return async () => (await work.kernel.told(from)).filter((event) => event.type.startsWith("station."));
}

const holderOf = async (station: string) => (await work.stations.require(station)).associatedUserId;

describe("who leaves", () => {
	it("a deleted user's station is free, and its user is told once", async () => {
		const [ann, desk] = [await work.hire("Ann"), await deskPhone()];
		await work.stations.associate(ann, desk, { userId: ann });
		const since = await mark();
		await work.users.remove(ann);
		await expect.poll(() => holderOf(desk)).toBeUndefined();
		expect((await since()).map((event) => [event.type, event.data])).toEqual([
			["station.disassociated", { userId: ann, stationId: desk }],
		]);
	});

	it("a user who moves to another station leaves the old one to others", async () => {
		const [bob, cat] = [await work.hire("Bob"), await work.hire("Cat")];
		const [first, second] = [await deskPhone(), await deskPhone()];
		await work.stations.associate(bob, first, { userId: bob });
		const since = await mark();
		await work.stations.associate(bob, second, { userId: bob });
		await work.stations.associate(cat, first, { userId: cat });
		expect([await holderOf(first), await holderOf(second)]).toEqual([cat, bob]);
		const told = (await since()).flatMap((event) => event.announcements);
		expect(told.map((one) => [one.topics[0], one.metadata?.action])).toEqual([
			[`v2.users.${bob}.station`, "Associated"],
			[`v2.users.${cat}.station`, "Associated"],
		]);
	});

	it("a station that is taken away names none to the user who had it, and a free one tells nobody", async () => {
		const [dan, desk] = [await work.hire("Dan"), await deskPhone()];
		await work.stations.associate(dan, desk, { userId: dan });
		const since = await mark();
		const path = `/api/v2/stations/${desk}/associateduser`;
		expect((await call("DELETE", path)).status).toBe(200);
		expect((await call("DELETE", path)).status).toBe(200);
		expect((await since()).flatMap((event) => event.announcements)).toEqual([
			{ topics: [`v2.users.${dan}.station`], eventBody: {}, metadata: { action: "Disassociated" } },
		]);
		expect((await call("DELETE", "/api/v2/stations/unknown/associateduser")).status).toBe(404);
	});

	it("the station that somebody had before does not tell who has it now", async () => {
		const [eva, fred] = [await work.hire("Eva"), await work.hire("Fred")];
		const desk = await deskPhone();
		await work.stations.associate(eva, desk, { userId: eva });
		await work.stations.disassociate(eva, { userId: eva });
		await work.stations.associate(fred, desk, { userId: fred });
		const { body } = await call("GET", "/api/v2/users/stations/me", "Eva");
		expect(body.lastAssociatedStation).toMatchObject({ id: desk });
		expect(JSON.stringify(body)).not.toContain(fred);
	});
});

describe("the default station", () => {
	it("an agent whose station came by default got no calls until somebody changed stations", async () => {
		const [gus, desk] = [await work.hire("Gus"), await deskPhone()];
		const since = await mark();
		expect((await call("PUT", `/api/v2/users/${gus}/station/defaultstation/${desk}`)).status).toBe(202);
		const [event] = await since();
		expect(event && triggerOf(event)).toEqual({ queueIds: [], userIds: [gus] });
		expect(event?.announcements, "the platform's topic is about associations").toEqual([]);
		expect((await call("DELETE", `/api/v2/users/${gus}/station/defaultstation`)).status).toBe(202);
		expect((await since()).map((one) => one.data)).toEqual([{ userId: gus, stationId: desk }, { userId: gus }]);
	});

	it("can be one that somebody uses, but not another's browser, nor one that is not there", async () => {
		const [hal, ivy] = [await work.hire("Hal"), await work.hire("Ivy")];
		const desk = await deskPhone();
		await work.stations.associate(hal, desk, { userId: hal });
		const path = (user: string, station: string) => `/api/v2/users/${user}/station/defaultstation/${station}`;
		expect((await call("PUT", path(ivy, desk))).status).toBe(202);
		const browser = (await work.stations.webRtcStationOf(hal))?.id ?? "";
		expect(await call("PUT", path(ivy, browser))).toMatchObject({ status: 409, body: { code: "general.conflict" } });
		expect((await call("PUT", path(ivy, "unknown"))).status).toBe(404);
		expect((await call("PUT", path("nobody", desk))).status).toBe(404);
		expect((await work.stations.stationsOf(ivy)).default?.id).toBe(desk);
	});
});

describe("divisions", () => {
	it("a supervisor took the station of somebody in another division", async () => {
		const jan = await work.hire("Jan");
		const desk = await deskPhone();
		await work.stations.associate(jan, desk, { userId: jan });
		const permissions = [
			"telephony:station:disassociate",
			"telephony:otherStationAssociation:edit",
			"telephony:phone:assign",
		];
		const elsewhere = new Set([randomUUID()]);
		work.principals.elsewhere = testPrincipal({
			tokenHash: "elsewhere",
			grants: permissions.map((permission) => ({ permission, divisions: elsewhere })),
		});
		const own = `/api/v2/users/${jan}/station`;
		for (const [method, url] of [
			["DELETE", `/api/v2/stations/${desk}/associateduser`],
			["DELETE", `${own}/associatedstation`],
			["PUT", `${own}/associatedstation/${await deskPhone()}`],
			["PUT", `${own}/defaultstation/${desk}`],
			["DELETE", `${own}/defaultstation`],
		] as const) {
			const { status, body } = await call(method, url, "elsewhere");
			expect([url, status, body?.code]).toEqual([url, 403, "missing.division.permission"]);
		}
		expect(await holderOf(desk)).toBe(jan);
	});
});

describe("the list", () => {
	it("takes % and _ in a name as they are, and pages in the order of names", async () => {
		await deskPhone("Row 100% A");
		await deskPhone("Row 100x B");
		await deskPhone("Row_1");
		await deskPhone("RowX1");
		const names = async (query: string) =>
			(await call("GET", `/api/v2/stations?${query}`)).body.entities.map((one: { name: string }) => one.name);
		expect(await names("name=100%25")).toEqual(["Row 100% A"]);
		expect(await names("name=row_1")).toEqual(["Row_1"]);
		const first = await names("name=row&pageSize=2&pageNumber=1");
		const second = await names("name=row&pageSize=2&pageNumber=2");
		expect([...first, ...second]).toEqual([...(await names("name=row&pageSize=10"))]);
		expect(await names("name=row&pageSize=10&sortBy=-name")).toEqual([...first, ...second].reverse());
		const { body } = await call("GET", "/api/v2/stations?name=row&pageSize=3&pageNumber=2");
		expect(body).toMatchObject({ total: 4, pageCount: 2, pageNumber: 2 });
		expect(body.entities).toHaveLength(1);
	});

	it("tells those who may not choose a station apart from those who may", async () => {
		const [kim, leo] = [await work.hire("Kim"), await work.hire("Leo")];
		const desk = await deskPhone("Chosen by Kim");
		await work.stations.associate(kim, desk, { userId: kim });
		const list = async (selectable: boolean, as: string) =>
			(await call("GET", `/api/v2/stations?name=chosen&userSelectable=${selectable}`, as)).body.total;
		expect(await Promise.all([list(true, "Kim"), list(false, "Kim"), list(true, "Leo"), list(false, "Leo")])).toEqual([
			1, 0, 0, 1,
		]);
		expect(leo).not.toBe(kim);
	});
});
