import { expect, it } from "vitest";
import { cobrowseBodyOf, cobrowseFormOf, cobrowseProblems } from "./cobrowse-form.ts";

it("what is kept stands in the form, and is sent as it was", () => {
	const settings = {
		channels: ["voice" as const, "webmessaging" as const],
		...{ allowAgentControl: true, allowAgentNavigation: false, allowDraw: true, showPath: true, outlivesCall: true },
		maskSelectors: ["#iban", ".vault input"],
		readonlySelectors: [],
		pauseCriteria: [{ condition: "starts_with" as const, urlFragment: "https://shop.example/my account" }],
	};
	expect(cobrowseBodyOf(cobrowseFormOf(settings))).toEqual(settings);
	expect(cobrowseBodyOf(cobrowseFormOf())).toMatchObject({ channels: [], allowAgentControl: true });
});

it("selectors that are none, and rules for pages without their word, are told before they are saved", () => {
	const form = { ...cobrowseFormOf(), maskSelectors: "#iban\n[", pauses: "includes /account\n/checkout" };
	expect(cobrowseProblems(form, (selector) => selector !== "[")).toEqual(["maskSelectors", "pauses"]);
});
