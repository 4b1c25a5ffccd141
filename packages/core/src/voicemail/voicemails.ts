import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { PageRequest } from "../kernel/http/paging.ts";
import { actorOf, holds, type Principal, requireUser } from "../kernel/principal.ts";
import { type VoicemailAction, voicemailChanged } from "./events.ts";
import type { CopyRecord, MailboxCounts, Owner, Voicemail } from "./model.ts";
import { restorableMs } from "./model.ts";
import { createPolicies } from "./policies.ts";
import type { MailboxQueue, VoicemailPorts } from "./ports.ts";
import { createPurge } from "./purge.ts";
import { voicemailStore as store, type Which } from "./store.ts";

/** What a reader changes of a voicemail; what is absent stays as it is. */
export interface VoicemailChange {
	read?: boolean | undefined;
	deleted?: boolean | undefined;
	note?: string | undefined;
	/** The reader sees to it, or does so no more. */
	claimed?: boolean | undefined;
}

/** Exactly one is given. */
export interface CopyTo {
	userId?: string | undefined;
	groupId?: string | undefined;
	note?: string | undefined;
}

/** A message as it comes in. */
export type NewVoicemail = Pick<
	Voicemail,
	| "id"
	| "owner"
	| "conversationId"
	| "callerAddress"
	| "callerName"
	| "callerUserId"
	| "key"
	| "bytes"
	| "durationMs"
	| "waveform"
	| "readBy"
	| "readAt"
> & { createdAt?: Date };

/** A mailbox as it stands in somebody's inbox; one's own has no name. */
export interface InboxBox {
	owner: Owner;
	name: string;
}

/** What is looked at of a message to know who reads it. */
type Read = Pick<Voicemail, "owner" | "itemId">;

export const viewOthers = "voicemail:voicemail:viewOther";
export const viewOthersMailbox = "voicemail:mailbox:viewOther";
export const viewQueues = "voicemail:acdvoicemail:view";

const dayMs = 86_400_000;
const subjectPrefix = "voicemail:";
/** As long as links live at most, in seconds (agent-features 0.4). */
const linkSeconds = 300;
export const voicemailType = "audio/wav";

/**
 * Mailboxes and what lies in them (agent-features 7). A user has their own and those of their groups; a queue's is for who
 * may view its voicemails. What is not one's own does not exist, as far as one is told.
 */
