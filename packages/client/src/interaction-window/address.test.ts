import { expect, it } from "vitest";
import { isPanel, readWindowHash, windowAddress } from "./address.ts";

const owner = { deployment: "d 1", agent: "a", panel: "p" };
const wish = { conversationId: "c-1", panels: ["script", "responses"] };

it("the window's address names whose it is, the interaction and its panels, beside the panel's own page", () => {
	const address = windowAddress("https://inlay.example/crm/acme/index.html?x=1", owner, wish);
	expect(address).toBe(
		"https://inlay.example/crm/acme/interaction.html#deployment=d+1&agent=a&panel=p&url=https://inlay.example/directory/#/interaction/c-1?panels=script,responses",
	);
	expect(readWindowHash(new URL(address).hash)).toEqual(wish);
});

it("a private deployment's window is its own, also behind a gateway's path", () => {
	const address = windowAddress("https://a.example/inlay/crm/index.html?deployment=d%201", owner, {
		...wish,
		panels: [],
	});
	expect(address).toBe(
		"https://a.example/inlay/crm/interaction.html?deployment=d+1#deployment=d+1&agent=a&panel=p&url=https://a.example/directory/#/interaction/c-1",
	);
	expect(readWindowHash(new URL(address).hash)).toEqual({ ...wish, panels: [] });
});

it("an address as the original makes it is read, and others ask for nothing", () => {
	const original =
		"#url=https://apps.example/directory/?disableSoftphone=true#/interaction/c-1?panels=scripts,responses,co-pilot";
	expect(readWindowHash(original)).toEqual({ conversationId: "c-1", panels: ["scripts", "responses", "co-pilot"] });
	for (const other of ["", "#", "#url=x", "#/interaction/", "#/interaction/%"])
		expect(readWindowHash(other)).toBeUndefined();
});

it("an address that names a word of every object as its panel kept the window empty", () => {
	expect(["constructor", "toString", "__proto__"].filter((name) => isPanel(name, "script"))).toEqual([]);
	expect([isPanel("scripts", "script"), isPanel("responses", "email"), isPanel("email", "email")]).toEqual([
		true,
		true,
		true,
	]);
});
