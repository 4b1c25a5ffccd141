import { recordingsIn } from "../conversations/call/transitions/recording.ts";
import { ids } from "../conversations/events.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { notFound } from "../kernel/http/api-error.ts";
import type { Part, PartMark } from "./model.ts";
import { recordingStore as store } from "./store.ts";

export const processJob = "recordings.process";
/** How long after a recording's end its last file may be noted, in ms; then it is done with what there is. */
const lastFileMs = 60_000;

/** What voice tells of the files that it writes. Told twice: nothing happens. */
export interface RecordingParts {
	/** @throws ApiError 404 for a conversation that is gone */
	finished(part: Part & { conversationId: string; recordingId: string }): Promise<void>;
	marked(recordingId: string, mark: PartMark): Promise<void>;
	/** Which of these files have been told by `finished`. */
	known(files: readonly string[]): Promise<Set<string>>;
}

/** Notes what documents begin and end to record, and the files that come of it; each with the work that is due then. */
export function createParts({ database, jobs, clock }: Pick<Kernel, "database" | "jobs" | "clock">) {
	const schedule = (trx: Trx, recordingId: string, inMs: number) =>
		jobs.schedule(trx, {
			kind: processJob,
			key: recordingId,
			runAt: new Date(clock.now().getTime() + inMs),
			payload: { recordingId },
		});

	return {
		/** In the transaction of the changes: a recording is known before anything of it is written. */
		async follow(trx: Trx, changes: ReadonlyArray<{ before?: Conversation; after: Conversation }>): Promise<void> {
			for (const { before, after } of changes) {
				const [were, are] = [before ? recordingsIn(before) : [], recordingsIn(after)];
				const userIds = ids(after, "userId");
				for (const { id, userId, ...facts } of are) {
					if (were.some((one) => one.id === id)) continue;
					const startedAt = clock.now();
					const own = userId === undefined ? {} : { agentId: userId };
					await store.add(trx, { id, ...facts, ...own, conversationId: after.id, userIds, startedAt });
				}
				for (const { id } of were) {
					if (are.some((one) => one.id === id)) continue;
					const brokeOff = after.internal.brokenRecordings?.includes(id) ?? false;
					await store.end(trx, id, { endedAt: clock.now(), userIds, brokeOff });
					await schedule(trx, id, lastFileMs);
				}
			}
		},

		async finished({ conversationId, recordingId, ...part }) {
			await database.change(async (trx) => {
				const found = await store.addPart(trx, recordingId, part);
				if (found?.endedAt) await schedule(trx, recordingId, 0);
				if (found) return;
				// Begun by a server that did not note beginnings yet.
				await adopt(trx, conversationId, recordingId, part);
				await schedule(trx, recordingId, 0);
			});
		},

		async marked(recordingId, mark) {
			await database.change((trx) => store.addMark(trx, recordingId, mark));
		},

		known: (files) => store.knownFiles(database.db, files),
	} satisfies RecordingParts & { follow: unknown };

	async function adopt(trx: Trx, conversationId: string, id: string, part: Part): Promise<void> {
		const row = await trx
			.selectFrom("conversations")
			.select("document")
			.where("id", "=", conversationId)
			.executeTakeFirst();
		if (!row) throw notFound("conversation", conversationId);
		const userIds = ids(row.document, "userId");
		const [startedAt, endedAt] = [new Date(part.startedMs), new Date(part.startedMs + part.durationMs)];
		const agentId = row.document.participants.find((one) => one.calls?.[0]?.recordingId === id)?.userId;
		const own = agentId === undefined ? {} : { agentId };
		await store.add(trx, { id, conversationId, kind: "user", ...own, userIds, startedAt, endedAt });
		await store.addPart(trx, id, part);
	}
}
