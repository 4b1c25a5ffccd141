import { ApiError } from "../kernel/http/api-error.ts";
import type { TopicVerdict } from "./judge.ts";
import type { Reach } from "./reach.ts";

/** Topics that one channel may follow (platform-api 5.1). */
export const maxTopics = 1000;

/** A topic with what became of it (`ChannelTopic`). */
export interface ChannelTopic {
	id: string;
	state: "Permitted" | "Rejected";
	rejectionReason?: string;
	missingPermissions?: string[];
}

/** What a channel follows, judged: by single topic, in lower case, with how much of it is told. */
export interface Following {
	readonly reaches: ReadonlyMap<string, Reach>;
	/** Somebody's other grants would give another answer. */
	readonly byGrants: boolean;
	/** Things that would give another answer elsewhere, as `thingKey` names them. */
	readonly things: ReadonlySet<string>;
}

export const followingNothing: Following = { reaches: new Map(), byGrants: false, things: new Set() };

/** Of a topic that is followed twice, alone and in a combined one, the answers are the same. */
export function followingOf(verdicts: readonly TopicVerdict[]): Following {
	const singles = verdicts.flatMap((verdict) => (verdict.state === "Permitted" ? verdict.singles : []));
	return {
		reaches: new Map(singles.map(({ key, reach }) => [key, reach])),
		byGrants: singles.some(({ depends }) => depends.grants),
		things: new Set(singles.flatMap(({ depends }) => depends.thing ?? [])),
	};
}

/** @throws ApiError 400 when a channel would follow more than it may */
export function checkCount(topics: readonly string[]): void {
	if (topics.length <= maxTopics) return;
	throw new ApiError(
		400,
		"notification.subscription.too.many.subscriptions",
		"A channel follows at most {maximum} topics; this would make {count}.",
		{ params: { maximum: String(maxTopics), count: String(topics.length) } },
	);
}

/** A verdict as the API tells it. */
export function channelTopic(verdict: TopicVerdict): ChannelTopic {
	const { topic: id, state } = verdict;
	if (state === "Permitted") return { id, state };
	if (state === "Invalid") return { id, state: "Rejected", rejectionReason: "notification.invalid.topic" };
	return { id, state, rejectionReason: reasonOf(verdict), missingPermissions: verdict.missingPermissions };
}

/** @throws ApiError 400 or 403 for the first topic that may not be followed */
export function refuseRejected(verdicts: readonly TopicVerdict[]): void {
	for (const verdict of verdicts) {
		const { topic } = verdict;
		if (verdict.state === "Invalid")
			throw new ApiError(400, "notification.invalid.topic", "There is no topic {topic}.", { params: { topic } });
		if (verdict.state === "Rejected") throw refusal(verdict);
	}
}

const elsewhereText = "The topic {topic} needs any of {permissions} in the division of what it tells of.";
/** Of no permission: others may hold it, and could follow it as little. */
const absentText = "The topic {topic} is of a product that Inlay does not have. Leave it away.";

function refusal(verdict: TopicVerdict & { state: "Rejected" }): ApiError {
	const permissions = verdict.missingPermissions.join(", ");
	const text = verdict.absent
		? absentText
		: verdict.divisioned
			? elsewhereText
			: "The topic {topic} needs any of {permissions}.";
	return new ApiError(403, reasonOf(verdict), text, { params: { topic: verdict.topic, permissions } });
}

function reasonOf({ divisioned }: { divisioned: boolean }): string {
	return divisioned ? "notification.unauthorized.divisioned.topic" : "notification.unauthorized.topic";
}
