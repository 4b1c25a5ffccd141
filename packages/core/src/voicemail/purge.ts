import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { purgeTime, type Voicemail } from "./model.ts";
import { voicemailStore as store } from "./store.ts";

const purgeJob = "voicemail.purge";
/** Of a file that no voicemail has any more. */
const fileJob = "voicemail.file";
/** What has not come to its end by then is begun again, in ms. */
const againMs = 120_000;

/** What is deleted goes for good in its time: first the voicemail, then its sound once nobody has it any more. */
export function createPurge({ jobs, storage, clock, database, log }: Kernel) {
	const working = new Set<Promise<void>>();

	/** The file goes outside of the job, as timers must not wait for a storage; the job stays until it is gone. */
	async function deleteFile(key: string): Promise<void> {
		await storage.delete(key);
		const left = await storage.get(key);
		left?.body.destroy();
		if (left) throw new Error("The storage still has a voicemail that it has deleted.");
		await database.change((trx) => jobs.cancel(trx, fileJob, key));
	}

	function begin(key: string): void {
		const work = deleteFile(key)
			.catch((error) => log.error({ err: error }, "a voicemail's file waits to be deleted; trying again"))
			.finally(() => working.delete(work));
		working.add(work);
	}

	const scheduleFile = (trx: Trx, key: string, runAt: Date) =>
		jobs.schedule(trx, { kind: fileJob, key, runAt, payload: { key } });

	jobs.handle(fileJob, async (trx, payload) => {
		const { key } = payload as { key: string };
		await scheduleFile(trx, key, new Date(clock.now().getTime() + againMs));
		begin(key);
	});

	jobs.handle(purgeJob, async (trx, payload) => {
		const found = await store.lock(trx, (payload as { id: string }).id);
		const due = found && purgeTime(found);
		// The jobs' own time may be a breath ahead of the clock.
		if (!found || !due || due.getTime() > clock.now().getTime() + 1000) return;
		if (await store.remove(trx, found)) await scheduleFile(trx, found.key, clock.now());
	});

	return {
		/** Moves, or takes back, the time at which it goes. */
		async follow(trx: Trx, voicemail: Voicemail): Promise<void> {
			const runAt = purgeTime(voicemail);
			const { id } = voicemail;
			if (runAt) await jobs.schedule(trx, { kind: purgeJob, key: id, runAt, payload: { id }, byCalendar: true });
			else await jobs.cancel(trx, purgeJob, id);
		},

		/** A file that belongs to nothing any more. */
		file: (trx: Trx, key: string) => scheduleFile(trx, key, clock.now()),

		/** Ends when every file is gone whose time was over. */
		async idle(): Promise<void> {
			while (working.size > 0) await Promise.all(working);
		},
	};
}

export type Purge = ReturnType<typeof createPurge>;
