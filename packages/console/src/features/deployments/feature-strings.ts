import type { FeatureId } from "@inlay/contract";
import { catalogue, locale, textOf } from "@inlay/ui";

const t = textOf(
	catalogue<FeatureId>("features", {
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
	}),
);

/** Agent features as a list for reading. */
export function featureNames(features: readonly FeatureId[]): string {
	return new Intl.ListFormat(locale.value, { type: "conjunction" }).format(features.map((feature) => t(feature)));
}
