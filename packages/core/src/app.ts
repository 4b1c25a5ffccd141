import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createDoors } from "./app-doors.ts";
import { allMigrations } from "./app-migrations.ts";
import { createRoutes } from "./app-routes.ts";
import { createServices, type Services } from "./app-services.ts";
import { ensureOrganization } from "./app-setup.ts";
import { systemClock } from "./kernel/clock.ts";
import type { Config } from "./kernel/config.ts";
import { openDataFolder } from "./kernel/data-folder.ts";
import { type Database, openDatabase } from "./kernel/database.ts";
import type { Kernel } from "./kernel/domain.ts";
import { EventFeed } from "./kernel/event-feed.ts";
import { EventLog } from "./kernel/event-log.ts";
import { Jobs } from "./kernel/jobs.ts";
import { createLog } from "./kernel/log.ts";
import { migrate } from "./kernel/migrations.ts";
import { startEmbeddedPostgres } from "./kernel/postgres/embedded-postgres.ts";
import { keepEventLogShort } from "./kernel/retention.ts";
import type { Route } from "./kernel/route.ts";
import { databaseUnreachable } from "./kernel/start-error.ts";
import type { DemoUser } from "./oauth/authorize.ts";

/** What the demo adds to a server: pages, users to sign in as, an organization to try. */
export interface Extension {
	routes: Route[];
	/** Who the sign-in page offers with one click. */
	demoUsers?: DemoUser[];
	/** The server listens; ends with `stop`. */
	start?(): Promise<void>;
	stop?(): Promise<void>;
}

/** Makes an extension for a server whose schema is there and which does not listen yet. */
export type ExtensionFactory = (kernel: Kernel, services: Services) => Promise<Extension>;

export interface RunningInlay {
	kernel: Kernel;
	services: Services;
	/** Stops taking requests, tells clients, finishes what is under way, ends what was started. */
	stop(): Promise<void>;
}

/**
 * Starts the server: data folder, database, schema, domains, HTTP, media.
 * @throws StartError with a sentence for a person when something outside Inlay keeps it from starting
 */
export async function startInlay(config: Config, extensions: readonly ExtensionFactory[] = []): Promise<RunningInlay> {
	const undo: Array<() => unknown> = [];
	const stop = async () => {
		for (const step of undo.splice(0).reverse()) await step();
	};
	try {
		const kernel = await startKernel(config, undo);
		const services = createServices(kernel);
		await ensureOrganization(kernel, services);
		const added = await Promise.all(extensions.map((make) => make(kernel, services)));
		await startServer(kernel, services, added, undo);
		return { kernel, services, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startKernel(config: Config, undo: Array<() => unknown>): Promise<Kernel> {
	const log = createLog(config.logLevel);
	const folder = openDataFolder(config.dataDir);
	undo.push(() => folder.close());
	await mkdir(join(config.dataDir, "recordings"), { recursive: true });
	const database = await connect(config, log, undo);
	await migrate(database.db, allMigrations);
	const events = new EventLog(database, systemClock);
	const feed = new EventFeed(database, events, log);
	const jobs = new Jobs(database, systemClock, log);
	jobs.onRun(() => feed.wake());
	return { config, clock: systemClock, log, database, events, feed, jobs };
}

async function connect(config: Config, log: Kernel["log"], undo: Array<() => unknown>): Promise<Database> {
	let url = config.databaseUrl;
	if (!url) {
		const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log });
		undo.push(() => postgres.stop());
		url = postgres.url;
	}
	const database = openDatabase(url);
	undo.push(() => database.close());
	await database.ping().catch((error: unknown) => {
		throw databaseUnreachable(url, error);
	});
	return database;
}

/** Domains first, then the doors: no request is let in before everything behind it runs. */
async function startServer(
	kernel: Kernel,
	services: Services,
	added: Extension[],
	undo: Array<() => unknown>,
): Promise<void> {
	const demoUsers = added.flatMap((extension) => extension.demoUsers ?? []);
	const routes = [
		...createRoutes(kernel, services, { demoUsers: () => demoUsers }),
		...added.flatMap((extension) => extension.routes),
	];
	const doors = await createDoors(kernel, services, routes);
	await startDomains(kernel, services, undo);
	undo.push(async () => {
		await services.notifications.stop();
		await doors.close();
	});
	await doors.listen();
	for (const extension of added) {
		await extension.start?.();
		undo.push(() => extension.stop?.());
	}
}

async function startDomains(kernel: Kernel, services: Services, undo: Array<() => unknown>): Promise<void> {
	await kernel.feed.start();
	undo.push(() => kernel.feed.stop());
	await services.notifications.start();
	undo.push(() => services.desks.stop());
	await services.oauth.start();
	undo.push(() => services.oauth.stop());
	await services.voice.start();
	undo.push(() => services.voice.stop());
	undo.push(keepEventLogShort(kernel));
	kernel.jobs.start();
	undo.push(() => kernel.jobs.stop());
	await services.assignment.start();
	undo.push(() => services.assignment.stop());
	const positions = setInterval(() => {
		services.notifications
			.savePositions()
			.catch((error) => kernel.log.error({ err: error }, "positions could not be saved"));
	}, positionsEveryMs);
	undo.push(() => clearInterval(positions));
}

/** How far a crash can throw a client back that does not keep its own position, in ms. */
const positionsEveryMs = 5000;
