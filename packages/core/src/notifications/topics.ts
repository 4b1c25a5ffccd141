import { deploymentTopic, deskTopic, platformTopics } from "@inlay/contract";
import { holds, type Principal } from "../kernel/principal.ts";

/** Longest accepted topic (platform-api 5.1). */
export const topicMaxLength = 200;

/** What became of one asked-for topic. */
export type TopicVerdict =
	| { state: "Permitted"; topics: string[] }
	| { state: "Invalid" }
	| { state: "Rejected"; missingPermissions: string[] };

/** Topics of one's own user, and those that any user of the organization may see of another (platform-api 5.1, our rules). */
const openUserSuffixes = /^(presence|routingstatus|station|activity|conversationsummary|outofoffice)$/;

/** Named where a topic is one person's own, which no permission opens to others: what stands on an agent's desk. */
const nobodys = "inlay:desk:own";

/** The known topics by their second part (`users`, `routing`…), which is never an id. */
const known = Map.groupBy(
	[...platformTopics.map(({ topic }) => topic), deploymentTopic("{id}"), deskTopic("{id}")].map((topic) => ({
		area: areaOf(topic),
		pattern: toPattern(topic),
	})),
	({ area }) => area,
);

function toPattern(topic: string): RegExp {
	const source = topic
		.split("{id}")
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
		.join("[^.?&]+");
	return new RegExp(`^${source}$`, "i");
}

function areaOf(topic: string): string {
	return topic.split(".")[1]?.toLowerCase() ?? "";
}

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

/** Whether the principal may follow a topic, and which single topics it stands for. */
export function judgeTopic(topic: string, principal: Principal): TopicVerdict {
	if (topic.length > topicMaxLength) return { state: "Invalid" };
	const topics = expandTopic(topic);
	if (!topics.every(isKnown)) return { state: "Invalid" };
	const missing = [...new Set(topics.flatMap((single) => missingFor(single, principal)))];
	return missing.length === 0 ? { state: "Permitted", topics } : { state: "Rejected", missingPermissions: missing };
}

/** Permissions that the principal lacks for one single topic; the rule set of platform-api 5.1 (inferred there). */
function missingFor(topic: string, principal: Principal): string[] {
	if (isOthersDesk(topic, principal)) return [nobodys];
	const wanted = permissionsFor(topic, principal);
	if (wanted.length === 0 || wanted.some((permission) => holds(principal, permission))) return [];
	return wanted;
}

function isOthersDesk(topic: string, { userId }: Principal): boolean {
	const own = deskTopic(userId ?? "").toLowerCase();
	return topic.toLowerCase().startsWith(deskTopic("")) && topic.toLowerCase() !== own;
}

/** Any one of these opens the topic; none means that every user may. Topics are the same whatever their case. */
function permissionsFor(topic: string, principal: Principal): string[] {
	const [, area = "", id = "", ...rest] = topic.toLowerCase().split(".");
	const suffix = rest.join(".");
	if (area === "users") return userTopicPermissions(id, suffix, principal);
	if (area === "routing") return ["routing:queue:view", "routing:queue:search"];
	if (area === "conversations") return ["conversation:communication:view"];
	if (area === "analytics") return analyticsPermissions(id);
	if (area === "quality") return ["quality:evaluation:view"];
	if (area === "outbound") return ["outbound:campaign:view", "outbound:contact:view"];
	// What a deployment's topic tells is no secret: a panel's boot tells it without a token.
	if (area === "system" || area === "presence" || area === "inlay") return [];
	return [`${area}:*:view`];
}

function userTopicPermissions(userId: string, suffix: string, principal: Principal): string[] {
	if (userId === principal.userId?.toLowerCase() || openUserSuffixes.test(suffix)) return [];
	if (suffix.startsWith("conversations")) return ["conversation:communication:view"];
	// Sign-ins, voicemail and the like are the person's own; colleagues see each other, but not these.
	return ["directory:user:edit"];
}

function analyticsPermissions(kind: string): string[] {
	if (kind === "queues") return ["analytics:queueObservation:view"];
	if (kind === "users") return ["analytics:userAggregate:view"];
	return ["analytics:conversationAggregate:view"];
}
