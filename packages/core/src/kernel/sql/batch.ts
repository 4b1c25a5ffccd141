import type pg from "pg";
import { types } from "pg";
import { prepareValue } from "pg/lib/utils.js";
import { serialize } from "pg-protocol";
import type { PreparedStatements } from "./prepared-statements.ts";

/** One statement with its values. */
export interface Call {
	text: string;
	/** Values of `$1`, `$2` … */
	values: readonly unknown[];
	/** Under which a connection keeps the statement prepared, from its first use to the connection's end. */
	name?: string;
}

export interface Outcome {
	rows: Record<string, unknown>[];
	/** `SELECT`, `INSERT`, `COMMIT` … */
	command: string;
	/** Rows that the statement returned or changed. */
	count: number;
}

type Parser = (text: string) => unknown;

/** How a statement's rows are read. */
export interface Shape {
	names: string[];
	parsers: Parser[];
}

/** The table looks different since the statement was prepared, or the connection has forgotten it. */
const staleStatement: ReadonlySet<string> = new Set(["0A000", "26000"]);

const noRows: Shape = { names: [], parsers: [] };

/** What pg hands to queries of one's own. */
interface Wire {
	stream: { write(message: Buffer): void };
	sendCopyFail(text: string): void;
}

/** Told once, at the end: the outcomes of the calls that succeeded, and what stopped the one after them. */
export type Done = (outcomes: Outcome[], error?: Error) => void;

/**
 * Several statements in one message to PostgreSQL, answered in one: however many there are, the connection waits once.
 * They run in order, each with a snapshot of its own as if sent by itself; the first that fails keeps those after it from
 * running. Outside of an open transaction they are one.
 *
 * Hand it to `client.query`, whose `Submittable` it is.
 */
export class Batch implements pg.Submittable {
	/** Called by pg instead of `done` where it gave the query a time limit. */
	callback: (error?: Error | null) => void;
	readonly #calls: readonly Call[];
	readonly #prepared: PreparedStatements;
	readonly #outcomes: Outcome[] = [];
	/** Which calls' statements are prepared by this batch. */
	readonly #isNew: boolean[] = [];
	#shape: Shape | undefined;
	#rows: Record<string, unknown>[] = [];
	#unreadable: Error | undefined;

	constructor(calls: readonly Call[], prepared: PreparedStatements, done: Done) {
		this.#calls = calls;
		this.#prepared = prepared;
		let isDone = false;
		this.callback = (error) => {
			if (isDone) return;
			isDone = true;
			done(this.#outcomes, error ?? undefined);
		};
	}

	submit(connection: unknown): Error | null {
		const wire = connection as Wire;
		let values: Text[][];
		try {
			// All before anything is sent: a value that has no text must not leave half a batch on the wire.
			values = this.#calls.map((call) => call.values.map(toText));
		} catch (error) {
			return error as Error;
		}
		const messages = this.#calls.flatMap((call, index) => this.#messagesOf(call, values[index] ?? []));
		wire.stream.write(Buffer.concat([...messages, serialize.sync()]));
		return null;
	}

	#messagesOf({ text, name }: Call, values: Text[]): Buffer[] {
		const isKnown = name !== undefined && this.#prepared.isFresh(name);
		this.#isNew.push(!isKnown);
		const run = [serialize.bind({ statement: name, values }), serialize.execute({})];
		if (isKnown) return run;
		const [bind, execute] = run as [Buffer, Buffer];
		const prepare = [serialize.parse({ text, name, types: [] }), bind, serialize.describe({ type: "P" }), execute];
		// One that failed at its first use, or is old, is there all the same; closing one that is not is no error.
		return name ? [serialize.close({ type: "S", name }), ...prepare] : prepare;
	}

	handleRowDescription({ fields }: { fields: Array<{ name: string; dataTypeID: number }> }): void {
		this.#shape = {
			names: fields.map((field) => field.name),
			parsers: fields.map((field) => types.getTypeParser(field.dataTypeID, "text") as Parser),
		};
	}

	handleDataRow({ fields }: { fields: Array<string | null> }): void {
		try {
			this.#rows.push(readRow(this.#shapeNow(), fields));
		} catch (error) {
			this.#unreadable ??= error as Error;
		}
	}

	handleCommandComplete({ text }: { text: string }): void {
		const index = this.#outcomes.length;
		const name = this.#calls[index]?.name;
		if (name !== undefined && this.#isNew[index]) this.#prepared.add(name, this.#shape ?? noRows);
		const [command = "", ...numbers] = text.split(" ");
		this.#outcomes.push({ rows: this.#rows, command, count: Number(numbers.at(-1) ?? 0) });
		this.#next();
	}

	handleEmptyQuery(): void {
		this.#outcomes.push({ rows: [], command: "", count: 0 });
		this.#next();
	}

	handleCopyInResponse(connection: unknown): void {
		(connection as Wire).sendCopyFail("There is nothing to copy from.");
	}

	handleReadyForQuery(): void {
		this.callback(this.#unreadable);
	}

	handleError(error: Error & { code?: string }): void {
		if (staleStatement.has(error.code ?? "")) this.#prepared.clear();
		this.callback(this.#unreadable ?? error);
	}

	#shapeNow(): Shape {
		if (this.#shape) return this.#shape;
		const name = this.#calls[this.#outcomes.length]?.name;
		return (name && this.#prepared.shapeOf(name)) || noRows;
	}

	#next(): void {
		this.#shape = undefined;
		this.#rows = [];
	}
}

/** A value as it is sent; bytes go as they are. */
type Text = string | Buffer | null;

function toText(value: unknown): Text {
	if (typeof value === "string") return value;
	// pg writes times in the zone of the process, which says the same and takes longer. It also knows years beyond 9999.
	const isPlain = value instanceof Date && value.getTime() >= 0 && value.getTime() < year10000;
	return isPlain ? value.toISOString() : prepareValue(value);
}

const year10000 = Date.UTC(10_000, 0);

function readRow({ names, parsers }: Shape, fields: Array<string | null>): Record<string, unknown> {
	const row: Record<string, unknown> = {};
	for (let index = 0; index < names.length; index++) {
		const text = fields[index] as string | null;
		row[names[index] as string] = text === null ? null : (parsers[index] as Parser)(text);
	}
	return row;
}
