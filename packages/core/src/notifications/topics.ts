import {
	callbacksTopic,
	deploymentTopic,
	deskTopic,
	outboundTopic,
	platformTopics,
	rightsTopic,
} from "@inlay/contract";
import { cobrowseTopic } from "@inlay/contract/cobrowse/session";
import { homeParts, homeTopic, panelTopic } from "@inlay/contract/home";
import { scriptTopic } from "@inlay/contract/scripter/open-script";

/** Longest accepted topic (platform-api 5.1). */
const topicMaxLength = 200;

/** Every topic that there is, the platform's and Inlay's beside it; `{id}` stands for an id. */
export const allTopics: readonly string[] = [
	...platformTopics.map(({ topic }) => topic),
	deploymentTopic("{id}"),
	deskTopic("{id}"),
	callbacksTopic("{id}"),
	outboundTopic("{id}"),
	rightsTopic("{id}"),
	scriptTopic("{id}"),
	cobrowseTopic("{id}"),
	panelTopic("{id}", "{id}"),
	...homeParts.map(homeTopic),
];

const uuid = "[\\da-f]{8}-(?:[\\da-f]{4}-){3}[\\da-f]{12}";
/** Of people, queues and conversations every id is one: what a script asks of `undefined`, or of a name, is no topic. */
const hasUuids = /^v2\.(?:users|routing|conversations|analytics)\./;

/** The known topics by their second part (`users`, `routing`…), which is never an id. */
const known = Map.groupBy(
	allTopics.map((topic) => ({
		area: areaOf(topic),
		pattern: toPattern(topic),
	})),
	({ area }) => area,
);

function toPattern(topic: string): RegExp {
	const source = topic
		.split("{id}")
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
		.join(hasUuids.test(topic) ? uuid : "[^.?&]+");
	return new RegExp(`^${source}$`, "i");
}

function areaOf(topic: string): string {
	return topic.split(".")[1]?.toLowerCase() ?? "";
}

/** Whether the platform, or Inlay beside it, has such a single topic. */
function isKnown(topic: string): boolean {
	return known.get(areaOf(topic))?.some(({ pattern }) => pattern.test(topic)) ?? false;
}

/**
 * Expands a combined topic (`v2.users.{id}?presence&routingStatus`) into the single ones under which events arrive.
 * A plain topic expands to itself.
 */
export function expandTopic(topic: string): string[] {
	const at = topic.indexOf("?");
	if (at < 0) return [topic];
	const prefix = topic.slice(0, at);
	return topic
		.slice(at + 1)
		.split("&")
		.map((suffix) => `${prefix}.${suffix}`);
}

/** The single topics that one stands for; undefined where there is no such topic. */
export function readTopic(topic: string): string[] | undefined {
	if (topic.length > topicMaxLength) return undefined;
	const singles = expandTopic(topic);
	return singles.every(isKnown) ? singles : undefined;
}