export function createVoicemails(kernel: Kernel, ports: VoicemailPorts) {
	const { database, events, storage, clock } = kernel;
	const policies = createPolicies(kernel);
	const purge = createPurge(kernel);

	storage.onRead(async ({ link }) => {
		if (!link.subject?.startsWith(subjectPrefix)) return;
		const found = await store.get(database.db, link.subject.slice(subjectPrefix.length));
		if (!found || found.deletedAt) throw new ApiError(410, "file.gone", "The voicemail has been deleted.");
		const { userId } = link;
		const isLost = found.owner.type === "group" && userId && !(await ports.membersOf(found.owner.id)).includes(userId);
		if (isLost) throw new ApiError(403, "not.a.member", "The voicemail is for members of its group.");
	});

	async function ownersOf(userId: string): Promise<Owner[]> {
		const groups = await ports.groupsOf(userId);
		return [{ type: "user", id: userId }, ...groups.map((id): Owner => ({ type: "group", id }))];
	}

	/** Queues that the user works for, and whose messages they may look at. */
	async function queuesOf(principal: Principal): Promise<MailboxQueue[]> {
		const queues = await ports.queuesOf(requireUser(principal));
		return queues.filter(({ divisionId }) => holds(principal, viewQueues, divisionId));
	}

	/** Who is told of what changes there. */
	async function readersOf({ type, id }: Owner): Promise<readonly string[]> {
		if (type === "user") return [id];
		return type === "group" ? ports.membersOf(id) : [];
	}

	/** Its own user, a member of its group, who may view the queue's: they read it and change what it says. */
	async function isReader({ owner: { type, id }, itemId }: Read, principal: Principal): Promise<boolean> {
		const { userId } = principal;
		if (type === "user") return id === userId;
		if (type === "group") return userId !== undefined && (await ports.membersOf(id)).includes(userId);
		const queue = await ports.queue(id);
		if (queue !== undefined && holds(principal, viewQueues, queue.divisionId)) return true;
		return userId !== undefined && itemId !== undefined && ports.hasInHand(userId, itemId);
	}

	async function mayView(voicemail: Read, principal: Principal): Promise<boolean> {
		if (await isReader(voicemail, principal)) return true;
		const { owner } = voicemail;
		if (owner.type !== "user") return false;
		const [user] = await ports.users([owner.id]);
		return user !== undefined && holds(principal, viewOthers, user.divisionId);
	}

	async function require(id: string, may: (voicemail: Read) => Promise<boolean>): Promise<Voicemail> {
		const found = await store.get(database.db, id);
		if (!found || !(await may(found))) throw notFound("voicemail", id);
		return found;
	}

	/** In a transaction: what is changed is held, and told to whose it is. */
	async function change(
		id: string,
		principal: Principal,
		make: (held: Voicemail) => { next: Voicemail; action: VoicemailAction } | undefined,
	): Promise<Voicemail> {
		const { owner } = await require(id, (whose) => isReader(whose, principal));
		const readers = await readersOf(owner);
		return database.change(async (trx) => {
			const held = await store.lock(trx, id);
			if (!held) throw notFound("voicemail", id);
			const made = make(held);
			if (!made) return held;
			const next = { ...made.next, modifiedAt: clock.now(), ...by(principal) };
			await store.save(trx, next);
			await purge.follow(trx, next);
			await events.append(trx, [voicemailChanged(next, made.action, readers, actorOf(principal))]);
			return next;
		});
	}

	function changed(held: Voicemail, wanted: VoicemailChange, userId: string | undefined): Voicemail {
		const next = { ...held };
		if (wanted.read !== undefined && wanted.read !== (held.readAt !== undefined)) {
			delete next.readAt;
			delete next.readBy;
			if (wanted.read) Object.assign(next, { readAt: clock.now(), ...(userId ? { readBy: userId } : {}) });
		}
		if (wanted.note !== undefined) {
			delete next.note;
			if (wanted.note) next.note = wanted.note;
		}
		if (wanted.claimed !== undefined) {
			// Somebody else's word stands: the customer would be called twice, or by nobody.
			if (held.claimedBy && held.claimedBy !== userId) throw new ClaimedBy(held.claimedBy);
			delete next.claimedBy;
			if (wanted.claimed && userId) next.claimedBy = userId;
		}
		if (wanted.deleted === false) delete next.deletedAt;
		else if (wanted.deleted) next.deletedAt ??= clock.now();
		return next;
	}

	/** Says who takes the message. */
	function naming<T>(work: Promise<T>): Promise<T> {
		return work.catch(async (error: unknown) => {
			if (!(error instanceof ClaimedBy)) throw error;
			const [user] = await ports.users([error.userId]);
			const params = { name: user?.name ?? "A colleague" };
			throw new ApiError(409, "voicemail.claimed", "{name} takes this message already.", { params });
		});
	}

	function actionOf(before: Voicemail, after: Voicemail): VoicemailAction {
		if (!before.deletedAt && after.deletedAt) return "deleted";
		return before.deletedAt && !after.deletedAt ? "created" : "updated";
	}

	/**
	 * A message has come in.
	 * @returns adds it, in the transaction of whatever it comes by
	 */
	async function arriving(fresh: NewVoicemail): Promise<(trx: Trx, itemId?: string) => Promise<Voicemail>> {
		const readers = await readersOf(fresh.owner);
		const { value: policy } = await policies.organization();
		return async (trx, itemId) => {
			const now = clock.now();
			const expiresAt = policy.retentionDays && new Date(now.getTime() + policy.retentionDays * dayMs);
			const added: Voicemail = {
				...fresh,
				createdAt: fresh.createdAt ?? now,
				modifiedAt: now,
				copiedTo: [],
				...(expiresAt ? { expiresAt } : {}),
				...(itemId ? { itemId } : {}),
			};
			await store.add(trx, added);
			await purge.follow(trx, added);
			await events.append(trx, [voicemailChanged(added, "created", readers)]);
			return added;
		};
	}

	async function copyTarget({ userId, groupId }: CopyTo): Promise<{ owner: Owner; record: Omit<CopyRecord, "at"> }> {
		if ((userId === undefined) === (groupId === undefined))
			throw badField("userId", "Give exactly one of userId and groupId.");
		if (groupId !== undefined) {
			if (!(await ports.group(groupId))) throw badField("groupId", `No group with id ${groupId}.`);
			return { owner: { type: "group", id: groupId }, record: { groupId } };
		}
		const [user] = await ports.users([userId ?? ""]);
		if (user?.state !== "active") throw badField("userId", `No active user with id ${userId}.`);
		if (!(await ports.mayReceive(user.id)))
			throw badField("userId", `${user.name} receives no voicemail.`, "voicemail.disabled");
		return { owner: { type: "user", id: user.id }, record: { userId: user.id } };
	}

	return {
		policies,
		purge,
		ports,
		arriving,

		/** A user's own mailbox, and with it those of their groups. */
		ownersOf,

		/** Every mailbox that they find in their inbox. */
		async mailboxesOf(principal: Principal): Promise<InboxBox[]> {
			const userId = requireUser(principal);
			const [groupIds, queues] = await Promise.all([ports.groupsOf(userId), queuesOf(principal)]);
			const groups = await Promise.all(groupIds.map((id) => ports.group(id)));
			const named = groups.flatMap((one) =>
				one ? [{ owner: { type: "group", id: one.id } as Owner, name: one.name }] : [],
			);
			const ofQueues = queues.map(({ id, name }) => ({ owner: { type: "queue", id } as Owner, name }));
			return [{ owner: { type: "user", id: userId }, name: "" }, ...named, ...ofQueues];
		},

		/** In which calls the newest messages were left. */
		conversationsOf: (owners: readonly Owner[]) => store.conversationsOf(database.db, owners),

		/** Nobody has the mailbox any more: all that is in it goes by then at the latest. */
		async end(trx: Trx, owner: Owner, by: Date): Promise<void> {
			for (const left of await store.endOwner(trx, owner, by)) await purge.follow(trx, left);
		},

		counts: (owners: readonly Owner[]): Promise<MailboxCounts> => store.counts(database.db, owners),

		list: (owners: readonly Owner[], page: PageRequest, which: Which = {}) =>
			store.page(database.db, owners, page, which),

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

		/** @throws ApiError 404 for who may not read it, as for what is not there */
		read: (id: string, principal: Principal) => require(id, (voicemail) => mayView(voicemail, principal)),

		/** @throws ApiError 404; 400 `voicemail.gone` for what was deleted too long ago */
		change: (id: string, wanted: VoicemailChange, principal: Principal) =>
			naming(
				change(id, principal, (held) => {
					const next = changed(held, wanted, principal.userId);
					const isTooLate = held.deletedAt && held.deletedAt.getTime() + restorableMs <= clock.now().getTime();
					if (isTooLate) throw notFound("voicemail", id);
					if (JSON.stringify(next) === JSON.stringify(held)) return undefined;
					return { next, action: actionOf(held, next) };
				}),
			),

		/** All of a user's own. */
		async deleteAll(principal: Principal): Promise<void> {
			const owner: Owner = { type: "user", id: requireUser(principal) };
			for (const id of await store.idsOf(database.db, owner)) await this.change(id, { deleted: true }, principal);
		},

		/** For a colleague or a group: the copy says who sent it, and the original stays. @throws ApiError 400, 404 */
		async copy(id: string, to: CopyTo, principal: Principal): Promise<Voicemail> {
			const original = await store.get(database.db, id);
			if (!original || !(await isReader(original, principal)))
				throw badField("voicemailMessageId", `No voicemail with id ${id}.`);
			const { owner, record } = await copyTarget(to);
			const [readers, senders] = [await readersOf(owner), await readersOf(original.owner)];
			const { value: policy } = await policies.organization();
			return database.change(async (trx) => {
				const held = await store.lock(trx, id);
				if (!held || held.deletedAt) throw notFound("voicemail", id);
				const { total } = await store.counts(trx, [owner]);
				if (total >= policy.maximumMessages)
					throw new ApiError(409, "voicemail.mailbox.full", "That mailbox is full: it holds {most} messages.", {
						params: { most: String(policy.maximumMessages) },
					});
				const now = clock.now();
				const at = now.toISOString();
				const from = principal.userId ? { copiedFrom: { userId: principal.userId, at } } : {};
				const copy = freshCopy(held, { owner, now, note: to.note });
				const added = { ...copy, ...from, ...by(principal) };
				const sent = {
					...held,
					copiedTo: [...held.copiedTo, { ...record, at }],
					modifiedAt: now,
					...by(principal),
				};
				await store.add(trx, added);
				await purge.follow(trx, added);
				await store.save(trx, sent);
				await events.append(trx, [
					voicemailChanged(added, "created", readers, actorOf(principal)),
					voicemailChanged(sent, "updated", senders, actorOf(principal)),
				]);
				return added;
			});
		},

		/** Where it is played or saved from. */
		link: ({ id, key, bytes }: Voicemail, principal: Principal, disposition: "inline" | "attachment") =>
			storage.signedUrl(key, linkSeconds, {
				type: voicemailType,
				size: bytes,
				filename: `voicemail-${id}.wav`,
				disposition,
				session: principal.tokenHash,
				subject: `${subjectPrefix}${id}`,
				...(principal.userId ? { userId: principal.userId } : {}),
			}),
	};
}

export type Voicemails = ReturnType<typeof createVoicemails>;

function by({ userId }: Principal): { modifiedBy?: string } {
	return userId ? { modifiedBy: userId } : {};
}

function freshCopy(
	held: Voicemail,
	{ owner, now, note }: { owner: Owner; now: Date; note: string | undefined },
): Voicemail {
	const { readAt: _at, readBy: _by, claimedBy: _claim, note: _note, copiedFrom: _from, itemId: _item, ...rest } = held;
	return {
		...rest,
		id: randomUUID(),
		owner,
		createdAt: now,
		modifiedAt: now,
		copiedTo: [],
		...(note ? { note } : {}),
	};
}

/** A colleague has said that they take it; nothing was changed. */
class ClaimedBy extends Error {
	readonly userId: string;

	constructor(userId: string) {
		super("A colleague takes this message already.");
		this.userId = userId;
	}
}
