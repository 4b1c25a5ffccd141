import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import type { EventFeed } from "./event-feed.ts";
import type { EventLog } from "./event-log.ts";
import type { Jobs } from "./jobs.ts";
import type { Logger } from "./log.ts";
import type { Migrations } from "./migrations.ts";
import type { Route } from "./route.ts";
import type { WebSocketEndpoint } from "./websocket.ts";

/** What the kernel gives every domain. */
export interface Kernel {
	config: Config;
	clock: Clock;
	log: Logger;
	database: Database;
	events: EventLog;
	feed: EventFeed;
	jobs: Jobs;
}

/** What a domain gives the server. `app.ts` composes them; nothing else knows them all. */
export interface Domain {
	name: string;
	routes?: Route[];
	sockets?: WebSocketEndpoint[];
	/** Called once, when the schema is there and before requests are let in. */
	start?(): Promise<void>;
	/** Called in reverse order, when no more requests come in. */
	stop?(): Promise<void>;
}

export type { Migrations };
