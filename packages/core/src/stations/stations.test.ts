import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { departures } from "../test-support/platform-shape.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { workplace } from "../test-support/workplace.ts";
import { stationExpander } from "./expanders.ts";

let work: Awaited<ReturnType<typeof workplace>>;
const mine = "/api/v2/users/stations/me";

beforeAll(async () => {
	work = await workplace();
	work.principals.root = testPrincipal();
});
afterAll(() => work.close());

async function call(method: string, url: string, as = "root") {
	const answer = await work.api.call(method, url, { as });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

/** A phone that is nobody's own, as a desk phone is. */
async function deskPhone(): Promise<string> {
	const id = randomUUID();
	await work.kernel.database.db
		.insertInto("stations")
		.values({
			id,
			name: `Desk ${id}`,
			type: "inin_station",
			web_rtc_user_id: null,
			line_appearance_id: randomUUID(),
			associated_user_id: null,
			associated_at: null,
		})
		.execute();
	return id;
}

const webRtcOf = async (userId: string) => (await work.stations.webRtcStationOf(userId))?.id ?? "";

describe("a user's WebRTC station", () => {
	it("is there when it is asked for, once, however many ask at once", async () => {
		const ann = await work.hire("Ann");
		const listings = await Promise.all([1, 2, 3].map(() => call("GET", `/api/v2/stations?webRtcUserId=${ann}`, "Ann")));
		const found = listings.map(({ body }) => body.entities);
		expect(departures("StationEntityListing", listings[0]?.body)).toEqual([]);
		expect(found[0]).toMatchObject([
			{
				name: "Ann WebRTC",
				type: "inin_webrtc_softphone",
				webRtcUserId: ann,
				status: "AVAILABLE",
				webRtcForceTurn: false,
			},
		]);
		expect(new Set(found.map((entities) => entities[0].id)).size).toBe(1);
		expect((await call("GET", "/api/v2/stations?webRtcUserId=nobody")).body.total).toBe(0);
	});

	it("can be found by name, id and line, and chosen only by its user", async () => {
		const [bob, cat] = [await work.hire("Bob"), await work.hire("Cat")];
		const station = await work.stations.require(await webRtcOf(bob));
		await webRtcOf(cat);
		for (const query of ["name=bob%20web", `id=${station.id}`, `lineAppearanceId=${station.lineAppearanceId}`]) {
			expect((await call("GET", `/api/v2/stations?${query}`)).body.entities).toMatchObject([{ id: station.id }]);
		}
		const selectable = (await call("GET", "/api/v2/stations?userSelectable=True&name=webrtc", "Cat")).body.entities;
		expect(selectable.map((one: { webRtcUserId: string }) => one.webRtcUserId)).toEqual([cat]);
		expect((await call("PUT", `${mine}/associatedstation/${station.id}`, "Cat")).status).toBe(409);
	});
});

describe("association", () => {
	it("makes the effective station, is announced, and can be given up", async () => {
		const dan = await work.hire("Dan");
		const id = await webRtcOf(dan);
		expect((await call("GET", mine, "Dan")).body).toEqual({});
		expect((await call("PUT", `${mine}/associatedstation/${id}`, "Dan")).status).toBe(204);
		expect((await call("PUT", `${mine}/associatedstation/${id}`, "Dan")).status).toBe(204);
		const stations = (await call("GET", mine, "Dan")).body;
		expect(departures("UserStations", stations)).toEqual([]);
		expect(stations).toMatchObject({
			associatedStation: { id, associatedUser: { id: dan } },
			effectiveStation: { id },
		});
		expect((await stationExpander(work.stations)([dan])).get(dan)).toEqual(stations);
		const station = (await call("GET", `/api/v2/stations/${id}`)).body;
		expect(departures("Station", station)).toEqual([]);
		expect(station).toMatchObject({ status: "ASSOCIATED", userId: dan });
		expect((await call("DELETE", `${mine}/associatedstation`, "Dan")).status).toBe(204);
		expect((await call("DELETE", `${mine}/associatedstation`, "Dan")).status).toBe(204);
		const left = (await call("GET", mine, "Dan")).body;
		expect(left).toMatchObject({ lastAssociatedStation: { id } });
		expect(left.effectiveStation).toBeUndefined();

		const told = (await work.events()).flatMap((event) => event.announcements);
		const own = told.filter((one) => one.topics[0] === `v2.users.${dan}.station`);
		expect(own.map((one) => one.metadata?.action)).toEqual(["Associated", "Disassociated"]);
		expect(own.flatMap((one) => departures("UserStationChangeTopicUserStations", one.eventBody))).toEqual([]);
	});

	it("is done and undone for others with the permission in their division", async () => {
		const eva = await work.hire("Eva");
		await work.hire("Fred");
		const id = await webRtcOf(eva);
		const path = `/api/v2/users/${eva}/station`;
		expect((await call("GET", path, "Fred")).status).toBe(403);
		expect((await call("PUT", `${path}/associatedstation/${id}`)).status).toBe(202);
		expect((await call("GET", path)).body.associatedStation.id).toBe(id);
		expect((await call("DELETE", `${path}/associatedstation`)).status).toBe(202);
		await call("PUT", `${path}/associatedstation/${id}`);
		expect((await call("DELETE", `/api/v2/stations/${id}/associateduser`)).status).toBe(200);
		expect((await work.stations.effectiveStations([eva])).get(eva)).toBeUndefined();
		for (const unknown of [
			`${path}/associatedstation/nothing`,
			`/api/v2/users/nobody/station/associatedstation/${id}`,
		]) {
			expect((await call("PUT", unknown)).status).toBe(404);
		}
	});

	it("yields to a default station only while there is none", async () => {
		const gus = await work.hire("Gus");
		const [own, desk] = [await webRtcOf(gus), await deskPhone()];
		expect((await call("PUT", `/api/v2/users/${gus}/station/defaultstation/${own}`)).status).toBe(202);
		expect((await work.stations.effectiveStations([gus])).get(gus)?.id).toBe(own);
		await work.stations.associate(gus, desk, { userId: gus });
		expect((await work.stations.effectiveStations([gus])).get(gus)?.id).toBe(desk);
		const shown = (await call("GET", mine, "Gus")).body;
		expect(departures("UserStations", shown)).toEqual([]);
		expect(shown.defaultStation).toMatchObject({ id: own, defaultUser: { id: gus } });
		await call("DELETE", `/api/v2/users/${gus}/station/defaultstation`);
		await work.stations.disassociate(gus, { userId: gus });
		expect((await work.stations.effectiveStations([gus])).get(gus)).toBeUndefined();
	});

	it("of one station by two users at once: one gets it", async () => {
		const users = [await work.hire("Hal"), await work.hire("Ivy")];
		const desk = await deskPhone();
		const outcomes = await Promise.allSettled(users.map((id) => work.stations.associate(id, desk, { userId: id })));
		expect(outcomes.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
		const refused = outcomes.find((one) => one.status === "rejected");
		expect(refused?.reason).toMatchObject({ status: 409, code: "general.conflict" });
		const winner = users[outcomes.findIndex((one) => one.status === "fulfilled")];
		expect((await work.stations.require(desk)).associatedUserId).toBe(winner);
	});

	it("of two stations by one user at once: one of them stays", async () => {
		const jan = await work.hire("Jan");
		const desks = [await deskPhone(), await deskPhone()];
		await Promise.all(desks.map((desk) => work.stations.associate(jan, desk, { userId: jan })));
		const held = (await Promise.all(desks.map((desk) => work.stations.require(desk)))).filter(
			(one) => one.associatedUserId,
		);
		expect(held).toHaveLength(1);
	});

	it("swapped back and forth by two users never hangs", async () => {
		const users = [await work.hire("Kim"), await work.hire("Leo")];
		const desks = [await deskPhone(), await deskPhone()];
		const attempts = Array.from({ length: 20 }, (_, round) => {
			const [user, desk] = [users[round % 2] ?? "", desks[Math.floor(round / 2) % 2] ?? ""];
			return work.stations.associate(user, desk, { userId: user });
		});
		const refusals = (await Promise.allSettled(attempts)).flatMap((one) =>
			one.status === "rejected" ? [one.reason] : [],
		);
		expect(refusals.filter((reason) => reason.code !== "general.conflict")).toEqual([]);
		const holders = (await Promise.all(desks.map((desk) => work.stations.require(desk)))).map(
			(one) => one.associatedUserId,
		);
		expect(new Set(holders.filter(Boolean)).size).toBe(holders.filter(Boolean).length);
	});
});

describe("a persistent connection", () => {
	it("is off unless an administrator sets it, with its time, on phones in a browser only", async () => {
		const ida = await work.hire("Ida");
		const id = await webRtcOf(ida);
		const set = (body: object, station = id, as = "root") =>
			work.api.call("PATCH", `/api/v2/inlay/stations/${station}`, { as, body });
		const isOn = async () => (await call("GET", `/api/v2/stations/${id}`)).body.webRtcPersistentEnabled;
		expect(await isOn()).toBe(false);
		expect((await set({ webRtcPersistentEnabled: true }, id, "Ida")).statusCode).toBe(403);
		for (const bad of [{ webRtcPersistentEnabled: "yes" }, { webRtcPersistentIdleSeconds: 9 }])
			expect((await set(bad)).statusCode).toBe(400);
		const desk = await set({ webRtcPersistentEnabled: true }, await deskPhone());
		expect(desk.json()).toMatchObject({ status: 400, details: [{ fieldName: "webRtcPersistentEnabled" }] });
		const changed = (await set({ webRtcPersistentEnabled: true, webRtcPersistentIdleSeconds: 30 })).json();
		expect(changed).toMatchObject({ webRtcPersistentEnabled: true, webRtcPersistentIdleSeconds: 30 });
		expect(changed.webRtcCallAppearances, "what is not named stays").toBe(1);
		expect(await isOn()).toBe(true);
		expect(await work.stations.persistentMs(ida), "rings nowhere yet").toBeUndefined();
		await work.stations.associate(ida, id, {});
		expect(await work.stations.persistentMs(ida)).toBe(30_000);
	});
});

it("a station's name, status, type, ids and user were taken and dropped; sent back as they stand, they pass", async () => {
	const mia = await work.hire("Mia");
	for (const id of [await webRtcOf(mia), await deskPhone()]) {
		const patch = (body: object) => work.api.call("PATCH", `/api/v2/inlay/stations/${id}`, { as: "root", body });
		const stands = (await patch({})).json();
		for (const change of [
			{ name: "x" },
			{ name: "" },
			{ status: "ASSOCIATED" },
			{ userId: "nope" },
			{ id: "nope" },
			{ webRtcUserId: "nope" },
			{ type: "x" },
			{ selfUri: "x" },
			{ description: "x" },
			{ lineAppearanceId: "x" },
			{ webRtcForceTurn: true },
		]) {
			const refused = await patch({ ...stands, ...change, webRtcCallAppearances: 3 });
			const { code, messageParams } = refused.json();
			expect([refused.statusCode, code, messageParams]).toEqual([
				400,
				"not.supported",
				{ fields: Object.keys(change).join() },
			]);
		}
		expect((await patch(stands)).json()).toEqual(stands);
		expect((await patch({ ...stands, webRtcCallAppearances: 2 })).json()).toEqual({
			...stands,
			webRtcCallAppearances: 2,
		});
	}
});

describe("call appearances", () => {
	it("are one unless an administrator raises them, within bounds", async () => {
		const gil = await work.hire("Gil");
		const id = await webRtcOf(gil);
		const put = (webRtcCallAppearances: unknown, as = "root") =>
			work.api.call("PATCH", `/api/v2/inlay/stations/${id}`, { as, body: { webRtcCallAppearances } });
		const appearances = async () => (await call("GET", `/api/v2/stations/${id}`)).body.webRtcCallAppearances;
		expect(await appearances()).toBe(1);
		expect((await put(2, "Gil")).statusCode).toBe(403);
		for (const bad of [0, 9, 1.5, "many", null]) expect((await put(bad)).statusCode).toBe(400);
		expect(await appearances()).toBe(1);
		expect((await put(2)).json()).toMatchObject({ id, webRtcCallAppearances: 2 });
		expect(await appearances()).toBe(2);
		const ofGil = () => work.kernel.database.change((trx) => work.stations.callAppearancesOf(trx, [gil, "nobody"]));
		expect([...(await ofGil())]).toEqual([]);
		await work.stations.associate(gil, id, {});
		expect([...(await ofGil())]).toEqual([[gil, 2]]);
	});
});
