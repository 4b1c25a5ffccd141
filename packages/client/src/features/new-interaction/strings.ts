import { catalogue, textOf } from "@inlay/ui";

export const dialTexts = catalogue(
	{
		title: "Dial",
		number: "Number or name",
		numberOnly: "Number",
		call: "Call",
		onBehalf: "On behalf of",
		myself: "Myself",
		noPhone: "You have no phone selected. Choose one in Settings before you call.",
		openSettings: "Open settings",
		backspace: "Delete last digit",
		invalid: "Enter a number to call.",
		attributes: "Goes along with the call: {names}",
	},
	{
		title: "Wählen",
		number: "Nummer oder Name",
		numberOnly: "Nummer",
		call: "Anrufen",
		onBehalf: "Im Namen von",
		myself: "Mir selbst",
		noPhone: "Sie haben kein Telefon ausgewählt. Wählen Sie eines in den Einstellungen, bevor Sie anrufen.",
		openSettings: "Einstellungen öffnen",
		backspace: "Letzte Ziffer löschen",
		invalid: "Geben Sie eine Nummer ein.",
		attributes: "Geht mit dem Anruf mit: {names}",
	},
);

export const t = textOf(dialTexts);
