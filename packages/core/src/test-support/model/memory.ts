import { tmpdir } from "node:os";
import type { Conversation } from "../../conversations/model.ts";
import type { MetricFact } from "../../conversations/ports.ts";
import { readConfig } from "../../kernel/config/config.ts";
import { endlessRoom } from "../../kernel/config/disk-room.ts";
import type { Database, Db, Trx } from "../../kernel/database/database.ts";
import { unwatched } from "../../kernel/database/database-health.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { EventFeed } from "../../kernel/events/event-feed.ts";
import { EventLog, type NewEvent } from "../../kernel/events/event-log.ts";
import { Readiness } from "../../kernel/http/readiness.ts";
import { Idempotency } from "../../kernel/idempotency/idempotency.ts";
import { createLog } from "../../kernel/log.ts";
import { OperatorLog } from "../../kernel/operator-log.ts";
import { Outgoing } from "../../kernel/outgoing/outgoing.ts";
import { folderStore } from "../../kernel/storage/folder-store.ts";
import { createStorage } from "../../kernel/storage/storage.ts";
import { type JobHandler, Jobs, type NewJob } from "../../kernel/time/jobs.ts";
import type { StoredStatus } from "../../routing/routing-status-store.ts";
import { FakeClock } from "../fake-clock.ts";

export interface StoredDocument {
	document: Conversation;
	version: number;
}

/** One for all: each keeps something for the end of the process. */
const silent = createLog("silent");

/** What the database would hold, as maps that a change replaces: undoing one is putting the old ones back. */
export class Memory {
	documents = new Map<string, StoredDocument>();
	/** Conversations in which somebody is or has after-call work: what look-ups by user go through. */
	open = new Map<string, Conversation>();
	statuses = new Map<string, StoredStatus>();
	/** Ids of the queues that stand. */
	queues = new Set<string>();
	/** Joined members by queue. */
	members = new Map<string, Set<string>>();
	/** By kind and key; due by the steady time, as somebody may set the clock meanwhile. */
	jobs = new Map<string, NewJob & { dueMs: number }>();
	events: NewEvent[] = [];
	facts: MetricFact[] = [];

	/** @returns a function that puts everything back as it is now */
	mark(): () => void {
		const { documents, open, statuses, jobs, events, queues } = this;
		const count = events.length;
		const { facts } = this;
		const measured = facts.length;
		this.documents = new Map(documents);
		this.open = new Map(open);
		this.statuses = new Map(statuses);
		this.jobs = new Map(jobs);
		this.queues = new Set(queues);
		return () => {
			Object.assign(this, { documents, open, statuses, jobs, queues });
			events.length = count;
			facts.length = measured;
		};
	}
}

/** Nobody asks it anything: the stores of the memory do not. */
const noDatabase = {} as Trx;

/** One change after the other, each whole or not at all. */
class MemoryDatabase implements Database {
	readonly db: Db = noDatabase;
	readonly health = unwatched;
	readonly #memory: Memory;
	#last: Promise<unknown> = Promise.resolve();

	constructor(memory: Memory) {
		this.#memory = memory;
	}

	change<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
		const result = this.#last.then(async () => {
			const undo = this.#memory.mark();
			try {
				return await work(noDatabase);
			} catch (error) {
				undo();
				throw error;
			}
		});
		this.#last = result.catch(() => undefined);
		return result;
	}

	onCommit(): void {}
	async watch(): Promise<void> {}
	started(): void {}
	async ping(): Promise<void> {}
	async close(): Promise<void> {}
}

class MemoryEventLog extends EventLog {
	readonly #memory: Memory;

	constructor(memory: Memory, database: Database, clock: FakeClock) {
		super(database, clock);
		this.#memory = memory;
	}

	override async append(_trx: Trx, events: readonly NewEvent[]): Promise<void> {
		this.#memory.events.push(...events);
	}
}

class MemoryJobs extends Jobs {
	readonly #memory: Memory;
	readonly #database: Database;
	readonly #clock: FakeClock;
	readonly #handlers = new Map<string, JobHandler>();

	constructor(memory: Memory, database: Database, clock: FakeClock) {
		super(database, clock, silent);
		this.#memory = memory;
		this.#database = database;
		this.#clock = clock;
	}

	override handle(kind: string, handler: JobHandler): void {
		this.#handlers.set(kind, handler);
	}

	override async scheduleAll(_trx: Trx, jobs: readonly NewJob[]): Promise<void> {
		const clock = this.#clock;
		for (const job of jobs) {
			const inMs = job.runAt.getTime() - clock.now().getTime();
			this.#memory.jobs.set(`${job.kind} ${job.key}`, { ...job, dueMs: clock.steadyMs() + inMs });
		}
	}

	override async cancel(_trx: Trx, kind: string, key: string): Promise<void> {
		this.#memory.jobs.delete(`${kind} ${key}`);
	}

	/** What was agreed upon with people is due by their calendar, whatever was done to the clock. */
	#isDue({ dueMs, runAt, byCalendar }: NewJob & { dueMs: number }): boolean {
		return byCalendar ? runAt <= this.#clock.now() : dueMs <= this.#clock.steadyMs();
	}

	/** A job that fails stays, and the failure is not hidden. */
	override async runDue(): Promise<number> {
		for (let count = 0; ; count++) {
			const due = [...this.#memory.jobs].filter(([, job]) => this.#isDue(job));
			const [first] = due.toSorted(([, a], [, b]) => a.dueMs - b.dueMs);
			if (!first) return count;
			const [name, job] = first;
			await this.#database.change(async (trx) => {
				this.#memory.jobs.delete(name);
				await this.#handlers.get(job.kind)?.(trx, job.payload);
			});
		}
	}
}

export type MemoryKernel = Kernel & { clock: FakeClock };

/** A kernel on a memory: a second one on the same memory is the server after a kill. */
export function memoryKernel(memory: Memory, clock = new FakeClock()): MemoryKernel {
	const log = silent;
	const database = new MemoryDatabase(memory);
	const events = new MemoryEventLog(memory, database, clock);
	const jobs = new MemoryJobs(memory, database, clock);
	const operators = new OperatorLog(log, clock);
	return {
		config: readConfig(["--data", tmpdir(), "--no-demo"], {}),
		clock,
		log,
		operators,
		outgoing: new Outgoing([], operators),
		database,
		events,
		feed: new EventFeed(database, events, log),
		jobs,
		idempotency: new Idempotency({ database, clock, jobs }),
		readiness: new Readiness(),
		room: endlessRoom,
		storage: createStorage({ objects: folderStore(tmpdir()), db: database.db, clock, publicUrl: "http://localhost" }),
	};
}
