import type { FeatureId } from "@inlay/contract";
import { catalogue, locale, textOf } from "@inlay/ui";

const t = textOf(
	catalogue<FeatureId>(
		{
			"call-controls": "recording calls",
			"call-forwarding": "call forwarding",
			callbacks: "callbacks",
			client: "the panel itself",
			cobrowse: "co-browse",
			email: "e-mails",
			evaluations: "evaluations",
			queues: "choosing queues",
			scheduling: "schedules",
			"screen-pop": "screen pops of campaigns",
			"screen-share": "screen share",
			scripts: "scripts",
			sms: "SMS messages",
			statistics: "statistics",
			statuses: "On Queue status",
			voicemails: "voicemails",
		},
		{
			"call-controls": "Anrufe aufzeichnen",
			"call-forwarding": "Rufumleitung",
			callbacks: "Rückrufe",
			client: "das Panel selbst",
			cobrowse: "Co-Browse",
			email: "E-Mails",
			evaluations: "Bewertungen",
			queues: "Warteschlangen wählen",
			scheduling: "Dienstpläne",
			"screen-pop": "Screen-Pops von Kampagnen",
			"screen-share": "Bildschirm teilen",
			scripts: "Skripte",
			sms: "SMS-Nachrichten",
			statistics: "Statistiken",
			statuses: "Status On Queue",
			voicemails: "Voicemails",
		},
	),
);

/** Agent features as a list for reading. */
export function featureNames(features: readonly FeatureId[]): string {
	return new Intl.ListFormat(locale.value, { type: "conjunction" }).format(features.map((feature) => t(feature)));
}
