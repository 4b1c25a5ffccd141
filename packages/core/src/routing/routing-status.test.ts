import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { departures } from "../test-support/platform-shape.ts";
import { workplace } from "../test-support/workplace.ts";

const clock = new FakeClock();
let work: Awaited<ReturnType<typeof workplace<FakeClock>>>;

beforeAll(async () => {
	work = await workplace({ clock });
});
afterAll(() => work.close());

async function put(as: string, userId: string, status: string) {
	const url = `/api/v2/users/${userId}/routingstatus`;
	const answer = await work.api.call("PUT", url, { as, body: { userId, status } });
	return { status: answer.statusCode, body: answer.json() };
}

const goOnQueue = (userId: string) => work.presence.set(userId, "OnQueue", { actor: { userId } });

describe("a client's routing status", () => {
	it("leaves NOT_RESPONDING by IDLE", async () => {
		const id = await work.hire("Ann");
		await goOnQueue(id);
		await work.kernel.database.change((trx) => work.routingStatus.set(trx, id, "NOT_RESPONDING"));
		clock.advance(5000);
		const { status, body } = await put("Ann", id, "IDLE");
		expect(status).toBe(200);
		expect(departures("RoutingStatus", body)).toEqual([]);
		expect(body).toEqual({ userId: id, status: "IDLE", startTime: clock.now().toISOString() });
	});

	it("is refused where presence and work decide", async () => {
		const id = await work.hire("Bob");
		expect(await put("Bob", id, "IDLE")).toMatchObject({ status: 409, body: { code: "request.conflict" } });
		await goOnQueue(id);
		for (const status of ["INTERACTING", "COMMUNICATING", "OFF_QUEUE", "SLEEPING"]) {
			const refused = await put("Bob", id, status);
			expect(refused).toMatchObject({ status: 400, body: { details: [{ fieldName: "status" }] } });
		}
		expect((await work.routingStatus.get(id)).status).toBe("IDLE");
	});

	it("of another user needs a permission", async () => {
		const id = await work.hire("Cal");
		await work.hire("Dan");
		expect((await put("Dan", id, "IDLE")).status).toBe(403);
		expect((await put("Dan", "nobody", "IDLE")).status).toBe(404);
	});

	it("is announced only when it changes", async () => {
		const id = await work.hire("Eva");
		await goOnQueue(id);
		await put("Eva", id, "IDLE");
		const told = (await work.events()).filter((e) => e.entityId === id && e.type === "routingstatus.changed");
		expect(told.map((event) => (event.data as { status: string }).status)).toEqual(["IDLE"]);
	});
});
