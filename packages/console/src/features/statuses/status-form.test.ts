import { describe, expect, it } from "vitest";
import type { PresenceDefinition } from "../../session/wire.ts";
import { seenIn, statusBodyOf, statusFormOf } from "./status-form.ts";

function status(languageLabels: Record<string, string>): PresenceDefinition {
	const facts = { id: "s", name: "Lunch", type: "User", systemPresence: "Meal", divisionId: "*" } as const;
	return { ...facts, languageLabels, deactivated: false, version: 3 };
}

describe("a status in its form", () => {
	it("shows each language's label, whatever its tag", () => {
		const form = statusFormOf(status({ en_US: "Lunch", "de-CH": "Zmittag", "zh-Hans": "午餐", xx: "?" }));
		expect([form.en, form.de, form["zh-Hans"], form.fr, form.active]).toEqual(["Lunch", "Zmittag", "午餐", "", true]);
	});

	it("sent back lost the labels of regions that the form does not show", () => {
		const before = status({ en_US: "Lunch", en_GB: "Dinner", de: "Mittag", de_CH: "Zmittag", cy: "Cinio" });
		const form = { ...statusFormOf(before), de: " Mittagspause ", fr: "Repas" };
		expect(statusBodyOf(form, before)).toEqual({
			languageLabels: {
				en_US: "Lunch",
				en_GB: "Dinner",
				de: "Mittagspause",
				de_CH: "Zmittag",
				cy: "Cinio",
				fr: "Repas",
			},
			systemPresence: "Meal",
			divisionId: "*",
			deactivated: false,
		});
	});

	it("takes a label away that is emptied, and gives new English the tag that all fall back to", () => {
		const before = status({ de: "Mittag", fr: "Repas" });
		const form = { ...statusFormOf(before), fr: "  ", en: "Lunch", active: false };
		expect(statusBodyOf(form, before)).toMatchObject({
			languageLabels: { de: "Mittag", en_US: "Lunch" },
			deactivated: true,
		});
	});

	it.each([
		[{ en_US: "Lunch", de: "Mittag" }, "de", "Mittag"],
		[{ en_US: "Lunch", de: "Mittag" }, "ar", "Lunch"],
		[{ fr: "Repas", es: "Comida" }, "ar", "Repas"],
		[{}, "ar", ""],
	] as const)("with %j is seen in %s as %j", (labels, language, seen) => {
		expect(seenIn(statusFormOf(status(labels)), language)).toBe(seen);
	});
});
