import { presenceLabel } from "@inlay/contract";
import { expect, test } from "vitest";
import type { PresenceDefinition } from "./model.ts";
import { organizationPresence } from "./views.ts";

const at = new Date(0);

function definition(languageLabels: Record<string, string>): PresenceDefinition {
	const common = {
		id: "p",
		systemPresence: "Meal",
		primary: false,
		deactivated: false,
		deleted: false,
		version: 1,
		position: 1,
	} as const;
	return { ...common, languageLabels, divisionId: "*", createdDate: at, modifiedDate: at };
}

const all = { en_US: "Lunch", de: "Mittag", de_CH: "Zmittag", fr: "Repas" };

test.each([
	["the locale's own", all, "de_CH", "Zmittag"],
	["the language's, where the locale has none", all, "de_AT", "Mittag"],
	["the language's, however the locale is written", all, "de-AT", "Mittag"],
	["English, where the language has none", all, "it_IT", "Lunch"],
	["whichever there is, without English", { fr: "Repas" }, "it_IT", "Repas"],
	["the system's own, where there is none at all", {}, "it_IT", "Meal"],
])("a presence is called by %s", (_which, labels, locale, label) => {
	expect(organizationPresence(definition(labels), locale).languageLabels).toEqual({ [locale]: label });
});

test.each([
	["it-IT", { it_CH: "Pranzo", en_US: "Lunch" }, "Pranzo"],
	["de_AT", { de_CH: "Zmittag", de: "Mittag" }, "Mittag"],
])("the API called a presence otherwise than the panel does: %s", (locale, labels, label) => {
	expect(organizationPresence(definition(labels), locale).name).toBe(label);
	expect(presenceLabel(labels, locale)).toBe(label);
});

test.each([undefined, "ALL", "all"])("every label is told for %s", (locale) => {
	expect(organizationPresence(definition(all), locale).languageLabels).toEqual(all);
});
