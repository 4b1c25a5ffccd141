import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import type { Room } from "./disk-room.ts";
import type { EventFeed } from "./event-feed.ts";
import type { EventLog } from "./event-log.ts";
import type { Jobs } from "./jobs.ts";
import type { Logger } from "./log.ts";
import type { Readiness } from "./readiness.ts";

/** What the kernel gives every domain. */
export interface Kernel {
	config: Config;
	clock: Clock;
	log: Logger;
	database: Database;
	events: EventLog;
	feed: EventFeed;
	jobs: Jobs;
	readiness: Readiness;
	/** Asked before work begins that needs room on the disk. */
	room: Room;
}
