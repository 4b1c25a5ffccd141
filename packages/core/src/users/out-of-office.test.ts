import { afterAll, beforeAll, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { departures } from "../test-support/platform-shape.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
});
afterAll(() => people.close());

test("one says oneself when one is away; of others it takes the permission to edit them", async () => {
	const [own, stranger] = [await givers.person([]), await givers.person([])];
	const path = `users/${own.user.id}/outofoffice`;
	expect((await stranger.call("GET", path)).json()).toMatchObject({ active: false, indefinite: false });
	const away = { active: true, startDate: "2026-02-01T08:00:00.000Z", endDate: "2026-02-08T08:00:00.000Z" };
	const saved = (await own.call("PUT", path, away)).json();
	expect([departures("OutOfOffice", saved), saved]).toMatchObject([[], { ...away, indefinite: false }]);
	expect((await own.call("PUT", path, saved)).statusCode).toBe(200);
	expect((await stranger.call("GET", path)).json()).toMatchObject(away);
	expect((await stranger.call("PUT", path, { active: false })).statusCode).toBe(403);
	expect((await stranger.call("GET", path)).json().active).toBe(true);
});

test("a stretch that has no end, or ends before it begins, is refused with its field", async () => {
	const own = await givers.person([]);
	const refused = async (body: object) =>
		(await own.call("PUT", `users/${own.user.id}/outofoffice`, body)).json().details?.[0]?.fieldName;
	expect(await refused({ active: true })).toBe("endDate");
	expect(await refused({ active: true, indefinite: true, endDate: "2026-02-08T08:00:00Z" })).toBe("endDate");
	expect(await refused({ active: true, startDate: "2026-02-09T08:00:00Z", endDate: "2026-02-08T08:00:00Z" })).toBe(
		"endDate",
	);
	expect(await refused({ active: false, startDate: "soon" })).toBe("startDate");
});
