import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import pg, { type PoolClient } from "pg";
import { isLostUnderWay, OutcomeUnknown } from "../database/database-errors.ts";
import { Batch, type Call, type Outcome } from "./batch.ts";
import { PreparedStatements } from "./prepared-statements.ts";
import { traffic } from "./traffic.ts";

/** Where connections come from; a pool of pg's is one. */
export interface ConnectionPool {
	connect(): Promise<PoolClient>;
	end(): Promise<void>;
}

interface Waiting {
	call: Call;
	/** Absent where nobody waits for the answer. */
	answer?: { resolve(outcome: Outcome): void; reject(error: unknown): void };
}

/** What each of the pool's connections keeps prepared. */
const preparedOf = new WeakMap<PoolClient, PreparedStatements>();

const begin: Call = { name: "begin", text: "begin", values: [] };
const commit: Call = { name: "commit", text: "commit", values: [] };
const rollback: Call = { name: "rollback", text: "rollback", values: [] };
/** Commands of which Kysely wants to know how many rows they changed. */
const changing: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);
/** What changes rows within a `with`, and so is called by another command. */
const changesWithin =
	/\b(?:insert\s+into|delete\s+from|merge\s+into|update\s+(?!of\b|nowait\b|skip\b)\S+\s+(?:as\s+)?(?:\S+\s+)?set)\b/i;

/**
 * A connection while somebody has it. What is asked of it at once goes to PostgreSQL at once, in one message (`Batch`),
 * and what nobody waits for goes along with what comes next: the beginning of a transaction with its first statement, its
 * writes with its end. So a change costs as many round trips as it waits for answers, and one more.
 */
export class Pipeline implements DatabaseConnection {
	readonly #client: PoolClient;
	readonly #prepared: PreparedStatements;
	#waiting: Waiting[] = [];
	#isUnderWay = false;
	#isPlanned = false;
	/** What begins the transaction, while PostgreSQL knows nothing of it. */
	#opening: Call[] = [];
	#isOpen = false;
	/** What went wrong first in this transaction: PostgreSQL takes nothing more from it, and neither does this. */
	#failure: Error | undefined;
	/** Statements that have changed rows, or may have: of those that nobody waits for, nobody knows yet. */
	#writes = 0;
	/** The connection has gone, or nobody knows what it is doing. */
	#broken: Error | undefined;

