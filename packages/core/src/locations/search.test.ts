import { expect, test } from "vitest";
import type { SearchCriterion } from "../users/search-store.ts";
import type { Location } from "./model.ts";
import { fitting } from "./search.ts";

const cologne: Location = {
	...{ id: "L-1", name: "Köln, Süd-Straße", state: "active", version: 1, path: ["top", "mid"] },
	...{ notes: "By the river", contactUserId: "anna", address: { city: "Cologne", zipcode: "50674" } },
};
const bare: Location = { id: "L-2", name: "Bare", state: "inactive", version: 1, path: [] };

const fits = (location: Location, ...query: object[]) => fitting(query as SearchCriterion[])(location);

test.each<[string, object, boolean]>([
	["the whole of it", { type: "EXACT", fields: ["name"], value: "koln, sud-strasse" }, true],
	["less than the whole", { type: "EXACT", fields: ["name"], value: "koln" }, false],
	["a beginning", { type: "STARTS_WITH", fields: ["name"], value: "KÖLN" }, true],
	["a part that is no beginning", { type: "STARTS_WITH", fields: ["name"], value: "sud" }, false],
	["a part", { type: "CONTAINS", fields: ["name"], value: "d-st" }, true],
	["a word", { type: "TERM", fields: ["name"], value: "sud" }, true],
	["a part of a word", { type: "TERM", fields: ["name"], value: "su" }, false],
	["several words, as one", { type: "TERM", fields: ["name"], value: "sud strasse" }, false],
	["its id", { type: "EXACT", fields: ["id"], value: "l-1" }, true],
	["its state", { type: "EXACT", fields: ["state"], value: "ACTIVE" }, true],
	["what is no state of it", { type: "EXACT", fields: ["state"], value: "inactive" }, false],
	["who is asked about it", { type: "EXACT", fields: ["contactUser"], value: "anna" }, true],
	["where it is in, at any height", { type: "EXACT", fields: ["path"], value: "top" }, true],
	["any field of its address", { type: "EXACT", fields: ["address"], value: "50674" }, true],
	["one field of those that are asked for", { type: "TERM", fields: ["name", "notes"], value: "river" }, true],
	["a field that is not asked for", { type: "TERM", fields: ["name"], value: "river" }, false],
	["its name, where no field is asked for", { type: "TERM", value: "koln" }, true],
	["one of several values", { type: "EXACT", fields: ["id"], values: ["x", "L-1"] }, true],
	["a value beside values", { type: "EXACT", fields: ["id"], values: ["x"], value: "L-1" }, true],
	["none of several values", { type: "EXACT", fields: ["id"], values: ["x", "y"] }, false],
])("a location is found by %s, or is not", (_by, criterion, isFound) => {
	expect(fits(cologne, criterion)).toBe(isFound);
	expect(fits(cologne, { ...criterion, operator: "NOT" })).toBe(!isFound);
});

test("what a location does not have is nothing that it is found by", () => {
	for (const field of ["notes", "contactUser", "address", "path"])
		expect(fits(bare, { type: "CONTAINS", fields: [field], value: "" }), field).toBe(false);
});

test("criteria join those before them, from the left", () => {
	const is = (id: string, operator?: string) => ({
		...{ type: "EXACT", fields: ["id"], value: id },
		...(operator ? { operator } : {}),
	});
	const both = (...query: object[]) => [cologne, bare].map((one) => fits(one, ...query));
	expect(both()).toEqual([true, true]);
	expect(both(is("L-1", "NOT"))).toEqual([false, true]);
	expect(both(is("L-1"), is("L-2", "OR"))).toEqual([true, true]);
	expect(both(is("L-1"), is("L-2", "OR"), is("L-2", "AND"))).toEqual([false, true]);
	expect(both(is("L-1"), is("L-1", "NOT"), is("L-2", "OR"))).toEqual([false, true]);
	expect(both(is("L-1", "OR"))).toEqual([true, false]);
});
