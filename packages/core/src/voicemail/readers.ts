import { ApiError, notFound } from "../kernel/http/api-error.ts";
import { holds, type Principal, requireUser } from "../kernel/principal.ts";
import type { Owner, Voicemail } from "./model.ts";
import type { MailboxQueue, VoicemailPorts } from "./ports.ts";

export const viewOthers = "voicemail:voicemail:viewOther";
export const viewOthersMailbox = "voicemail:mailbox:viewOther";
export const viewQueues = "voicemail:acdvoicemail:view";

/** A mailbox as it stands in somebody's inbox; one's own has no name. */
export interface InboxBox {
	owner: Owner;
	name: string;
}

/** What is looked at of a message to know who reads it. */
export type Whose = Pick<Voicemail, "owner" | "itemId">;

/** Who reads which mailbox: people their own and those of their groups, and those of queues who may view what is left there. */
export function createReaders(ports: VoicemailPorts) {
	/** Queues that the user works for, and whose messages they may look at. */
	async function queuesOf(principal: Principal): Promise<MailboxQueue[]> {
		const queues = await ports.queuesOf(requireUser(principal));
		return queues.filter(({ divisionId }) => holds(principal, viewQueues, divisionId));
	}

	/** They read it and change what it says: the item of a queue's message also who has that in hand. */
	async function isReader({ owner: { type, id }, itemId }: Whose, principal: Principal): Promise<boolean> {
		const { userId } = principal;
		if (type === "user") return id === userId;
		if (type === "group") return userId !== undefined && (await ports.membersOf(id)).includes(userId);
		const queue = await ports.queue(id);
		if (queue !== undefined && holds(principal, viewQueues, queue.divisionId)) return true;
		return userId !== undefined && itemId !== undefined && ports.hasInHand(userId, itemId);
	}

	return {
		isReader,

		/** A user's own mailbox, and with it those of their groups. */
		async ownersOf(userId: string): Promise<Owner[]> {
			const groups = await ports.groupsOf(userId);
			return [{ type: "user", id: userId }, ...groups.map((id): Owner => ({ type: "group", id }))];
		},

		/** Every mailbox that they find in their inbox. */
		async mailboxesOf(principal: Principal): Promise<InboxBox[]> {
			const userId = requireUser(principal);
			const [groupIds, queues] = await Promise.all([ports.groupsOf(userId), queuesOf(principal)]);
			const groups = await Promise.all(groupIds.map((id) => ports.group(id)));
			return [
				{ owner: { type: "user", id: userId }, name: "" },
				...groups.flatMap((one) => (one ? [{ owner: { type: "group" as const, id: one.id }, name: one.name }] : [])),
				...queues.map(({ id, name }) => ({ owner: { type: "queue" as const, id }, name })),
			];
		},

		/** Who is told of what changes there. */
		async readersOf({ type, id }: Owner): Promise<readonly string[]> {
			if (type === "user") return [id];
			return type === "group" ? ports.membersOf(id) : ports.readersOfQueue(id);
		},

		async mayView(voicemail: Whose, principal: Principal): Promise<boolean> {
			if (await isReader(voicemail, principal)) return true;
			const { owner } = voicemail;
			if (owner.type !== "user") return false;
			const [user] = await ports.users([owner.id]);
			return user !== undefined && holds(principal, viewOthers, user.divisionId);
		},

		/** @throws ApiError 403 `not.a.member` */
		async groupMailbox(groupId: string, principal: Principal): Promise<Owner> {
			const group = await ports.group(groupId);
			if (!group) throw notFound("group", groupId);
			const owner: Owner = { type: "group", id: groupId };
			if (await isReader({ owner }, principal)) return owner;
			throw new ApiError(403, "not.a.member", "The voicemails of {name} are for its members.", {
				params: { name: group.name },
			});
		},
	};
}

export type Readers = ReturnType<typeof createReaders>;
