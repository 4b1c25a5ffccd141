import { join } from "node:path";
import { createDoors } from "./app-doors.ts";
import { openKernel } from "./app-kernel.ts";
import { operatorCommands } from "./app-operator-commands.ts";
import { createRoutes } from "./app-routes.ts";
import { createServices, type Services } from "./app-services.ts";
import { ensureOrganization } from "./app-setup.ts";
import { keepAuditShort } from "./audit/retention.ts";
import type { Config } from "./kernel/config/config.ts";
import { folderInside } from "./kernel/config/data-folder.ts";
import { openOperatorDoor } from "./kernel/config/operator-door.ts";
import { probePorts } from "./kernel/config/ports.ts";
import { databaseSlow, describeDatabase, type StartError } from "./kernel/config/start-error.ts";
import { isAway, isPassing } from "./kernel/database/database-errors.ts";
import type { Kernel } from "./kernel/domain.ts";
import { keepEventLogShort } from "./kernel/events/retention.ts";
import type { Route } from "./kernel/http/route.ts";
import { createLog } from "./kernel/log.ts";
import { Undo } from "./kernel/undo.ts";
import type { DemoUser } from "./oauth/authorize.ts";
import { version } from "./version.ts";

/** What the demo adds to a server: pages, users to sign in as, an organization to try. */
export interface Extension {
	routes: Route[];
	/** Who the sign-in page offers with one click. */
	demoUsers?: DemoUser[];
	/**
	 * What the work needs that was left at the last end: it is there before any of that goes on, and until it has stopped.
	 * @returns ends it
	 */
	prepare?(): Promise<() => Promise<void>>;
	/** The server listens; ends with `stop`. */
	start?(): Promise<void>;
	stop?(): Promise<void>;
}

/** Makes an extension for a server whose schema is there and which does not listen yet. */
export type ExtensionFactory = (kernel: Kernel, services: Services) => Promise<Extension>;

export interface RunningInlay {
	kernel: Kernel;
	services: Services;
	/** Settled when the server must not go on, with the reason for a person: call `stop`. */
	readonly mustStop: Promise<StartError>;
	/** Stops taking requests, tells clients, finishes what is under way, ends what was started. */
	stop(): Promise<void>;
}

/**
 * Starts the server: data folder, database, schema, domains, HTTP, media.
 * @param say tells the person at the console why the start waits
 * @throws StartError with a sentence for a person when something outside Inlay keeps it from starting
 */
export async function startInlay(
	config: Config,
	extensions: readonly ExtensionFactory[] = [],
	say: (sentence: string) => void = () => {},
): Promise<RunningInlay> {
	const undo = new Undo();
	try {
		const { kernel, mustStop } = await startKernel(config, undo, say);
		const services = createServices(kernel);
		await ensureOrganization(kernel, services);
		const added = await Promise.all(extensions.map((make) => make(kernel, services)));
		await startServer(kernel, services, added, undo);
		undo.push(await openOperatorDoor(config.dataDir, operatorCommands(kernel, services, config), kernel.log));
		kernel.database.started();
		kernel.log.info("Inlay is ready");
		return { kernel, services, mustStop, stop: () => undo.run() };
	} catch (error) {
		await undo.run();
		throw isPassing(error) ? databaseSlow(error) : error;
	}
}

async function startKernel(
	config: Config,
	undo: Undo,
	say: (sentence: string) => void,
): Promise<{ kernel: Kernel; mustStop: Promise<StartError> }> {
	const log = createLog(config.logLevel);
	undo.log = log;
	log.info(factsOf(config), "Inlay starts");
	reportStrayRejections(log, undo);
	const checkPlace = async () => {
		await probePorts(config);
		folderInside(join(config.dataDir, "recordings"));
	};
	return openKernel(config, { log, undo, say, checkPlace });
}

