import { presenceLabel } from "@inlay/contract";
import { type Language, languages } from "@inlay/ui";
import type { PresenceDefinition } from "../../session/wire.ts";

/** System presences that the organization can put statuses of its own beneath: agents choose these by hand. */
export const choosable = ["Available", "Busy", "Away", "Break", "Meal", "Meeting", "Training"] as const;
export type Choosable = (typeof choosable)[number];

/** A status as a form has it: each language's label is a field of its own, so that two who change different ones agree. */
export interface StatusForm extends Record<Language, string> {
	systemPresence: string;
	divisionId: string;
	active: boolean;
}

export function statusFormOf(status: PresenceDefinition): StatusForm {
	const labels = Object.fromEntries(languages.map((language) => [language, labelOf(status, language)]));
	return {
		...(labels as Record<Language, string>),
		systemPresence: status.systemPresence,
		divisionId: status.divisionId,
		active: !status.deactivated,
	};
}

/** What is sent: the form's labels, and those of regions and languages that the form does not show, as they were. */
export function statusBodyOf(form: StatusForm, before: PresenceDefinition) {
	const languageLabels = { ...before.languageLabels };
	for (const language of languages) {
		const key = keyOf(before, language) ?? newKeyOf(language);
		const label = form[language].trim();
		if (label === "") delete languageLabels[key];
		else languageLabels[key] = label;
	}
	const { systemPresence, divisionId, active } = form;
	return { languageLabels, systemPresence, divisionId, deactivated: !active };
}

/** One label is enough; where there is none, each of them is missing. */
export function statusProblems(form: StatusForm): Set<keyof StatusForm> {
	return new Set(languages.every((language) => form[language].trim() === "") ? languages : []);
}

/** The label that agents who read a language see; empty while there is none at all. */
export function seenIn(form: StatusForm, language: Language): string {
	const labels = languages.flatMap((one) => (form[one].trim() === "" ? [] : [[one, form[one].trim()] as const]));
	return presenceLabel(Object.fromEntries(labels), language) ?? labels[0]?.[1] ?? "";
}

/** The label as it stands for exactly this language: without a fall-back. */
function labelOf(status: PresenceDefinition, language: Language): string {
	return status.languageLabels[keyOf(status, language) ?? ""] ?? "";
}

/** The key under which a language's label stands: its own, else the first of its regions. */
function keyOf({ languageLabels }: PresenceDefinition, language: Language): string | undefined {
	const keys = Object.keys(languageLabels);
	const primary = (tag: string) => tag.split(/[-_]/)[0]?.toLowerCase();
	return keys.find((key) => key === newKeyOf(language)) ?? keys.find((key) => primary(key) === primary(language));
}

/** Where there is none yet: English as the platform falls back to it (platform-api 5.2), others without a region. */
function newKeyOf(language: Language): string {
	return language === "en" ? "en_US" : (language.split("-")[0] ?? language);
}
