import type { Config } from "./config/config.ts";
import type { Room } from "./config/disk-room.ts";
import type { Database } from "./database/database.ts";
import type { EventFeed } from "./events/event-feed.ts";
import type { EventLog } from "./events/event-log.ts";
import type { Readiness } from "./http/readiness.ts";
import type { Idempotency } from "./idempotency/idempotency.ts";
import type { Logger } from "./log.ts";
import type { OperatorLog } from "./operator-log.ts";
import type { Outgoing } from "./outgoing/outgoing.ts";
import type { Storage } from "./storage/storage.ts";
import type { Clock } from "./time/clock.ts";
import type { Jobs } from "./time/jobs.ts";

/** What the kernel gives every domain. */
export interface Kernel {
	config: Config;
	clock: Clock;
	log: Logger;
	/** Where operators read what people outside are refused. */
	operators: OperatorLog;
	/** The only way to addresses that somebody has typed. */
	outgoing: Outgoing;
	database: Database;
	events: EventLog;
	feed: EventFeed;
	jobs: Jobs;
	idempotency: Idempotency;
	readiness: Readiness;
	/** Asked before work begins that needs room on the disk. */
	room: Room;
	/** Where files lie for good, and links to them. */
	storage: Storage;
}
