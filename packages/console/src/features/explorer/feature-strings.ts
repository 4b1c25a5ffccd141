import type { FeatureId } from "@inlay/contract";
import { catalogue, textOf } from "@inlay/ui";

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

/** A feature of the guide's table as people call it. */
export function featureName(feature: FeatureId): string {
	return t(feature);
}
