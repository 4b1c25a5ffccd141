import { beforeAll, describe, expect, it } from "vitest";

// The page's place is a signal over the window's address; here there is no window.
let placeModule: typeof import("./place.ts");
beforeAll(async () => {
	Object.assign(globalThis, { window: new EventTarget(), location: { hash: "" } });
	placeModule = await import("./place.ts");
});

describe("the address of a place", () => {
	it.each([
		{ kind: "list" } as const,
		{ kind: "contact", id: "c 1/2", activityId: undefined } as const,
		{ kind: "contact", id: "c1", activityId: "a1" } as const,
		{ kind: "edit", id: "c1" } as const,
		{ kind: "new", name: "Nils & Söhne", phone: "+13175550199", interactionId: "i1" } as const,
		{ kind: "new", name: "", phone: "", email: "nils@oak.example", interactionId: "i2" } as const,
	])("brings $kind back", (place) => {
		expect(placeModule.readPlace(placeModule.placeHash(place))).toEqual(place);
	});

	it.each(["", "#", "#/", "#/elsewhere/7", "#//"])("%j is the list", (hash) => {
		expect(placeModule.readPlace(hash)).toEqual({ kind: "list" });
	});
});
