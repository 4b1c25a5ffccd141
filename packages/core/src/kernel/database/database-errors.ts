import { ApiError } from "../http/api-error.ts";

/** The database is known not to answer: nothing was sent to it. */
export class DatabaseAway extends Error {
	constructor() {
		super("The database does not answer.");
		this.name = "DatabaseAway";
	}
}

/**
 * The connection went while a transaction was committing: it is saved or it is not, and nobody here can tell. It must be
 * neither acknowledged nor done again without a look.
 */
export class OutcomeUnknown extends Error {
	constructor(cause: unknown) {
		super("The database was lost while it saved a change; whether it is saved is not known.", { cause });
		this.name = "OutcomeUnknown";
	}
}

/** Codes by which Node says that a connection cannot be made or has gone; ENOENT only of a socket, not of a file. */
const lostByNode = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * By PostgreSQL (appendix A of its manual): the server shuts down, has crashed or starts up, and it has no connection
 * left; and a server that was the writer and is a replica now.
 */
const lostByPostgres = new Set(["57P01", "57P02", "57P03", "57P05", "53300", "25006"]);

/** By the pg library, which gives no codes. */
const lostByClient = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout e)/;

/** The same of a connection that was known to be gone, so that nothing was sent. */
const lostBefore = /^Client /;

/**
 * Statements that were given up, as they took too long, waited too long for a row, or were undone again and again as they
 * came out of order or waited for each other.
 */
const givenUp = new Set(["57014", "55P03", "25P03", "40001", "40P01"]);

const diskFull = "53100";

/** Whether the database is away, or goes: what failed so was not saved, and can be done again when it is back. */
export function isAway(error: unknown): boolean {
	if (error instanceof DatabaseAway) return true;
	if (!(error instanceof Error)) return false;
	const { code, syscall } = error as NodeJS.ErrnoException;
	if (code === "ENOENT") return syscall === "connect";
	// What browsers' interfaces throw, such as the end of a wait (`AbortSignal.timeout`), has numbers for codes.
	if (typeof code === "number") return false;
	if (code !== undefined) return lostByNode.has(code) || lostByPostgres.has(code) || code.startsWith("08");
	return lostByClient.test(error.message);
}

/** As `isAway`, of a statement that PostgreSQL may have received. */
export function isLostUnderWay(error: unknown): boolean {
	return isAway(error) && !(error instanceof DatabaseAway) && !lostBefore.test((error as Error).message);
}

/** Whether an error of the database will pass, so that what failed is worth another try later. */
export function isPassing(error: unknown): boolean {
	return isAway(error) || error instanceof OutcomeUnknown || givenUp.has(codeOf(error)) || codeOf(error) === diskFull;
}

/**
 * What a request is answered when the database could not do its part; undefined for errors of another kind.
 *
 * 503 `service.unavailable`: nothing was saved; `Retry-After` says when to ask again. 503 `outcome.unknown`: it may have
 * been saved, so there is no `Retry-After`, by which programs send a request again without a look. 503 `storage.full`.
 */
export function databaseRefusal(error: unknown): ApiError | undefined {
	if (error instanceof OutcomeUnknown) return outcomeUnknown();
	if (codeOf(error) === diskFull) return storageFull();
	if (isAway(error) || givenUp.has(codeOf(error))) return serviceUnavailable();
	return undefined;
}

/**
 * What PostgreSQL cannot keep (SQLSTATE class 22, and values beyond what an index takes) came in from outside: 400
 * `invalid.value`. Whoever reads it refuses such values by name; this is the net below all of them. Undefined for others.
 */
export function valueRefusal(error: unknown): ApiError | undefined {
	const { code, severity } = (error ?? {}) as { code?: unknown; severity?: unknown };
	if (typeof severity !== "string" || typeof code !== "string" || !/^(?:22|5400)/.test(code)) return undefined;
	return new ApiError(400, "invalid.value", "A value is outside of what can be stored.");
}

function serviceUnavailable(): ApiError {
	return new ApiError(
		503,
		"service.unavailable",
		"The database does not answer just now. Nothing was saved. Try again in a few seconds.",
		{ headers: { "retry-after": "2" } },
	);
}

function outcomeUnknown(): ApiError {
	return new ApiError(
		503,
		"outcome.unknown",
		"The database was lost while it saved this; it may be saved or not. Look before you send it again.",
	);
}

/** For what would need room on a disk that has none. */
export function storageFull(): ApiError {
	return new ApiError(
		503,
		"storage.full",
		"Nothing can be saved just now, and nothing was; calls that run go on. Try again later: whoever runs the server has to make room.",
		{ headers: { "retry-after": "30" } },
	);
}

function codeOf(error: unknown): string {
	return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? "") : "";
}
