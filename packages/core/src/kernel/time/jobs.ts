import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Database, Trx } from "../database/database.ts";
import { isAway, OutcomeUnknown } from "../database/database-errors.ts";
import type { Migrations } from "../database/migrations.ts";
import { withoutWriters } from "../events/writer-horizon.ts";
import type { Logger } from "../log.ts";
import { prepared } from "../sql/prepared.ts";
import { writerTransaction } from "../sql/transaction.ts";
import type { Clock } from "./clock.ts";
import { giveTimeBack, outageOf } from "./outages.ts";
import { Timeline } from "./timeline.ts";

declare module "../database/database.ts" {
	interface Tables {
		jobs: {
			id: string;
			kind: string;
			/** One job per kind and key: scheduling it again moves it. */
			key: string;
			run_at: Date;
			payload: unknown;
			by_calendar: boolean;
			attempts: number;
		};
	}
}

export const jobMigrations: Migrations = {
	"0002_jobs": {
		async up(db) {
			await sql`create table jobs (
				id uuid primary key, kind text not null, key text not null, run_at timestamptz not null,
				payload jsonb not null, attempts int not null default 0, unique (kind, key)
			)`.execute(db);
			await sql`create index jobs_due on jobs (run_at)`.execute(db);
		},
	},
	"2751_calendar": {
		/** What was agreed upon with people is due by their calendar, also after the clock was set. */
		async up(db) {
			await sql`alter table jobs add column by_calendar boolean not null default false`.execute(db);
		},
	},
};

export interface NewJob {
	kind: string;
	key: string;
	/** By the wall clock of this moment. */
	runAt: Date;
	/** JSON. */
	payload?: unknown;
	/**
	 * Due at that moment of the calendar, whatever becomes of the clock. Without it a timer: it runs after the time that is left
	 * now has gone by.
	 */
	byCalendar?: boolean;
}

const saveJob = prepared(
	(db, { id, kind, key, runAt, payload, byCalendar }: Required<NewJob> & { id: string; payload: string }) =>
		db
			.insertInto("jobs")
			.values({ id, kind, key, run_at: runAt, payload, by_calendar: byCalendar, attempts: 0 })
			.onConflict((conflict) =>
				conflict.columns(["kind", "key"]).doUpdateSet((is) => ({
					run_at: is.ref("excluded.run_at"),
					payload: is.ref("excluded.payload"),
					by_calendar: is.ref("excluded.by_calendar"),
					attempts: 0,
				})),
			),
);

const deleteJob = prepared((db, { kind, key }: { kind: string; key: string }) =>
	db
		.deleteFrom("jobs")
		.where("id", "in", (inner) =>
			inner.selectFrom("jobs").select("id").where("kind", "=", kind).where("key", "=", key).forUpdate().skipLocked(),
		),
);

/** Does a job's work inside the transaction that removes the job: it happens once, or is tried again. */
export type JobHandler = (trx: Trx, payload: unknown) => Promise<void>;

/** Longest sleep between two looks at the table, ms: bounds how late another process's job can run. */
const longestSleepMs = 1000;
/** Wait for a database that is away, ms. */
const awayMs = 250;
const retryAfterMs = [1_000, 5_000, 30_000, 120_000, 600_000];

/**
 * Durable timers on PostgreSQL: they survive kill -9 and run on whichever process takes them first (SKIP LOCKED). They run
 * after the time that was asked for has gone by, also when the machine's clock is set meanwhile (see `Timeline`), unless the
 * calendar counts (`NewJob.byCalendar`). Those that are late, as after an outage, run in the order in which they were due,
 * unless they wait for somebody who could not be reached meanwhile (`handle`).
 */
export class Jobs {
	readonly #database: Database;
	readonly #timeline: Timeline;
	readonly #clock: Clock;
	readonly #logger: Logger;
	readonly #handlers = new Map<string, JobHandler>();
	#timer: NodeJS.Timeout | undefined;
	/** Kinds of timers that stand still in an outage. */
	readonly #patient = new Set<string>();
	/** When the table was last looked at to the end, in steady time. */
	#lookedAt: number;
	#running = false;
	#work: Promise<void> = Promise.resolve();

