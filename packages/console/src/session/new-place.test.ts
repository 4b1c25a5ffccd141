import { afterEach, describe, expect, it } from "vitest";
import type { Api } from "./api.ts";
import { divisions } from "./divisions.ts";
import { needs } from "./needs.ts";
import { NewPlace } from "./new-place.ts";
import { allRights, Rights } from "./rights.ts";
import { Self } from "./self.ts";

const api = { request: async () => ({ entities: [] }) } as unknown as Api;

afterEach(() => {
	divisions.value = [];
});

describe("where something new is made", () => {
	it("is the division of who may add nothing in the home division", () => {
		divisions.value = [division("home", true), division("east"), division("west")];
		const place = placeOf(addsIn("east", "west"));
		expect([place.places, place.body]).toEqual([["east", "west"], { division: { id: "east" } }]);
		place.choose("west");
		expect(place.body).toEqual({ division: { id: "west" } });
		place.choose("home");
		expect(place.id).toBe("east");
	});

	it("is the home division first for who may add anywhere", () => {
		divisions.value = [division("east"), division("home", true)];
		expect(placeOf(allRights).places).toEqual(["home", "east"]);
	});

	it("fell back to the first one without a word where the chosen one had been deleted meanwhile", () => {
		divisions.value = [division("home", true), division("east"), division("west")];
		const place = placeOf(allRights);
		place.choose("west");
		expect(place.lost).toBeUndefined();
		divisions.value = [division("home", true), division("east")];
		expect([place.id, place.lost]).toEqual(["home", "west"]);
		place.choose("east");
		expect([place.id, place.lost]).toEqual(["east", undefined]);
	});

	it("is left to the server where no division is known", () => {
		expect(placeOf(allRights).body).toEqual({});
	});
});

const division = (id: string, homeDivision = false) => ({ id, name: id, homeDivision });

function addsIn(...ids: string[]): Rights {
	const policies = [{ domain: "routing", entityName: "queue", actions: ["add"] }];
	return new Rights(
		ids.map((id) => ({ subjectId: "ann", division: { id, name: id }, role: { id: "adding", policies } })),
	);
}

function placeOf(rights: Rights): NewPlace {
	const self = Object.assign(Object.create(Self.prototype), { rights: { value: rights, peek: () => rights } });
	return new NewPlace(api, self, needs.addQueue);
}
