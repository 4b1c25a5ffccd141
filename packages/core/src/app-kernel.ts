import { startDatabase } from "./app-database.ts";
import type { Config } from "./kernel/config/config.ts";
import { openDataFolder } from "./kernel/config/data-folder.ts";
import { DiskRoom } from "./kernel/config/disk-room.ts";
import { databaseTaken, type StartError } from "./kernel/config/start-error.ts";
import type { Kernel } from "./kernel/domain.ts";
import { EventFeed } from "./kernel/events/event-feed.ts";
import { EventLog } from "./kernel/events/event-log.ts";
import { Readiness } from "./kernel/http/readiness.ts";
import { Idempotency } from "./kernel/idempotency/idempotency.ts";
import type { Logger } from "./kernel/log.ts";
import { OperatorLog } from "./kernel/operator-log.ts";
import { Outgoing } from "./kernel/outgoing/outgoing.ts";
import { clearUnfinished } from "./kernel/storage/folder-store.ts";
import { configuredStore, createStorage, storageFolder } from "./kernel/storage/storage.ts";
import { systemClock } from "./kernel/time/clock.ts";
import { Jobs } from "./kernel/time/jobs.ts";
import type { Undo } from "./kernel/undo.ts";

/**
 * Takes the data folder and the database, and makes what every domain works with. Nothing runs yet.
 *
 * @param parts.undo gets what ends it
 * @param parts.say tells the person at the console why it takes a while
 * @param parts.checkPlace what else must be free, asked before anything of the database is touched
 * @throws StartError
 */
export async function openKernel(
	config: Config,
	parts: { log: Logger; undo: Undo; say(sentence: string): void; checkPlace?(): Promise<void> },
): Promise<{ kernel: Kernel; mustStop: Promise<StartError> }> {
	const { log, undo, say } = parts;
	const folder = await openDataFolder(config.dataDir, { log, say });
	undo.push(() => folder.close());
	await parts.checkPlace?.();
	const { database, lease } = await startDatabase(config, log, undo, say);
	const events = new EventLog(database, systemClock);
	const feed = new EventFeed(database, events, log);
	const jobs = new Jobs(database, systemClock, log, systemClock.steadyMs() - lease.servedUntil);
	jobs.onRun(() => feed.wake());
	const readiness = new Readiness();
	readiness.add(() => (database.health.isAvailable ? undefined : "the database does not answer"));
	readiness.add(() => folder.trouble);
	const room = new DiskRoom(config.dataDir, log);
	readiness.add(() => (room.isFull ? "the disk is full" : undefined));
	undo.push(() => room.stop());
	await room.start();
	const operators = new OperatorLog(log, systemClock);
	await clearUnfinished(storageFolder(config.dataDir));
	const { db } = database;
	const objects = configuredStore(config);
	const storage = createStorage({ objects, db, clock: systemClock, publicUrl: config.publicUrl });
	const idempotency = new Idempotency({ database, clock: systemClock, jobs });
	const kernel = {
		config,
		clock: systemClock,
		log,
		operators,
		outgoing: new Outgoing(config.mayCall, operators),
		database,
		events,
		feed,
		jobs,
		idempotency,
		readiness,
		room,
		storage,
	};
	return { kernel, mustStop: Promise.race([lease.lost.then(databaseTaken), folder.lost]) };
}