	/** @param awayMs for how long no server had been there before this one */
	constructor(database: Database, clock: Clock, logger: Logger, awayMs = 0) {
		this.#database = database;
		this.#clock = clock;
		this.#timeline = new Timeline(clock);
		this.#logger = logger;
		this.#lookedAt = clock.steadyMs() - awayMs;
		database.onCommit(() => this.#planScheduled());
	}

	/**
	 * Registers what to do for a kind of job. Call before `start`.
	 *
	 * @param waitsOutages while the server or its database is away, time does not go by for it: it waits for somebody who
	 * cannot be reached meanwhile, and has a moment to come back
	 */
	handle(kind: string, handler: JobHandler, { waitsOutages = false } = {}): void {
		this.#handlers.set(kind, handler);
		if (waitsOutages) this.#patient.add(kind);
	}

	/** Schedules in the caller's transaction. The same kind and key again moves the job instead of adding one. */
	async schedule(trx: Trx, job: NewJob): Promise<void> {
		await this.scheduleAll(trx, [job]);
	}

	/** As many `schedule`, without a round trip of their own. */
	async scheduleAll(trx: Trx, jobs: readonly NewJob[]): Promise<void> {
		if (jobs.length === 0) return;
		for (const { kind, key, runAt: wanted, payload, byCalendar = false } of jobs) {
			const runAt = byCalendar ? wanted : this.#timeline.fromWall(wanted);
			this.#scheduledFor = Math.min(this.#scheduledFor, runAt.getTime());
			await saveJob.write(trx, {
				id: randomUUID(),
				kind,
				key,
				runAt,
				payload: JSON.stringify(payload ?? {}),
				byCalendar,
			});
		}
	}

	/**
	 * Takes a job back. One that just runs is left alone: it waits for what the caller holds, and would be waited for; its
	 * work must find out by itself that it came too late.
	 */
	async cancel(trx: Trx, kind: string, key: string): Promise<void> {
		await deleteJob.write(trx, { kind, key });
	}

	start(): void {
		this.#running = true;
		this.#plan(0);
	}

	async stop(): Promise<void> {
		this.#running = false;
		clearTimeout(this.#timer);
		await this.#work;
	}

	/** Runs every job that is due now; for tests with a clock of their own. Returns how many ran. */
	async runDue(): Promise<number> {
		let count = 0;
		while (await this.#runOne()) count++;
		return count;
	}

	/** After a commit: only a job that was scheduled meanwhile can make an earlier look worth while. */
	#planScheduled(): void {
		if (this.#scheduledFor === Number.POSITIVE_INFINITY) return;
		const inMs = Math.max(0, this.#scheduledFor - this.#timeline.now().getTime());
		this.#scheduledFor = Number.POSITIVE_INFINITY;
		if (inMs < longestSleepMs && this.#clock.steadyMs() + inMs < this.#plannedFor) this.#plan(inMs);
	}

	#scheduledFor = Number.POSITIVE_INFINITY;
	/** When the next look is due, in steady time. */
	#plannedFor = Number.POSITIVE_INFINITY;

	#plan(inMs: number): void {
		if (!this.#running) return;
		clearTimeout(this.#timer);
		this.#plannedFor = this.#clock.steadyMs() + inMs;
		this.#timer = setTimeout(() => {
			this.#plannedFor = Number.POSITIVE_INFINITY;
			this.#work = this.#work.then(() => this.#round());
		}, inMs);
	}

	async #round(): Promise<void> {
		try {
			await this.#followOutage();
			while (this.#running && (await this.#runOne()));
			const sleepMs = await this.#sleepMs();
			this.#lookedAt = this.#clock.steadyMs();
			this.#plan(sleepMs);
		} catch (error) {
			if (!isAway(error)) this.#logger.error({ err: error }, "jobs could not be read; trying again");
			this.#plan(awayMs);
		}
	}

	async #sleepMs(): Promise<number> {
		const kinds = [...this.#handlers.keys()];
		if (kinds.length === 0) return longestSleepMs;
		const next = await this.#database.db
			.selectFrom("jobs")
			.select("run_at")
			.where("kind", "in", kinds)
			.orderBy("run_at")
			.limit(1)
			.executeTakeFirst();
		if (!next) return longestSleepMs;
		return Math.min(longestSleepMs, Math.max(1, next.run_at.getTime() - this.#timeline.now().getTime()));
	}

	/** Whoever could not be reached, as nothing ran here for a while, has not let a timer run out. */
	async #followOutage(): Promise<void> {
		const awayMs = outageOf(this.#clock.steadyMs() - this.#lookedAt);
		if (awayMs === 0 || this.#patient.size === 0) return;
		await this.#followClock();
		const count = await giveTimeBack(this.#database, { kinds: [...this.#patient], awayMs, now: this.#timeline.now() });
		this.#lookedAt = this.#clock.steadyMs();
		if (count > 0) this.#logger.warn({ ms: Math.round(awayMs), count }, "nothing ran for a while; who rang goes on");
	}

	/** Moves all timers with the clock. No change is under way meanwhile; those that wait for it find the timeline moved. */
	async #followClock(): Promise<void> {
		if (this.#timeline.step === 0) return;
		let moved = 0;
		try {
			await withoutWriters(this.#database.db, async (trx) => {
				// Another round may have done it while this one waited.
				const { step } = this.#timeline;
				if (step === 0) return;
				await sql`update jobs set run_at = run_at + ${step / 1000} * interval '1 s' where not by_calendar`.execute(trx);
				this.#timeline.follow(step);
				moved = step;
			});
		} catch (error) {
			// The timers stand where they stood.
			this.#timeline.follow(-moved);
			throw error;
		}
		if (moved !== 0)
			this.#logger.warn({ ms: Math.round(moved) }, "the machine's clock was set; timers go on as they were");
	}

	/** Takes the oldest due job and runs it; false when none is due. */
	async #runOne(): Promise<boolean> {
		const kinds = [...this.#handlers.keys()];
		if (kinds.length === 0) return false;
		await this.#followClock();
		let taken: { id: string; kind: string; attempts: number } | undefined;
		try {
			await writerTransaction(this.#database.db, async (trx) => {
				taken = undefined;
				const job = await trx
					.selectFrom("jobs")
					.selectAll()
					.where("run_at", "<=", this.#timeline.now())
					.where("kind", "in", kinds)
					.orderBy("run_at")
					.limit(1)
					.forUpdate()
					.skipLocked()
					.executeTakeFirst();
				if (!job) return;
				taken = job;
				await trx.deleteFrom("jobs").where("id", "=", job.id).execute();
				await this.#handlers.get(job.kind)?.(trx, job.payload);
			});
		} catch (error) {
			// A database that is away is no fault of the job's: it runs when the database is back, if it has not run.
			if (!taken || isAway(error) || error instanceof OutcomeUnknown) throw error;
			await this.#postpone(taken, error);
		}
		if (taken) this.#woken();
		return taken !== undefined;
	}

	/** A job's own changes are commits too: those who follow the log must hear of them. */
	#woken(): void {
		for (const listener of this.#afterJob) listener();
	}

	readonly #afterJob = new Set<() => void>();

	/** Called after each job, as `Database.onCommit` is after each change. */
	onRun(listener: () => void): void {
		this.#afterJob.add(listener);
	}

	async #postpone(job: { id: string; kind: string; attempts: number }, error: unknown): Promise<void> {
		const wait = retryAfterMs[Math.min(job.attempts, retryAfterMs.length - 1)] ?? 600_000;
		this.#logger.error(
			{ err: error, kind: job.kind, attempt: job.attempts + 1 },
			"a job failed; it will be tried again",
		);
		await this.#database.db
			.updateTable("jobs")
			.set({ attempts: job.attempts + 1, run_at: new Date(this.#timeline.now().getTime() + wait) })
			.where("id", "=", job.id)
			.execute();
	}
}
