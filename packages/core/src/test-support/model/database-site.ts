import pg from "pg";
import { autoDialJob, autoEndJob, callbackWarningJob } from "../../conversations/callback/timers.ts";
import { afterCallJob, alertingJob, dueJob } from "../../conversations/effects.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { NewEvent } from "../../kernel/events/event-log.ts";
import { createQueues } from "../../routing/queues.ts";
import { createRoutingStatus, type RoutingStatuses } from "../../routing/routing-status.ts";
import { routingStatusStore } from "../../routing/routing-status-store.ts";
import { FakeClock } from "../fake-clock.ts";
import { databaseUrl } from "../test-database.ts";
import { type TestKernel, testKernel } from "../test-kernel.ts";
import { type QueueShelf, queues, type Services, type Site, servicesOn, signInEverybody, staff } from "./site.ts";

/** The jobs that conversations ask for. */
const timerKinds = [alertingJob, afterCallJob, dueJob, callbackWarningJob, autoDialJob, autoEndJob] as const;

export interface DatabaseSite extends Site {
	/** Everything that was stored is gone, and everybody is there again. */
	clear(): Promise<void>;
	/** Conversations of which not every change was told exactly once. */
	untold(): Promise<string[]>;
	close(): Promise<void>;
}

/** A server on PostgreSQL. It is killed by taking its connections away, in the middle of whatever it does. */
export async function databaseSite(): Promise<DatabaseSite> {
	const first = await testKernel({ clock: new FakeClock() });
	let kernel: TestKernel<FakeClock> = first;
	const admin = new pg.Client({ connectionString: databaseUrl(first.databaseUrl, "postgres") });
	await admin.connect();
	for (const { id } of queues) await makeQueue(first, id);
	const services = (): Services => {
		const routingStatus = createRoutingStatus(kernel);
		return servicesOn(kernel, routingStatus, { shelf: queueShelf(kernel, routingStatus) });
	};
	let seen = 0;

	const site: DatabaseSite = {
		services: services(),

		async look() {
			const { db } = kernel.database;
			const rows = await db
				.selectFrom("event_log")
				.selectAll()
				.where("seq", ">", seen)
				.orderBy("xid")
				.orderBy("seq")
				.execute();
			seen = Math.max(seen, ...rows.map((row) => row.seq));
			const events = rows.map(
				(row) =>
					({
						type: row.type,
						entityType: "",
						entityId: row.entity_id,
						data: row.data,
						announcements: row.announcements,
					}) as NewEvent,
			);
			const ids = events.flatMap((one) => (one.type === "conversation.changed" ? [one.entityId] : []));
			const changed = await db
				.selectFrom("conversations")
				.select(["id", "version", "document"])
				.where("id", "in", ["", ...ids])
				.execute();
			const jobs = await db
				.selectFrom("jobs")
				.select(["kind", "key"])
				.where("kind", "in", [...timerKinds])
				.execute();
			const statuses = await routingStatusStore.find(db, [...staff.keys()]);
			return {
				documents: new Map(changed.map(({ id, ...one }) => [id, one])),
				statuses: new Map(statuses.map((one) => [one.userId, one])),
				jobs,
				queues: await site.services.shelf.standing(),
				events,
			};
		},

		async kill() {
			const dead = kernel;
			const name = new URL(first.databaseUrl).pathname.slice(1);
			await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
			// What it was about to do next finds no connection either.
			await dead.database.close();
			await Promise.all([dead.feed.stop(), dead.jobs.stop()]);
			kernel = await dead.sibling();
			site.services = services();
			for (const userId of staff.keys()) site.services.phones.signIn(userId);
		},

		async clear() {
			const { db } = kernel.database;
			for (const table of ["conversations", "jobs", "event_log", "routing_statuses"] as const)
				await db.deleteFrom(table).execute();
			const standing = await site.services.shelf.standing();
			for (const { id } of queues) if (!standing.has(id)) await site.services.shelf.make(id);
			await signInEverybody(site.services);
		},

		async untold() {
			const { db } = kernel.database;
			const told = await db
				.selectFrom("event_log")
				.select(["entity_id", (is) => is.fn.countAll<number>().as("count")])
				.where("type", "=", "conversation.changed")
				.groupBy("entity_id")
				.execute();
			const counts = new Map(told.map((row) => [row.entity_id, Number(row.count)]));
			const all = await db.selectFrom("conversations").select(["id", "version"]).execute();
			return all.filter((one) => counts.get(one.id) !== one.version).map((one) => one.id);
		},

		async close() {
			await admin.end();
			if (kernel !== first) await kernel.close();
			await first.close().catch(() => undefined);
		},
	};
	return site;
}

async function makeQueue({ database, clock }: Kernel, id: string): Promise<void> {
	const at = clock.now();
	const { acwSettings } = queues.find((one) => one.id === id) ?? {};
	const members = [...staff].filter(([, own]) => own.includes(id)).map(([user_id]) => ({ user_id, queue_id: id }));
	await database.db.transaction().execute(async (trx) => {
		await trx
			.insertInto("queues")
			.values({
				...{ id, name: id, description: null, division_id: "home", created_by: null, modified_by: null },
				version: 1,
				settings: JSON.stringify({ mediaSettings: {}, acwSettings }) as never,
				created_at: at,
				modified_at: at,
			})
			// One that stands is held, so that nobody deletes it before it has its members.
			.onConflict((conflict) => conflict.column("id").doUpdateSet({ modified_at: at }))
			.execute();
		await trx
			.insertInto("queue_members")
			.values(members.map((one) => ({ ...one, ring_number: 1, joined: true, changed_at: at })))
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	});
}

/** The real queues; nobody else is asked about them than who deletes them. */
function queueShelf(kernel: Kernel, routingStatus: RoutingStatuses): QueueShelf {
	const real = createQueues(kernel, {
		users: { find: async () => [], onEnded: () => {}, onRevived: () => {}, holdActive: async () => new Set() },
		authorization: {
			homeDivisionId: async () => "home",
			divisions: { list: async () => [], requireStanding: async () => {}, addCounter: () => {} },
		},
		routingStatus,
	});
	return {
		hold: real.hold,
		remove: (queueId) => real.remove(queueId, {}, { force: true }),
		make: (queueId) => makeQueue(kernel, queueId),
		async standing() {
			const rows = await kernel.database.db.selectFrom("queues").select("id").execute();
			return new Set(rows.map((row) => row.id));
		},
	};
}
