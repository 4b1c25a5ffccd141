import { describe, expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { PersonQueues } from "./person-queues.ts";
import { PersonSessions } from "./person-sessions.ts";
import { PersonStation } from "./person-station.ts";

describe("a person's phone", () => {
	const path = "/api/v2/stations?webRtcUserId=u1";
	const phone = { id: "s1", name: "Ann", webRtcCallAppearances: 1, webRtcPersistentEnabled: false };

	async function open(...stations: object[]) {
		const api = new FakeApi().on(`GET ${path}`, page(...stations)).on("PATCH /api/v2/inlay/stations/s1", phone);
		const station = new PersonStation(api, "u1");
		await station.loaded.load();
		return { api, station, sent: () => api.asked.filter(({ what }) => what.startsWith("PATCH")) };
	}

	it("had settings that only a program could change, and one arrow key over a select saved each on its way", async () => {
		const { station, sent } = await open(phone);
		station.details.change({ webRtcCallAppearances: "2" });
		expect([sent(), station.details.changed.value]).toEqual([[], ["webRtcCallAppearances"]]);
		expect(await station.save()).toBe(true);
		expect(sent().map(({ body }) => body)).toEqual([{ webRtcCallAppearances: 2 }]);
	});

	it("was set by two at once, and the first one's was gone", async () => {
		const { api, station, sent } = await open(phone);
		station.details.change({ webRtcCallAppearances: "2" });
		api.on(`GET ${path}`, page({ ...phone, webRtcCallAppearances: 3 }));
		expect(await station.save()).toBe(false);
		expect([sent(), station.details.conflict.value?.fields]).toEqual([[], ["webRtcCallAppearances"]]);
		station.details.conflict.value = undefined;
		api.on(`GET ${path}`, page({ ...phone, webRtcPersistentEnabled: true }));
		expect(await station.save(), "what only one has changed fits together").toBe(true);
		expect(sent().map(({ body }) => body)).toEqual([{ webRtcCallAppearances: 2 }]);
	});

	it("is none before the person has used the panel", async () => {
		expect((await open()).station.loaded.value?.station).toBeUndefined();
	});
});

describe("a person's queues", () => {
	const own = "/api/v2/users/u1/queues";
	const server = () =>
		new FakeApi()
			.on(`GET ${own}?joined=true`, page({ id: "q2", name: "Sales", joined: true }))
			.on(`GET ${own}?joined=false`, page({ id: "q1", name: "Service", joined: false }));

	it("are those that are switched off, too: the server tells the joined ones alone unless it is asked", async () => {
		const queues = new PersonQueues(server(), "u1");
		await queues.own.load();
		expect(queues.own.value?.map((queue) => [queue.name, queue.joined])).toEqual([
			["Sales", true],
			["Service", false],
		]);
	});

	it("are changed as the queue's members, and read again", async () => {
		const members = (id: string) => `/api/v2/routing/queues/${id}/members`;
		const api = server()
			.on(`POST ${members("q3")}`, undefined)
			.on(`DELETE ${members("q2")}/u1`, undefined);
		const queues = new PersonQueues(api, "u1");
		expect(await queues.add("q3")).toBe(true);
		expect(api.asked[0]).toEqual({ what: `POST ${members("q3")}`, body: [{ id: "u1" }] });
		expect(await queues.takeOut("q2")).toBe(true);
		expect(api.asked.filter((one) => one.what.startsWith("GET"))).toHaveLength(4);
	});

	it("are looked for by a part of their name, escaped for the address", async () => {
		const api = new FakeApi();
		const queues = new PersonQueues(api, "u1");
		queues.all.text.value = "a&b";
		await queues.all.slice.load();
		expect(api.asked[0]?.what).toBe("GET /api/v2/routing/queues?pageSize=25&pageNumber=1&name=*a%26b*");
	});
});

describe("a person's sessions", () => {
	const path = "/api/inlay/v1/users/u1/sessions";
	const session = { id: "s1", client: { id: "c", name: "CRM" }, current: false };

	it("are ended one by one or all at once, and read again", async () => {
		let open = [session, { ...session, id: "s2" }];
		const api = new FakeApi()
			.on(`GET ${path}`, () => ({ entities: open }))
			.on(`DELETE ${path}/s1`, () => {
				open = open.filter((one) => one.id !== "s1");
			})
			.on("DELETE /api/v2/tokens/u1", () => {
				open = [];
			});
		const sessions = new PersonSessions(api, "u1");
		await sessions.open.load();
		expect(await sessions.end("s1")).toBe(true);
		expect(sessions.open.value?.map((one) => one.id)).toEqual(["s2"]);
		expect(await sessions.endAll()).toBe(true);
		expect(sessions.open.value).toEqual([]);
	});

	it("that ended by itself meanwhile is said to be gone, and the list is true again", async () => {
		const api = new FakeApi().on(`GET ${path}`, { entities: [] }).on(`DELETE ${path}/s1`, () => {
			throw refuse(404, "not.found");
		});
		const sessions = new PersonSessions(api, "u1");
		expect(await sessions.end("s1")).toBe(false);
		expect([sessions.ending.error.value?.status, sessions.open.value]).toEqual([404, []]);
	});
});
