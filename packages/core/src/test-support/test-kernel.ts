import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig } from "../kernel/config/config.ts";
import { endlessRoom } from "../kernel/config/disk-room.ts";
import { openDatabase } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { EventFeed } from "../kernel/events/event-feed.ts";
import { EventLog } from "../kernel/events/event-log.ts";
import { Readiness } from "../kernel/http/readiness.ts";
import { Idempotency } from "../kernel/idempotency/idempotency.ts";
import { createLog, type Logger } from "../kernel/log.ts";
import { OperatorLog } from "../kernel/operator-log.ts";
import { Outgoing } from "../kernel/outgoing/outgoing.ts";
import { folderStore } from "../kernel/storage/folder-store.ts";
import { createStorage } from "../kernel/storage/storage.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { systemClock } from "../kernel/time/clock.ts";
import { Jobs } from "../kernel/time/jobs.ts";
import { createTestDatabase } from "./test-database.ts";
import { type Told, toldBy } from "./told.ts";

export interface TestKernel<C extends Clock = Clock> extends Kernel, Told {
	clock: C;
	/** Connection string of this kernel's database. */
	databaseUrl: string;
	/** A second kernel on the same database: another server process, as far as the database can tell. */
	sibling(): Promise<TestKernel<C>>;
	close(): Promise<void>;
}

/** The kernel on a database of its own, with the feed running. `jobs` do not run by themselves: call `jobs.runDue()`. */
export async function testKernel<C extends Clock = Clock>(
	options: { clock?: C; config?: Partial<Config>; log?: Logger } = {},
): Promise<TestKernel<C>> {
	const database = await createTestDatabase();
	const clock = (options.clock ?? systemClock) as C;
	const log = options.log ?? createLog("silent");
	const kernel = await kernelOn(database.url, clock, options.config ?? {}, log);
	return {
		...kernel,
		async close() {
			await kernel.close();
			await database.drop();
		},
	};
}

async function kernelOn<C extends Clock>(
	url: string,
	clock: C,
	config: Partial<Config>,
	log: Logger,
): Promise<TestKernel<C>> {
	const database = openDatabase(url, { poolSize: 8, isStrict: true });
	const events = new EventLog(database, clock);
	const feed = new EventFeed(database, events, log);
	const jobs = new Jobs(database, clock, log);
	const operators = new OperatorLog(log, clock);
	await feed.start();
	const files = join(tmpdir(), `inlay-test-files-${randomUUID()}`);
	return {
		config: { ...readConfig(["--data", tmpdir(), "--no-demo"], {}), ...config },
		clock,
		log,
		operators,
		// Whoever is called in tests is on this machine.
		outgoing: new Outgoing([{ host: "127.0.0.1" }], operators),
		database,
		events,
		feed,
		jobs,
		idempotency: new Idempotency({ database, clock, jobs }),
		readiness: new Readiness(),
		room: endlessRoom,
		storage: createStorage({ objects: folderStore(files), db: database.db, clock, publicUrl: "http://localhost" }),
		databaseUrl: url,
		...toldBy(database.db, events),
		sibling: () => kernelOn(url, clock, config, log),
		async close() {
			await feed.stop();
			await jobs.stop();
			await database.close();
			await rm(files, { recursive: true, force: true });
		},
	};
}
