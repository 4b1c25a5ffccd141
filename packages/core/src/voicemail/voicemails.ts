import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { PageRequest } from "../kernel/http/paging.ts";
import { actorOf, type Principal, requireUser } from "../kernel/principal.ts";
import { actionOf, ClaimedBy, changed, type VoicemailChange } from "./change.ts";
import { createCopies } from "./copies.ts";
import { voicemailChanged } from "./events.ts";
import { type MailboxCounts, type Owner, restorableMs, type Voicemail } from "./model.ts";
import type { Notices } from "./notices.ts";
import { createPolicies } from "./policies.ts";
import type { StoredPolicy } from "./policy.ts";
import type { VoicemailPorts } from "./ports.ts";
import { createPurge } from "./purge.ts";
import { createReaders } from "./readers.ts";
import { voicemailStore as store, type Which } from "./store.ts";
import type { Transcribing } from "./transcribing.ts";

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

const dayMs = 86_400_000;
const subjectPrefix = "voicemail:";
/** As long as links live at most, in seconds (agent-features 0.4). */
const linkSeconds = 300;
export const voicemailType = "audio/wav";

/**
 * Mailboxes and what lies in them (agent-features 7). What is not one's own does not exist, as far as one is told; see
 * `readers.ts` for whose it is.
 */
export function createVoicemails(kernel: Kernel, ports: VoicemailPorts) {
	const { database, events, storage, clock } = kernel;
	const policies = createPolicies(kernel);
	const purge = createPurge(kernel);
	const readers = createReaders(ports);
	const { isReader, mayView, readersOf } = readers;
	let notices: Pick<Notices, "about"> | undefined;
	let transcribing: Pick<Transcribing, "follow"> | undefined;
	let canSend: (from: string) => Promise<boolean> = async () => false;

	storage.onRead(async ({ link }) => {
		if (!link.subject?.startsWith(subjectPrefix)) return;
		const found = await store.get(database.db, link.subject.slice(subjectPrefix.length));
		if (!found || found.deletedAt) throw new ApiError(410, "file.gone", "The voicemail has been deleted.");
		const { userId } = link;
		const isLost = found.owner.type === "group" && userId && !(await ports.membersOf(found.owner.id)).includes(userId);
		if (isLost) throw new ApiError(403, "not.a.member", "The voicemail is for members of its group.");
	});

	async function require(id: string, may: (voicemail: Voicemail) => Promise<boolean>): Promise<Voicemail> {
		const found = await store.get(database.db, id);
		if (!found || !(await may(found))) throw notFound("voicemail", id);
		return found;
	}

	/** What is changed is held, and told to those who read it. */
	async function change(id: string, wanted: VoicemailChange, principal: Principal): Promise<Voicemail> {
		const { owner } = await require(id, (whose) => isReader(whose, principal));
		const told = await readersOf(owner);
		const { userId } = principal;
		return database.change(async (trx) => {
			const held = await store.lock(trx, id);
			const now = clock.now();
			const isGone = held?.deletedAt && held.deletedAt.getTime() + restorableMs <= now.getTime();
			if (!held || isGone) throw notFound("voicemail", id);
			const wish = changed(held, wanted, { userId, now });
			if (JSON.stringify(wish) === JSON.stringify(held)) return held;
			const next = { ...wish, modifiedAt: now, ...(userId ? { modifiedBy: userId } : {}) };
			await store.save(trx, next);
			await purge.follow(trx, next);
			await events.append(trx, [voicemailChanged(next, actionOf(held, next), told, actorOf(principal))]);
			return next;
		});
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

	/**
	 * A message has come in.
	 * @returns adds it, in the transaction of whatever it comes by; `itemId` is the work that a queue's people are offered of it
	 */
	async function arriving(fresh: NewVoicemail): Promise<(trx: Trx, itemId?: string) => Promise<Voicemail>> {
		const told = await readersOf(fresh.owner);
		const { value: policy } = await policies.organization();
		const notify = await notices?.about(fresh.owner, told);
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
			await notify?.(trx, added.id);
			await transcribing?.follow(trx, added);
			await events.append(trx, [voicemailChanged(added, "created", told)]);
			return added;
		};
	}

	return {
		policies,
		purge,
		ports,
		arriving,
		find: (id: string) => store.get(database.db, id),

		readersOf,

		/** Who turns what is said into text; nobody unless told. */
		useTranscribing(work: Pick<Transcribing, "follow">): void {
			transcribing = work;
		},

		/** Once there are mails: who tells readers of messages, and from which addresses that can be done. */
		useNotices(tell: Pick<Notices, "about">, canSendFrom: (from: string) => Promise<boolean>): void {
			notices = tell;
			canSend = canSendFrom;
		},

		/** @throws ApiError 400 naming `inlayNoticeFrom`, where readers are to be told by email and nobody could send it */
		async requireSender(changes: Pick<StoredPolicy, "emailNotices" | "noticeFrom">): Promise<void> {
			const { value } = await policies.organization();
			const from = changes.noticeFrom === undefined ? value.noticeFrom : (changes.noticeFrom ?? undefined);
			if (changes.emailNotices === undefined && changes.noticeFrom === undefined) return;
			if (!(changes.emailNotices ?? value.emailNotices) && !changes.noticeFrom) return;
			if (from !== undefined && (await canSend(from))) return;
			const text =
				"inlayNoticeFrom must be an address of an email domain whose server sends mails, for sendEmailNotifications.";
			throw badField("inlayNoticeFrom", text);
		},
		ownersOf: readers.ownersOf,
		mailboxesOf: readers.mailboxesOf,
		groupMailbox: readers.groupMailbox,

		/** In which calls the newest messages were left. */
		conversationsOf: (owners: readonly Owner[]) => store.conversationsOf(database.db, owners),

		/** Nobody has the mailbox any more: all that is in it goes by then at the latest. */
		async end(trx: Trx, owner: Owner, by: Date): Promise<void> {
			for (const left of await store.endOwner(trx, owner, by)) await purge.follow(trx, left);
		},

		counts: (owners: readonly Owner[]): Promise<MailboxCounts> => store.counts(database.db, owners),

		list: (owners: readonly Owner[], page: PageRequest, which: Which = {}) =>
			store.page(database.db, owners, page, which),

		/** Whether there is such a message, and it is in a mailbox of theirs. */
		async isInbox(userId: string, id: string): Promise<boolean> {
			const found = await store.get(database.db, id);
			return found !== undefined && (await readersOf(found.owner)).includes(userId);
		},

		/** @throws ApiError 404 for who may not read it, as for what is not there */
		read: (id: string, principal: Principal) => require(id, (voicemail) => mayView(voicemail, principal)),

		/** @throws ApiError 404, also for what was deleted too long ago; 409 `voicemail.claimed` */
		change: (id: string, wanted: VoicemailChange, principal: Principal) => naming(change(id, wanted, principal)),

		/** All of a user's own. */
		async deleteAll(principal: Principal): Promise<void> {
			const owner: Owner = { type: "user", id: requireUser(principal) };
			for (const id of await store.idsOf(database.db, owner)) await change(id, { deleted: true }, principal);
		},

		copy: createCopies(kernel, { ports, policies, readers, purge }),

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
