import { callbacksTopic, deskTopic, outboundTopic, rightsTopic } from "@inlay/contract";
import { cobrowseTopic } from "@inlay/contract/cobrowse/session";
import { homePartOf, homePermissions } from "@inlay/contract/home";
import { scriptTopic } from "@inlay/contract/scripter/open-script";

/** A thing whose division decides who may be told of it. */
export interface Thing {
	kind: "queue" | "user" | "conversation";
	id: string;
}

/** Who may follow a single topic, and what they are told on it: what a `GET` of the same would tell them. */
export interface TopicRule {
	/** Any one of these opens it; none means that every user may. */
	permissions: readonly string[];
	/**
	 * The thing that it is about: the permission has to be held where that is. Without one it may be held anywhere, and each
	 * announcement is told where it is held.
	 */
	of?: Thing;
	/** What its announcements tell needs one of these as well, in divisions of the announcement's own. */
	told?: readonly string[];
	/** One person's own, which no permission opens to others. */
	private?: boolean;
	/** Of a product that is not here: nobody holds what it takes, as where the platform has not been given it. */
	absent?: boolean;
}

/** The permission is but a name for what is missing: what stands on an agent's desk is nobody else's. */
const othersDesk: TopicRule = { permissions: ["inlay:desk:own"], private: true };
/** Likewise: whether something about somebody's rights has changed concerns nobody else. */
const othersRights: TopicRule = { permissions: ["inlay:rights:own"], private: true };
const everyone: TopicRule = { permissions: [] };
const viewConversations = ["conversation:communication:view"];
/** Their own, by the guide's table: without it nobody is told that a message waits. */
const receiveVoicemail: TopicRule = { permissions: ["voicemail:voicemail:receive"] };
/** Their own, by the guide's table: without it an interaction shows no script. */
const seeScripts: TopicRule = { permissions: ["scripter:publishedScript:view"] };
/** As for `GET /routing/queues/{id}/members`. */
const readMembers = [
	"routing:queue:view",
	"routing:queue:edit",
	"routing:queue:readonly",
	"routing:queueMember:manage",
];

/** What any user of the organization may see of another (platform-api 5.1, our rules). */
const openUserSuffixes = /^(presence|routingstatus|station|activity|conversationsummary|outofoffice)$/;

/** The rule set of platform-api 5.1 (inferred there), for a known single topic. Topics are the same whatever their case. */
export function ruleOf(topic: string, userId: string | undefined): TopicRule {
	const folded = topic.toLowerCase();
	const [, area = "", id = "", ...rest] = folded.split(".");
	const me = userId?.toLowerCase();
	if (folded.startsWith(deskTopic(""))) return folded === deskTopic(me ?? "") ? everyone : othersDesk;
	if (folded.startsWith(cobrowseTopic(""))) return folded === cobrowseTopic(me ?? "") ? everyone : othersDesk;
	if (folded.startsWith(callbacksTopic(""))) return folded === callbacksTopic(me ?? "") ? everyone : othersDesk;
	if (folded.startsWith(outboundTopic(""))) return folded === outboundTopic(me ?? "") ? everyone : othersDesk;
	if (folded.startsWith(scriptTopic(""))) return folded === scriptTopic(me ?? "") ? seeScripts : othersDesk;
	if (folded.startsWith(rightsTopic("")))
		return folded === rightsTopic() || folded === rightsTopic(me ?? "") ? everyone : othersRights;
	// That a part of the console's first page may be another now: whoever may read it.
	const home = homePartOf(folded);
	if (home) return { permissions: homePermissions[home] };
	if (area === "users" && id === me && rest.join(".") === "voicemail.messages") return receiveVoicemail;
	if (area === "users") return id === me ? everyone : othersRule(id, rest.join("."));
	if (area === "routing") return queueRule(rest);
	if (area === "conversations") return { permissions: viewConversations, of: { kind: "conversation", id } };
	if (area === "analytics") return analyticsRule(id, rest[0] ?? "", me);
	if (area === "audits") return { permissions: ["audits:audit:view"] };
	if (area === "quality") return { permissions: ["quality:evaluation:view"] };
	if (area === "externalcontacts") return contactRule(id);
	if (area === "outbound") return { permissions: ["outbound:campaign:view", "outbound:contact:view"] };
	// What a deployment's topic tells is no secret: a panel's boot tells it without a token. On a panel's nothing is told.
	if (["system", "subscription", "presence", "inlay"].includes(area)) return everyone;
	return { permissions: [`${area}:*:view`], absent: true };
}

/** Others' own that a permission of its own opens: the one by which they are read. */
const readBy: Readonly<Record<string, string>> = {
	callforwarding: "conversation:callForwarding:editOther",
	"voicemail.messages": "voicemail:voicemail:viewOther",
};

function othersRule(userId: string, suffix: string): TopicRule {
	if (openUserSuffixes.test(suffix)) return everyone;
	// Whose conversation it is does not matter: each has a division of its own.
	if (suffix.startsWith("conversations")) return { permissions: viewConversations };
	// Sign-ins and the like are the person's own; colleagues see each other, but not these.
	return { permissions: [readBy[suffix] ?? "directory:user:edit"], of: { kind: "user", id: userId } };
}

/** As for reading the contact, or the organization, itself. */
function contactRule(kind: string): TopicRule {
	const entity = kind === "organizations" ? "externalOrganization" : "contact";
	return { permissions: [`externalContacts:${entity}:view`, `relate:${entity}:view`] };
}

/** `v2.routing.queues.{id}.users` and `.conversations…`: who sees a queue does not therefore see who calls there. */
function queueRule([id = "", what = ""]: string[]): TopicRule {
	const of: Thing = { kind: "queue", id };
	if (what !== "conversations") return { permissions: readMembers, of };
	return { permissions: ["routing:queue:view", "routing:queue:search"], of, told: viewConversations };
}

function analyticsRule(kind: string, id: string, me: string | undefined): TopicRule {
	if (kind === "queues") return { permissions: ["analytics:queueObservation:view"], of: { kind: "queue", id } };
	if (kind === "users" && id === me) return everyone;
	if (kind === "users") return { permissions: ["analytics:userAggregate:view"], of: { kind: "user", id } };
	const permissions = ["analytics:conversationAggregate:view"];
	return kind === "conversation" ? { permissions, of: { kind: "conversation", id } } : { permissions };
}
