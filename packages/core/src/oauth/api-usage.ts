import type { Database } from "../kernel/database/database.ts";
import type { AnsweredRequest } from "../kernel/http/http.ts";
import type { Logger } from "../kernel/log.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { type Counted, postgresUsage, type UsageCounts, type UsageQuery, type UsageRow } from "./api-usage-store.ts";

/** How often counts are written, ms: what a killed server has counted since is lost. */
export const usageFlushMs = 30_000;
/** How long days are kept. */
const keptDays = 400;
/** Kinds of requests (client, day, method, path) in memory at once; what is more is counted for the client alone. */
const mostKinds = 20_000;
const dayMs = 86_400_000;

/**
 * Which client calls what, by day (platform-api 2.2). A request costs an addition in memory; what has come together is
 * written twice a minute in one statement, and when the server stops.
 */
export class ApiUsage {
	readonly #parts: { database: Database; clock: Clock; log: Logger };
	#counts = new Map<string, Counted>();
	#day = { number: -1, text: "" };
	#timer: NodeJS.Timeout | undefined;
	#writing: Promise<void> = Promise.resolve();

	constructor(parts: { database: Database; clock: Clock; log: Logger }) {
		this.#parts = parts;
	}

	start(): void {
		this.#timer = setInterval(() => void this.flush(), usageFlushMs);
		this.#timer.unref();
	}

	count({ clientId, method, path, status }: AnsweredRequest): void {
		const day = this.#today();
		const kind = `${clientId} ${day} ${method} ${path}`;
		const known = this.#counts.get(kind) ?? this.#begin(kind, { clientId, day, method, path });
		known.requests++;
		known[classOf(status)]++;
	}

	#begin(
		kind: string,
		{ clientId, day, method, path }: Record<"clientId" | "day" | "method" | "path", string>,
	): Counted {
		const isMany = this.#counts.size >= mostKinds;
		const key = isMany ? `${clientId} ${day}` : kind;
		const known = this.#counts.get(key) ?? begin(clientId, day, isMany ? "" : method, isMany ? "" : templateOf(path));
		this.#counts.set(key, known);
		return known;
	}

	/** Each request asks, and the answer is another one once a day. */
	#today(): string {
		const ms = this.#parts.clock.now().getTime();
		const number = Math.floor(ms / dayMs);
		if (number !== this.#day.number) this.#day = { number, text: new Date(ms).toISOString().slice(0, 10) };
		return this.#day.text;
	}

	/** Writes what was counted. What cannot be written is kept for the next time. */
	flush(): Promise<void> {
		this.#writing = this.#writing.then(() => this.#write());
		return this.#writing;
	}

	/** What the clients have asked for, with what this server has counted just now. */
	async query(wanted: UsageQuery): Promise<UsageRow[]> {
		await this.flush();
		return postgresUsage.query(this.#parts.database.db, wanted);
	}

	async stop(): Promise<void> {
		clearInterval(this.#timer);
		await this.flush();
	}

	async #write(): Promise<void> {
		if (this.#counts.size === 0) return;
		const counts = this.#counts;
		this.#counts = new Map();
		const { database, clock, log } = this.#parts;
		try {
			const oldest = new Date(clock.now().getTime() - keptDays * dayMs).toISOString().slice(0, 10);
			await database.change((trx) => postgresUsage.add(trx, [...counts.values()], oldest));
		} catch (error) {
			log.warn({ err: error }, "API usage could not be written; trying again");
			for (const [key, lost] of counts) this.#counts.set(key, joined(lost, this.#counts.get(key)));
		}
	}
}

function begin(clientId: string, day: string, method: string, template: string): Counted {
	const counts = { requests: 0, status200: 0, status300: 0, status400: 0, status429: 0, status500: 0 };
	return { clientId, day, method, template, ...counts };
}

function joined(some: Counted, others: Counted | undefined): Counted {
	if (!others) return some;
	const sum = { ...some };
	for (const name of countNames) sum[name] += others[name];
	return sum;
}

export const countNames = ["requests", "status200", "status300", "status400", "status429", "status500"] as const;

/** 429 is told apart from what else a client did wrong: it asks too much. */
function classOf(status: number): Exclude<keyof UsageCounts, "requests"> {
	if (status === 429) return "status429";
	if (status >= 500) return "status500";
	if (status >= 400) return "status400";
	return status >= 300 ? "status300" : "status200";
}

/** As the platform writes it: `/api/v2/users/{userId}`. */
function templateOf(path: string): string {
	return path.replace(/:(\w+)/g, "{$1}");
}
