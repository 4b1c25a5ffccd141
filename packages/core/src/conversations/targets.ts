import { badField } from "../kernel/api-error.ts";
import type { QueueFacts, WrapupPrompt } from "./model.ts";
import type { ConversationQueue, ConversationUser, Phones, QueueDirectory, UserDirectory } from "./ports.ts";

const prompts: Record<string, WrapupPrompt> = {
	MANDATORY: "mandatory",
	OPTIONAL: "optional",
	MANDATORY_TIMEOUT: "timeout",
	MANDATORY_FORCED_TIMEOUT: "forcedTimeout",
	AGENT_REQUESTED: "agentRequested",
};

/** Used where a queue limits after-call work without saying how long, ms. */
const defaultAcwMs = 60_000;

/** What a conversation keeps of a queue. */
export function queueFacts(queue: ConversationQueue): QueueFacts {
	const wrapupPrompt = prompts[queue.acwSettings.wrapupPrompt] ?? "optional";
	const isTimed = wrapupPrompt === "timeout" || wrapupPrompt === "forcedTimeout";
	const wrapupTimeoutMs = queue.acwSettings.timeoutMs ?? (isTimed ? defaultAcwMs : undefined);
	return {
		id: queue.id,
		name: queue.name,
		wrapupPrompt,
		...(wrapupTimeoutMs === undefined ? {} : { wrapupTimeoutMs }),
	};
}

/**
 * A number or address that can be called, without the decoration that people type.
 * @throws ApiError 400 naming `fieldName`
 */
export function readDialable(value: string, fieldName: string): string {
	const bare = value.trim().replace(/^tel:/i, "");
	if (/^sips?:[^\s@]+@[^\s@]+$/i.test(bare)) return bare;
	const number = bare.replace(/[\s()./-]/g, "");
	if (/^\+?[0-9*#]{2,20}$/.test(number)) return number;
	throw badField(fieldName, `${fieldName} must be a phone number, such as +3173123456, or a SIP address.`);
}

/** Looks up what a call or transfer names, and refuses what cannot be reached. */
export function createTargets(deps: {
	users: UserDirectory;
	queues: QueueDirectory;
	phones: Phones;
	homeDivisionId(): Promise<string>;
}) {
	return {
		async user(userId: string, fieldName: string): Promise<ConversationUser> {
			const [user] = await deps.users.find([userId]);
			if (user && user.state !== "deleted") return user;
			throw badField(fieldName, `No user with id ${userId}.`);
		},

		async reachableUser(userId: string, fieldName: string): Promise<ConversationUser> {
			const user = await this.user(userId, fieldName);
			if (!deps.phones.isReachable(userId)) throw unreachable(fieldName, user.name);
			return user;
		},

		/** An object of all divisions belongs to the home division where one has to be named. */
		async divisionOf(queue: ConversationQueue | undefined): Promise<string> {
			return queue && queue.divisionId !== "*" ? queue.divisionId : deps.homeDivisionId();
		},

		async queue(queueId: string, fieldName: string): Promise<ConversationQueue> {
			const queue = await deps.queues.get(queueId);
			if (queue) return queue;
			throw badField(fieldName, `No queue with id ${queueId}.`);
		},

		/** Only members work on a queue's behalf. */
		async ownQueue(queueId: string, userId: string, fieldName: string): Promise<ConversationQueue> {
			const queue = await this.queue(queueId, fieldName);
			const own = await deps.queues.queuesOfUser(userId);
			if (own.some((one) => one.id === queueId)) return queue;
			throw badField(fieldName, `You are not a member of the queue ${queue.name}.`);
		},
	};
}

export function unreachable(fieldName: string, name: string) {
	return badField(
		fieldName,
		`The phone of ${name} cannot be reached. Sign the phone in (select a station) and try again.`,
		"conversation.error.phone.not.reachable",
	);
}
