import type { Authorization } from "./authorization/authorization.ts";
import { type Conversation, isConnected, isInAfterCallWork, type Participant } from "./conversations/model.ts";
import type { Kernel } from "./kernel/domain.ts";
import { holds } from "./kernel/principal.ts";
import type { Presence } from "./presence/presence.ts";
import type { Queues } from "./routing/queues.ts";
import type { UserEnding } from "./users/endings.ts";
import type { Users } from "./users/users.ts";
import { restorableMs } from "./voicemail/model.ts";
import type { MailboxQueue, VoicemailPorts } from "./voicemail/ports.ts";
import { viewQueues } from "./voicemail/readers.ts";
import type { Voicemails } from "./voicemail/voicemails.ts";

/** Opens the guide's voicemail feature: whoever lacks it hears of no message, so nobody leaves one. */
const receive = "voicemail:voicemail:receive";

/** As many of a queue's people are told at once of what is left there. */
const mostTold = 200;

/** Whoever has one of these is on queue. */
const working = ["IDLE", "INTERACTING", "COMMUNICATING", "NOT_RESPONDING"];

/** What the other domains tell voicemail: who people are, what is theirs, and where they are. */
export function voicemailPorts(services: {
	users: Users;
	authorization: Pick<Authorization, "grantsOf" | "homeDivisionId">;
	queues: Pick<Queues, "get" | "queuesOfUser" | "listMembers">;
	presence: Pick<Presence, "get">;
	conversation(id: string): Promise<Conversation | undefined>;
}): VoicemailPorts {
	const { users, authorization, queues, presence } = services;
	/** What is in all divisions is in the home division where one has to be named. */
	const divisionOf = async (divisionId: string) => (divisionId === "*" ? authorization.homeDivisionId() : divisionId);
	return {
		users: (ids) => users.find([...ids]),
		group: (id) => users.groups.find(id),
		membersOf: (id) => users.groups.memberIds(id),
		groupsOf: (userId) => users.groups.groupsOf(userId),
		async queue(id) {
			const queue = await queues.get(id);
			return queue && { id: queue.id, name: queue.name, divisionId: await divisionOf(queue.divisionId) };
		},
		async queuesOf(userId) {
			const found = await queues.queuesOfUser(userId);
			const inDivision = async ({ id, name, divisionId }: MailboxQueue) => ({
				...{ id, name },
				divisionId: await divisionOf(divisionId),
			});
			return Promise.all(found.map(inDivision));
		},
		async readersOfQueue(queueId) {
			const { members } = await queues.listMembers(queueId, { joined: true }, { limit: mostTold, offset: 0 });
			const queue = await queues.get(queueId);
			const divisionId = queue && (await divisionOf(queue.divisionId));
			const grants = await Promise.all(members.map(({ userId }) => authorization.grantsOf(userId)));
			return members.flatMap(({ userId }, index) =>
				holds({ grants: grants[index] ?? [] }, viewQueues, divisionId) ? [userId] : [],
			);
		},
		async isStaffed(queueId) {
			const onQueue = { joined: true, statuses: working };
			const { members } = await queues.listMembers(queueId, onQueue, { limit: 1, offset: 0 });
			return members.length > 0;
		},
		async hasInHand(userId, conversationId) {
			const conversation = await services.conversation(conversationId);
			return conversation?.participants.some((one) => one.userId === userId && isInHand(one)) ?? false;
		},
		mayReceive: async (userId) => holds({ grants: await authorization.grantsOf(userId) }, receive),
		presenceOf: async (userId) => (await presence.get(userId)).definition.systemPresence,
		organizationId: async () => (await users.organization.get()).id,
	};
}

/** Also the work after it: whoever notes what was said may hear it again. */
function isInHand(participant: Participant): boolean {
	return isConnected(participant) || isInAfterCallWork(participant);
}

/** Nobody takes over the mailbox of a user who is deleted: its messages go for good once they could be had back no more. */
export function endMailbox({ clock }: Pick<Kernel, "clock">, { end }: Pick<Voicemails, "end">): UserEnding {
	return async (trx, userId) => {
		const user = await trx.selectFrom("users").select("state").where("id", "=", userId).executeTakeFirst();
		if (user?.state === "deleted")
			await end(trx, { type: "user", id: userId }, new Date(clock.now().getTime() + restorableMs));
		return () => {};
	};
}
