import { platformTopics } from "@inlay/contract";
import { holds, type Principal } from "../kernel/principal.ts";

/** Longest accepted topic (platform-api 5.1). */
export const topicMaxLength = 200;

/** What became of one asked-for topic. */
export type TopicVerdict =
	| { state: "Permitted"; topics: string[] }
	| { state: "Invalid" }
	| { state: "Rejected"; missingPermissions: string[] };

/** Topics of one's own user, and those that any user of the organization may see of another (platform-api 5.1, our rules). */
const openUserSuffixes = /^(presence|routingStatus|station|activity|conversationsummary|outofoffice)$/;

const known = platformTopics.map(({ topic }) => toPattern(topic));

function toPattern(topic: string): RegExp {
	const source = topic
		.split("{id}")
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
		.join("[^.?&]+");
	return new RegExp(`^${source}$`, "i");
}

/**
 * Expands a combined topic (`v2.users.{id}?presence&routingStatus`) into the single ones under which events arrive.
 * A plain topic expands to itself.
 */
export function expandTopic(topic: string): string[] {
	const [prefix = "", suffixes] = topic.split("?");
	if (suffixes === undefined) return [topic];
	return suffixes.split("&").map((suffix) => `${prefix}.${suffix}`);
}

/** Whether the principal may follow a topic, and which single topics it stands for. */
export function judgeTopic(topic: string, principal: Principal): TopicVerdict {
	if (topic.length > topicMaxLength) return { state: "Invalid" };
	const topics = expandTopic(topic);
	if (!topics.every((single) => known.some((pattern) => pattern.test(single)))) return { state: "Invalid" };
	const missing = [...new Set(topics.flatMap((single) => missingFor(single, principal)))];
	return missing.length === 0 ? { state: "Permitted", topics } : { state: "Rejected", missingPermissions: missing };
}

/** Permissions that the principal lacks for one single topic; the rule set of platform-api 5.1 (inferred there). */
function missingFor(topic: string, principal: Principal): string[] {
	const wanted = permissionsFor(topic, principal);
	if (wanted.length === 0 || wanted.some((permission) => holds(principal, permission))) return [];
	return wanted;
}

/** Any one of these opens the topic; none means that every user may. */
function permissionsFor(topic: string, principal: Principal): string[] {
	const [, area = "", id = "", ...rest] = topic.split(".");
	const suffix = rest.join(".");
	if (area === "users") return userTopicPermissions(id, suffix, principal);
	if (area === "routing") return ["routing:queue:view", "routing:queue:search"];
	if (area === "conversations") return ["conversation:communication:view"];
	if (area === "analytics") return analyticsPermissions(id);
	if (area === "quality") return ["quality:evaluation:view"];
	if (area === "outbound") return ["outbound:campaign:view", "outbound:contact:view"];
	if (area === "system" || area === "presence") return [];
	return [`${area}:*:view`];
}

function userTopicPermissions(userId: string, suffix: string, principal: Principal): string[] {
	if (userId === principal.userId || openUserSuffixes.test(suffix)) return [];
	if (suffix.startsWith("conversations")) return ["conversation:communication:view"];
	return ["directory:user:view"];
}

function analyticsPermissions(kind: string): string[] {
	if (kind === "queues") return ["analytics:queueObservation:view"];
	if (kind === "users") return ["analytics:userAggregate:view"];
	return ["analytics:conversationAggregate:view"];
}
