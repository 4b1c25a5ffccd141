import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { createLocations } from "./locations.ts";
import { locationRoutes } from "./routes.ts";

let kernel: TestKernel;
let api: TestApi;
beforeAll(async () => {
	kernel = await testKernel();
	const locations = createLocations(kernel, {
		users: {
			whichActive: async (_trx, ids) => new Set(ids.filter((id) => id !== "nobody")),
			find: async () => [],
			onEnded: () => {},
			leaveLocation: async () => () => {},
		},
	});
	const agent = testPrincipal({ userId: randomUUID(), grants: [] });
	api = await testApi(locationRoutes(locations), { admin: testPrincipal({ userId: randomUUID() }), agent });
});
afterAll(async () => {
	await api.close();
	await kernel.close();
});

const path = "/api/v2/locations";
const ask = (method: string, url: string, body?: object, as = "admin") =>
	api.call(method, url, { as, ...(body ? { body } : {}) });
const names = (answer: { json(): { entities?: { name: string }[]; results?: { name: string }[] } }) =>
	(answer.json().entities ?? answer.json().results ?? []).map(({ name }) => name);

test.each<[string, object]>([
	["query.0.fields", { type: "EXACT", fields: ["secret"], value: "x" }],
	["query.0.fields", { type: "CONTAINS", fields: ["name", "secret"], value: "" }],
	["query.0.fields", { type: "EXACT", fields: [], value: "x" }],
	["query.0.value", { type: "EXACT", fields: ["name"] }],
	["query.0.type=RANGE", { type: "RANGE", fields: ["name"], value: "x" }],
	["query.startValue", { type: "EXACT", fields: ["name"], value: "x", startValue: "a" }],
])("while there was no location, a search took what it looks for nowhere: %s", async (fieldName, criterion) => {
	const answer = await ask("POST", `${path}/search`, { query: [criterion] });
	expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining(fieldName)]);
});

test("locations are added, found, moved with what is inside of them, and deleted when nothing is", async () => {
	const address = { street1: "Lindenstraße 5", city: "Köln", country: "DE", zipcode: "50674" };
	const made = await ask("POST", path, { name: "Cologne", address, contactUser: "anna", notes: "By the river" });
	expect(made.json()).toMatchObject({
		name: "Cologne",
		state: "active",
		version: 1,
		path: [],
		address,
		contactUser: { id: "anna" },
	});
	const { id } = made.json();
	const floor = (await ask("POST", path, { name: "Second floor", path: [id] })).json();
	const desk = (await ask("POST", path, { name: "Desk 7", path: [id, floor.id] })).json();
	expect((await ask("POST", path, { name: "Lost", path: [floor.id] })).json().details[0].fieldName).toBe("path");
	expect((await ask("POST", path, { name: "cologne" })).json().code).toBe("resource.already.exists");
	expect((await ask("POST", path, { name: "Bonn", contactUser: "nobody" })).json().details[0].fieldName).toBe(
		"contactUser",
	);
	expect(names(await ask("GET", `${path}/${id}/sublocations`, undefined, "agent"))).toEqual(["Desk 7", "Second floor"]);
	const bonn = (await ask("POST", path, { name: "Bonn" })).json();
	const moved = await ask("PATCH", `${path}/${floor.id}`, { name: "Second floor", version: 1, path: [bonn.id] });
	expect(moved.json()).toMatchObject({ version: 2, path: [bonn.id] });
	expect((await ask("GET", `${path}/${desk.id}`)).json()).toMatchObject({ version: 2, path: [bonn.id, floor.id] });
	const round = await ask("PATCH", `${path}/${floor.id}`, {
		name: "Second floor",
		version: 2,
		path: [bonn.id, floor.id],
	});
	expect(round.statusCode).toBe(400);
	const late = await ask("PATCH", `${path}/${floor.id}`, { name: "Other", version: 1 });
	expect(late.json().code).toBe("version.conflict");
	expect((await ask("DELETE", `${path}/${bonn.id}`)).json().code).toBe("location.not.empty");
	for (const one of [desk, floor, bonn]) expect((await ask("DELETE", `${path}/${one.id}`)).statusCode).toBe(204);
	expect((await ask("GET", `${path}/${bonn.id}`)).statusCode).toBe(404);
	expect(names(await ask("GET", `${path}?sortOrder=desc`))).toEqual(["Cologne"]);
});

test("locations are looked for by what they are, and changed by administrators alone", async () => {
	await ask("POST", path, { name: "Zürich", state: "inactive", address: { city: "Zürich" } });
	const search = (query: object[]) => ask("POST", `${path}/search`, { query }, "agent");
	expect(names(await search([{ type: "STARTS_WITH", fields: ["name"], value: "zur" }]))).toEqual(["Zürich"]);
	expect(names(await search([{ type: "CONTAINS", fields: ["name", "address"], value: "koln" }]))).toEqual(["Cologne"]);
	expect(names(await search([{ type: "EXACT", fields: ["state"], value: "active", operator: "NOT" }]))).toEqual([
		"Zürich",
	]);
	// As every search folds letters: "ß" and "ł" too.
	await ask("POST", path, { name: "Łódź, Schloßstraße" });
	for (const value of ["lodz", "SCHLOSS"])
		expect(names(await search([{ type: "CONTAINS", fields: ["name"], value }]))).toEqual(["Łódź, Schloßstraße"]);
	const q64 = Buffer.from(JSON.stringify({ query: [{ type: "TERM", fields: ["notes"], value: "river" }] })).toString(
		"base64",
	);
	expect(names(await ask("GET", `${path}/search?q64=${encodeURIComponent(q64)}`))).toEqual(["Cologne"]);
	expect((await search([{ type: "REGEX", fields: ["name"], value: "." }])).json().code).toBe("not.supported");
	expect((await ask("POST", path, { name: "Mine" }, "agent")).statusCode).toBe(403);
	expect((await ask("POST", path, { name: "Odd", state: "closed" })).statusCode).toBe(400);
});

test("a search by OR found what AND finds, and an empty contact person was taken and forgotten", async () => {
	const { id } = (await ask("POST", path, { name: "Ulm", contactUser: "ben" })).json();
	await ask("POST", path, { name: "Trier" });
	const criterion = (value: string, operator?: string) => ({
		...{ type: "EXACT", fields: ["name"], value },
		...(operator ? { operator } : {}),
	});
	const search = async (...query: object[]) => names(await ask("POST", `${path}/search`, { query }));
	expect((await search(criterion("Ulm"), criterion("Trier", "OR"))).toSorted()).toEqual(["Trier", "Ulm"]);
	expect(await search(criterion("Ulm"), criterion("Trier"))).toEqual([]);
	expect(await search(criterion("Ulm", "OR"))).toEqual(["Ulm"]);
	expect(await search(criterion("Ulm"), criterion("Trier", "OR"), criterion("Ulm", "NOT"))).toEqual(["Trier"]);
	const changed = await ask("PATCH", `${path}/${id}`, { name: "Ulm", contactUser: "", version: 1 });
	expect([changed.statusCode, changed.json().contactUser]).toEqual([200, undefined]);
	expect((await ask("GET", `${path}/${id}`)).json().contactUser).toBeUndefined();
});