/** What somebody who reads the log later wants to know of this start; no passwords. */
function factsOf({ dataDir, databaseUrl, host, port, panelPort, publicUrl, panelUrl, demo }: Config): object {
	const database = databaseUrl === undefined ? "embedded" : describeDatabase(databaseUrl);
	const node = process.version;
	return { version, node, pid: process.pid, dataDir, database, host, port, panelPort, publicUrl, panelUrl, demo };
}

/** Work that nobody waits for and that fails unheard is a defect; it must not end everybody's calls. */
function reportStrayRejections(log: Kernel["log"], undo: Undo): void {
	const report = (error: unknown) => log.error({ err: error }, "a defect: work failed and nobody was told");
	process.on("unhandledRejection", report);
	undo.push(() => process.off("unhandledRejection", report));
}

/** Domains first, then the doors: no request is let in before everything behind it runs. */
async function startServer(kernel: Kernel, services: Services, added: Extension[], undo: Undo): Promise<void> {
	const demoUsers = added.flatMap((extension) => extension.demoUsers ?? []);
	const routes = [
		...createRoutes(kernel, services, { demoUsers: () => demoUsers }),
		...added.flatMap((extension) => extension.routes),
	];
	undo.push(services.voice.prepare());
	const doors = await createDoors(kernel, services, routes);
	for (const extension of added) if (extension.prepare) undo.push(await extension.prepare());
	await startDomains(kernel, services, undo);
	undo.push(async () => {
		await services.notifications.stop();
		await doors.close();
	});
	await doors.listen();
	services.desks.hears();
	for (const extension of added) {
		await extension.start?.();
		undo.push(() => extension.stop?.());
	}
}

async function startDomains(kernel: Kernel, services: Services, undo: Undo): Promise<void> {
	await kernel.feed.start();
	undo.push(() => kernel.feed.stop());
	await services.notifications.start();
	await services.home.start();
	undo.push(() => services.home.stop());
	await services.desks.start();
	undo.push(() => services.desks.stop());
	services.attendance.start();
	undo.push(() => services.attendance.stop());
	await services.oauth.start();
	undo.push(() => services.oauth.stop());
	await services.recordings.rules.load();
	await services.callRules.load();
	await services.transcription.settings.load();
	undo.push(async () => {
		services.transcription.transcripts.stop();
		services.voicemailTexts.stop();
	});
	undo.push(() => services.recordingWork.stop());
	await services.messaging.start();
	undo.push(() => services.messaging.stop());
	undo.push(() => services.tokenEnds.stop());
	await services.cobrowse.start();
	undo.push(() => services.cobrowse.stop());
	services.cannedResponses.assets.start();
	undo.push(() => services.cannedResponses.assets.stop());
	await services.mailing.start();
	undo.push(() => services.mailing.stop());
	await services.externalContacts.imports.start();
	undo.push(() => services.externalContacts.imports.stop());
	await services.voicemailNotices.start();
	undo.push(() => services.voicemailNotices.stop());
	await services.dialer.recover();
	await services.voice.start();
	undo.push(() => services.voice.stop());
	await services.screenSharing.start();
	undo.push(() => services.screenSharing.stop());
	undo.push(keepEventLogShort(kernel));
	undo.push(keepAuditShort(kernel, services.audit));
	await kernel.idempotency.start();
	await services.facts.start();
	await services.decisions.start();
	kernel.jobs.start();
	undo.push(() => kernel.jobs.stop());
	services.dialer.start();
	undo.push(() => services.dialer.stop());
	services.lostQueueRight.start();
	undo.push(() => services.lostQueueRight.stop());
	await services.assignment.start();
	undo.push(() => services.assignment.stop());
	const positions = setInterval(() => {
		services.notifications
			.savePositions()
			.catch((error) => !isAway(error) && kernel.log.error({ err: error }, "positions could not be saved"));
	}, positionsEveryMs);
	undo.push(() => clearInterval(positions));
}

/** How far a crash can throw a client back that does not keep its own position, in ms. */
const positionsEveryMs = 5000;
