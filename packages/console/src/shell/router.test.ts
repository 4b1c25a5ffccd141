import { describe, expect, it } from "vitest";
import { hrefOf, type Route, readRoute } from "./router.ts";

const routes: Route[] = [
	{ screen: "home" },
	{ screen: "deployments" },
	{ screen: "deployment", id: "a/b c" },
	{ screen: "new-deployment" },
	{ screen: "clients" },
	{ screen: "client", id: "1" },
	{ screen: "new-client" },
	{ screen: "people" },
	{ screen: "person", id: "1" },
	{ screen: "new-person" },
	{ screen: "groups" },
	{ screen: "group", id: "1" },
	{ screen: "statuses" },
	{ screen: "status", id: "1" },
	{ screen: "new-status" },
	{ screen: "quality" },
	{ screen: "sign-in" },
	{ screen: "account" },
];

describe("screens in the address", () => {
	it.each(routes)("finds $screen again from its link", (route) => {
		expect(readRoute(hrefOf(route))).toEqual(route);
	});

	it("the address of a new one was taken for a thing that does not exist, where an area has no form of its own", () => {
		expect(readRoute("#/applications/new")).toEqual({ screen: "applications" });
	});

	it("finds the screen before what its list is narrowed to", () => {
		expect(readRoute("#/people?text=a/b?c&page=2")).toEqual({ screen: "people" });
		expect(readRoute("#/groups/1?text=x\n#y")).toEqual({ screen: "group", id: "1" });
	});

	it("an address with a mistake in it, or of another release, led home without a word", () => {
		for (const fragment of ["#/nowhere/1", "#/poeple?page=2", "#%E0%A4%A"]) {
			const route = readRoute(fragment);
			expect(route.screen).toBe("nowhere");
			expect(readRoute(hrefOf(route))).toEqual(route);
		}
	});

	it("an address below an area that nothing stands at opened a form for a new campaign, or was called deleted", () => {
		const wrong = ["#/outbound/foo", "#/outbound/campaigns", "#/outbound/campaigns:", "#/roles/x/y/z", "#/account/foo"];
		for (const fragment of [...wrong, "#/divisions/%E0%A4", "#//people"]) {
			const route = readRoute(fragment);
			expect([fragment, route.screen]).toEqual([fragment, "nowhere"]);
			expect(readRoute(hrefOf(route))).toEqual(route);
		}
		expect(readRoute("#/outbound/campaigns:new")).toEqual({ screen: "outbound-thing", id: "campaigns:new" });
		expect(readRoute("#/roles/x/?page=2")).toEqual({ screen: "role", id: "x" });
	});

	it("the import, guessed below its list, was called a person who may have been deleted", () => {
		expect(readRoute("#/people/import")).toEqual({ screen: "people-import" });
		expect(readRoute("#/contacts/import")).toEqual({ screen: "contacts-import" });
	});

	it.each(["", "#", "#/", "#/home/", "#/?page=2"])("shows the first screen for %s", (fragment) => {
		expect(readRoute(fragment)).toEqual({ screen: "home" });
	});
});
