import { ApiError } from "../kernel/api-error.ts";
import type { Principal } from "../kernel/principal.ts";
import { judgeTopic } from "./topics.ts";

/** Topics that one channel may follow (platform-api 5.1). */
export const maxTopics = 1000;

/** A topic with what became of it (`ChannelTopic`). */
export interface ChannelTopic {
	id: string;
	state: "Permitted" | "Rejected";
	rejectionReason?: string;
	missingPermissions?: string[];
}

/** @throws ApiError 400 or 403 for the first topic that may not be followed, unless errors are ignored */
export function judgeTopics(asked: readonly string[], principal: Principal, ignoreErrors: boolean): ChannelTopic[] {
	return [...new Set(asked)].map((id) => judge(id, principal, ignoreErrors));
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

export function permittedTopics(topics: readonly string[]): ChannelTopic[] {
	return topics.map((id) => ({ id, state: "Permitted" }));
}

function judge(id: string, principal: Principal, ignoreErrors: boolean): ChannelTopic {
	const verdict = judgeTopic(id, principal);
	if (verdict.state === "Permitted") return { id, state: "Permitted" };
	if (verdict.state === "Invalid") {
		if (ignoreErrors) return { id, state: "Rejected", rejectionReason: "notification.invalid.topic" };
		throw new ApiError(400, "notification.invalid.topic", "There is no topic {topic}.", { params: { topic: id } });
	}
	const { missingPermissions } = verdict;
	if (ignoreErrors)
		return { id, state: "Rejected", rejectionReason: "notification.unauthorized.topic", missingPermissions };
	throw new ApiError(403, "notification.unauthorized.topic", "The topic {topic} needs any of {permissions}.", {
		params: { topic: id, permissions: missingPermissions.join(", ") },
	});
}
