import { expect, it } from "vitest";
import {
	locationBodyOf,
	locationFormOf,
	newLocation,
	type OfficeLocation,
	placeOf,
	placesFor,
} from "./location-form.ts";

const berlin: OfficeLocation = {
	...newLocation,
	id: "b",
	name: "Berlin",
	version: 3,
	address: { city: "Berlin", country: "DE" } as OfficeLocation["address"] & object,
};
const floor: OfficeLocation = { ...newLocation, id: "f", name: "Floor 2", path: ["b"] };
const desk: OfficeLocation = { ...newLocation, id: "d", name: "Desk 7", path: ["b", "f"], notes: "By the window" };
const all = [berlin, floor, desk];

it("a location that was opened and saved lost nothing", () => {
	for (const one of all) {
		const { id: _id, version: _version, ...rest } = one;
		expect(locationBodyOf(locationFormOf(one), one, all)).toEqual({ notes: "", address: {}, ...rest });
	}
});

it("a location in Germany that was moved to Austria had the code of the one and the name of the other", () => {
	const form = locationFormOf(berlin);
	expect(form.countryName).toBe("Germany");
	expect(locationBodyOf({ ...form, countryName: "Austria" }, berlin, all).address).toEqual({
		city: "Berlin",
		countryName: "Austria",
	});
	const named = { ...berlin, address: { country: "DE", countryName: "Deutschland" } };
	expect(locationBodyOf(locationFormOf(named), named, all).address).toEqual(named.address);
	expect(locationBodyOf({ ...locationFormOf(named), countryName: "" }, named, all).address).toEqual({});
});

it("a place is named from the outermost on, is nowhere in itself, and moves with the whole way to it", () => {
	expect(placeOf(desk, all)).toBe("Berlin / Floor 2 / Desk 7");
	expect(placesFor("f", all).map(({ id }) => id)).toEqual(["b"]);
	expect(locationBodyOf({ ...locationFormOf(berlin), inside: "f" }, berlin, all).path).toEqual(["b", "f"]);
	expect(locationBodyOf({ ...locationFormOf(desk), inside: "" }, desk, all).path).toEqual([]);
	// Where the others could not be read it stays.
	expect(locationBodyOf(locationFormOf(desk), desk, []).path).toEqual(["b", "f"]);
});
