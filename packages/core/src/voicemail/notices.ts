import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { KeptWork } from "../kernel/time/kept-work.ts";
import type { Owner, Voicemail } from "./model.ts";
import { type Notice, noticeStore as store } from "./notice-store.ts";
import type { OrganizationPolicy, OwnSettings } from "./policies.ts";

/** Waits before each further try, ms: whoever hears of a message after an hour has heard of it otherwise. */
const retryMs = [1, 5, 30].map((minutes) => minutes * 60_000);

/** A mail of ours to one of the organization's own people. */
export interface NoticeMail {
	from: string;
	to: string;
	subject: string;
	text: string;
}

export interface NoticeDeps {
	policies: { organization(): Promise<OrganizationPolicy>; of(owner: Owner): Promise<OwnSettings> };
	voicemail(id: string): Promise<Voicemail | undefined>;
	/** Undefined for who is no active user any more. */
	emailOf(userId: string): Promise<string | undefined>;
	/** @returns false where it cannot be sent, however often it is tried */
	send(mail: NoticeMail): Promise<boolean>;
}

/**
 * Whoever wants to hears of a message by email (agent-features 7, `sendEmailNotifications`): once the organization sends such
 * mails, and as long as they have not said that they want none. Each mail is kept work: a kill loses none.
 */
export function createNotices(kernel: Kernel, deps: NoticeDeps) {
	const { database, log } = kernel;
	const work = new KeptWork<Notice>(kernel, {
		kind: "voicemail.notice",
		retryMs,
		waiting: async () => (await store.all(database.db)).map(placeOf),
		next: (db, key) => store.find(db, keyed(key)),
		tries: ({ attempts, tryAt }) => ({ attempts, ...(tryAt ? { tryAt } : {}) }),
		hold: async () => undefined,
		work: tell,
		postpone: (trx, notice, next) => store.postpone(trx, notice, next),
		async giveUp(notice, error) {
			log.warn({ err: error, voicemailId: notice.voicemailId }, "nobody could be told of a voicemail by email");
			await store.remove(database.db, notice);
		},
	});

	async function tell(notice: Notice): Promise<void> {
		const { value } = await deps.policies.organization();
		const [voicemail, to] = [await deps.voicemail(notice.voicemailId), await deps.emailOf(notice.userId)];
		if (voicemail && !voicemail.deletedAt && to && value.emailNotices && value.noticeFrom) {
			const text = textOf(voicemail, { isBare: value.noticeWithoutCaller });
			const isSent = await deps.send({ from: value.noticeFrom, to, ...text });
			if (!isSent)
				log.warn({ voicemailId: voicemail.id, from: value.noticeFrom }, "no mail server takes notices of voicemails");
		}
		await store.remove(database.db, notice);
	}

	return {
		start: () => work.start(),
		stop: () => work.stop(),
		idle: () => work.idle(),

		/** @returns keeps, in the transaction that adds the message, who is told of it */
		async about(
			{ type }: Owner,
			readers: readonly string[],
		): Promise<(trx: Trx, voicemailId: string) => Promise<void>> {
			const { value } = await deps.policies.organization();
			// What is left in a queue is offered as work.
			if (!value.emailNotices || !value.noticeFrom || type === "queue") return async () => {};
			const own = await Promise.all(readers.map((id) => deps.policies.of({ type: "user", id })));
			const wanting = readers.filter((_, index) => own[index]?.policy.emailNotices !== false);
			return async (trx, voicemailId) => {
				for (const userId of wanting) {
					await store.add(trx, { voicemailId, userId });
					await work.order(trx, placeOf({ voicemailId, userId }));
				}
			};
		},
	};
}

export type Notices = ReturnType<typeof createNotices>;

const placeOf = ({ voicemailId, userId }: Pick<Notice, "voicemailId" | "userId">) => ({
	key: `${voicemailId} ${userId}`,
	line: "voicemail.notice",
});

function keyed(key: string): Pick<Notice, "voicemailId" | "userId"> {
	const [voicemailId = "", userId = ""] = key.split(" ");
	return { voicemailId, userId };
}

/** @param isBare nothing of who called: the mail goes through servers that are none of ours */
export function textOf(
	{
		callerName,
		callerAddress,
		durationMs,
		owner,
	}: Pick<Voicemail, "callerName" | "callerAddress" | "durationMs" | "owner">,
	{ isBare }: { isBare: boolean },
): Pick<NoticeMail, "subject" | "text"> {
	const where = owner.type === "group" ? "in a group\u2019s mailbox of yours" : "in your mailbox";
	const hint = "Listen to it in your inbox.";
	if (isBare) return { subject: "New voicemail", text: `There is a new voicemail ${where}.\n\n${hint}\n` };
	const address = callerAddress?.replace(/^tel:/, "");
	const who = [callerName, address].filter(Boolean).join(", ") || "a private number";
	const seconds = Math.round(durationMs / 1000);
	const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
	return {
		subject: `New voicemail from ${oneLine(who)} (${length})`,
		text: `There is a new voicemail ${where}.\n\nFrom: ${oneLine(who)}\nLength: ${length}\n\n${hint}\n`,
	};
}

/** What a caller is called is theirs to say: no header of ours ends in it. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").slice(0, 200);
