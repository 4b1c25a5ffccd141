import { randomUUID } from "node:crypto";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import { actorOf, type Principal } from "../kernel/principal.ts";
import { voicemailChanged } from "./events.ts";
import type { CopyRecord, Owner, Voicemail } from "./model.ts";
import type { Policies } from "./policies.ts";
import type { VoicemailPorts } from "./ports.ts";
import type { Purge } from "./purge.ts";
import type { Readers } from "./readers.ts";
import { voicemailStore as store } from "./store.ts";

/** Exactly one of the two is given. */
export interface CopyTo {
	userId?: string | undefined;
	groupId?: string | undefined;
	note?: string | undefined;
}

interface Parts {
	ports: VoicemailPorts;
	policies: Policies;
	readers: Readers;
	purge: Purge;
}

/** Messages that readers forward to colleagues and groups. */
export function createCopies(
	{ database, events, clock }: Pick<Kernel, "database" | "events" | "clock">,
	{ ports, policies, readers, purge }: Parts,
) {
	async function target({ userId, groupId }: CopyTo): Promise<{ owner: Owner; record: Omit<CopyRecord, "at"> }> {
		if ((userId === undefined) === (groupId === undefined))
			throw badField("userId", "Give exactly one of userId and groupId.");
		if (groupId !== undefined) {
			await requireGroup(groupId);
			return { owner: { type: "group", id: groupId }, record: { groupId } };
		}
		const [user] = await ports.users([userId ?? ""]);
		if (user?.state !== "active") throw badField("userId", `No active user with id ${userId}.`);
		if (!(await ports.mayReceive(user.id)))
			throw badField("userId", `${user.name} receives no voicemail.`, "voicemail.disabled");
		return { owner: { type: "user", id: user.id }, record: { userId: user.id } };
	}

	/** One that takes messages, and has somebody who would hear of them. */
	async function requireGroup(groupId: string): Promise<void> {
		const group = await ports.group(groupId);
		if (!group) throw badField("groupId", `No group with id ${groupId}.`);
		const { policy } = await policies.of({ type: "group", id: groupId });
		const isHeard = policy.enabled !== false && (await ports.membersOf(groupId)).length > 0;
		if (!isHeard) throw badField("groupId", `${group.name} receives no voicemail.`, "voicemail.disabled");
	}

	/** The copy says who sent it, and the original stays. @throws ApiError 400, 404, 409 `voicemail.mailbox.full` */
	return async function copy(id: string, to: CopyTo, principal: Principal): Promise<Voicemail> {
		const original = await store.get(database.db, id);
		if (!original || !(await readers.isReader(original, principal)))
			throw badField("voicemailMessageId", `No voicemail with id ${id}.`);
		const { owner, record } = await target(to);
		const [told, senders] = [await readers.readersOf(owner), await readers.readersOf(original.owner)];
		const { value: policy } = await policies.organization();
		return database.change(async (trx) => {
			const held = await store.lock(trx, id);
			if (!held || held.deletedAt) throw notFound("voicemail", id);
			const { total } = await store.counts(trx, [owner]);
			if (total >= policy.maximumMessages) throw full(policy.maximumMessages);
			const now = clock.now();
			const copied = freshCopy(held, { owner, now, note: to.note, by: principal.userId });
			const sent = sentTo(held, { ...record, at: now.toISOString() }, { now, by: principal.userId });
			await store.add(trx, copied);
			await purge.follow(trx, copied);
			await store.save(trx, sent);
			await events.append(trx, [
				voicemailChanged(copied, "created", told, actorOf(principal)),
				voicemailChanged(sent, "updated", senders, actorOf(principal)),
			]);
			return copied;
		});
	};
}

function full(most: number): ApiError {
	return new ApiError(409, "voicemail.mailbox.full", "That mailbox is full: it holds {most} messages.", {
		params: { most: String(most) },
	});
}

function sentTo(held: Voicemail, record: CopyRecord, { now, by }: { now: Date; by: string | undefined }): Voicemail {
	return { ...held, copiedTo: [...held.copiedTo, record], modifiedAt: now, ...(by ? { modifiedBy: by } : {}) };
}

/** Nobody has heard, taken or noted anything of the copy yet; and it is nobody's work. */
function freshCopy(
	held: Voicemail,
	{ owner, now, note, by }: { owner: Owner; now: Date; note: string | undefined; by: string | undefined },
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
		...(by ? { modifiedBy: by, copiedFrom: { userId: by, at: now.toISOString() } } : {}),
	};
}