	constructor(client: PoolClient) {
		this.#client = client;
		this.#prepared = preparedOf.get(client) ?? new PreparedStatements();
		preparedOf.set(client, this.#prepared);
		client.on("error", this.#lost);
	}

	/** The connection has gone, also between two statements: without a listener that would end the process. */
	readonly #lost = (error: Error): void => {
		this.#broken ??= error;
	};

	/** Sends a statement, with all others of this moment. */
	run(call: Call): Promise<Outcome> {
		if (this.#failure) return Promise.reject(this.#failure);
		return new Promise((resolve, reject) => {
			this.#waiting.push({ call, answer: { resolve, reject } });
			this.#plan();
		});
	}

	/** How many statements have changed rows by now, those that are still to be sent among them. */
	get writes(): number {
		return this.#writes;
	}

	/** In a transaction: as `run`, but nobody waits. Should it fail, so does what follows, the commit at the latest. */
	write(call: Call): void {
		if (this.#opening.length === 0 && !this.#isOpen) throw new Error("A write to wait for, as no commit follows.");
		this.#writes++;
		if (!this.#failure) this.#waiting.push({ call });
	}

	/** Begins a transaction, `marks` first; both go with its first statement. */
	begin(...marks: Call[]): void {
		this.#opening = [begin, ...marks];
	}

	/** @throws OutcomeUnknown when the connection goes after the commit was sent and before it is answered */
	async commit(): Promise<void> {
		if (this.#failure) throw this.#failure;
		const isUntouched = this.#opening.length > 0 && this.#waiting.length === 0;
		const outcome = isUntouched ? undefined : await this.#runCommit();
		this.#end();
		if (outcome && outcome.command !== "COMMIT") throw new Error("PostgreSQL rolled the transaction back.");
	}

	/** What went wrong is known already: that the connection has gone as well adds nothing. */
	async rollback(): Promise<void> {
		const isNeeded = this.#isOpen && !this.#broken;
		this.#end();
		if (isNeeded) await this.run(rollback).catch(() => {});
	}

	async #runCommit(): Promise<Outcome> {
		try {
			return await this.run(commit);
		} catch (error) {
			throw isLostUnderWay(error) ? new OutcomeUnknown(error) : error;
		}
	}

	#end(): void {
		this.#waiting = [];
		this.#opening = [];
		this.#isOpen = false;
		this.#failure = undefined;
	}

	/** Gives the connection back. One that is not at rest is closed instead. */
	release(): void {
		// One that has gone may say so again.
		if (!this.#broken) this.#client.off("error", this.#lost);
		this.#client.release(this.#broken ?? this.#isUnderWay);
	}

	async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
		const { rows, command, count } = await this.run({ text: query.sql, values: query.parameters });
		return { rows: rows as Row[], ...(changing.has(command) ? { numAffectedRows: BigInt(count) } : {}) };
	}

	// biome-ignore lint/correctness/useYield: nobody streams; Kysely's interface asks for it all the same
	async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
		throw new Error("Rows are not streamed: read them in pages.");
	}

	/** After everything that is being asked just now, wherever in the program. */
	#plan(): void {
		if (this.#isPlanned || this.#isUnderWay) return;
		this.#isPlanned = true;
		process.nextTick(() => {
			this.#isPlanned = false;
			this.#flush();
		});
	}

	#flush(): void {
		if (this.#isUnderWay || this.#waiting.length === 0) return;
		const [opening, sent] = [this.#opening, this.#waiting];
		const isTransaction = opening.length > 0 || this.#isOpen;
		this.#opening = [];
		this.#isOpen = isTransaction;
		this.#waiting = [];
		this.#isUnderWay = true;
		const calls = [...opening, ...sent.map((one) => one.call)];
		traffic.roundTrips++;
		traffic.statements += calls.length;
		for (const { name } of calls) if (name === undefined) traffic.plannedAnew++;
		const batch = new Batch(calls, this.#prepared, (outcomes, error) => {
			this.#isUnderWay = false;
			if (error && !leavesAtRest(error)) this.#broken ??= error;
			if (error && isTransaction) this.#fail(error);
			const answered = outcomes.slice(opening.length);
			this.#writes += sent.filter(({ call }, index) => hasWritten(call, answered[index])).length;
			answer(sent, answered, error);
			if (this.#waiting.length > 0) this.#plan();
		});
		this.#client.query(batch);
	}

	#fail(error: Error): void {
		this.#failure = error;
		answer(this.#waiting.splice(0), [], error);
	}
}

function hasWritten({ text }: Call, outcome: Outcome | undefined): boolean {
	if (!outcome) return false;
	return changing.has(outcome.command)
		? outcome.count > 0 || changesWithin.test(withoutFirst(text))
		: changesWithin.test(text);
}

/** What a statement is itself is known by its count: `with a as (delete …) update …` has another one in it. */
function withoutFirst(text: string): string {
	return /^\s*with\b/i.test(text) ? text : "";
}

/** PostgreSQL refused a statement and waits for the next. */
function leavesAtRest(error: Error): boolean {
	return error instanceof pg.DatabaseError && error.severity === "ERROR";
}

function answer(asked: readonly Waiting[], outcomes: readonly Outcome[], error: Error | undefined): void {
	for (const [index, { answer: waiting }] of asked.entries()) {
		const outcome = outcomes[index];
		if (outcome) waiting?.resolve(outcome);
		else waiting?.reject(error);
	}
}
