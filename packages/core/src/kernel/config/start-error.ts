/**
 * What the process answers to the shell, one number per kind of failure, so that scripts and service managers can tell
 * them apart. Below 20 the reader changes what Inlay was told; from 20 on the database is at fault.
 */
export const exitCodes = {
	/** A flag, an environment variable or a folder name is wrong; nothing was started. */
	"config.invalid": 10,
	/** One of the HTTP or media ports belongs to another program. */
	"port.taken": 11,
	/** The data folder cannot be created or written. */
	"data.notWritable": 12,
	/** Another Inlay is running on the same data folder. */
	"data.inUse": 13,
	/** The database has no user of the name that a command was given, or none that can sign in. */
	"user.notFound": 14,
	/** The Inlay that runs on the data folder does not answer a command. */
	"server.silent": 15,
	/** No answer, or a refusal, from the server of DATABASE_URL. */
	"database.unreachable": 20,
	/** The embedded PostgreSQL did not start; its log says why. */
	"database.failed": 21,
	/** The database was written by a newer Inlay. */
	"schema.newer": 22,
	/** A migration failed; the database is as it was before. */
	"schema.failed": 23,
	/** Another Inlay is the server of this database, or has become it. */
	"database.inUse": 24,
	/** The database has become too slow, or has gone, in the middle of the start; another try may go well. */
	"database.slow": 25,
} as const;

/** A kind of failure at start: the stable code that {@link StartError} carries. */
export type StartErrorCode = keyof typeof exitCodes;

/**
 * A failure at start that its reader can do something about. The command line prints the sentence alone, never a stack,
 * and ends with the exit code; the sentence therefore holds no secrets, such as the password in a database URL.
 */
export class StartError extends Error {
	override readonly name = "StartError";
	readonly code: StartErrorCode;
	/** One or two sentences: what is wrong and what to do. */
	readonly sentence: string;
	readonly exitCode: number;
	/** The port that another program has, and who wanted it. */
	readonly taken?: { readonly port: number; readonly purpose: string };

	constructor(code: StartErrorCode, sentence: string, exitCode: number = exitCodes[code], taken?: StartError["taken"]) {
		super(sentence);
		this.code = code;
		this.sentence = sentence;
		this.exitCode = exitCode;
		if (taken) this.taken = taken;
	}
}

/** A port that Inlay needs and cannot have. `purpose` names who wanted it, for example "the API". */
export function portTaken(port: number, purpose: string, flag = "--port"): StartError {
	return new StartError(
		"port.taken",
		`Port ${port}, which ${purpose} needs, is taken by another program. Stop that program or choose another port with ${flag}.`,
		exitCodes["port.taken"],
		{ port, purpose },
	);
}

/** What keeps a file or folder from being used, and what its reader does about it, by the system's own codes. */
const fileTroubles: Readonly<Record<string, readonly [reason: string, advice: string]>> = {
	EACCES: ["permission denied", "Give this user the right to write there"],
	EPERM: ["permission denied", "Give this user the right to write there"],
	EROFS: ["the file system is read-only", "Make it writable"],
	ENOSPC: ["no space left on its disk", "Make room there"],
	EDQUOT: ["this user's share of the disk is used up", "Make room there"],
	EEXIST: ["a file is in the place of a folder", "Move it away"],
	ENOTDIR: ["a file is in the place of a folder", "Move it away"],
	EISDIR: ["a folder is in the place of a file", "Move it away"],
};

/** Something in the data folder that cannot be used. @param error of the file system */
export function notUsable(path: string, error: unknown): StartError {
	const { code = "", message } = error as NodeJS.ErrnoException;
	const [reason, advice] = fileTroubles[code] ?? [code || message, "See what is wrong with it"];
	return new StartError(
		"data.notWritable",
		`${path} cannot be used for Inlay's data: ${reason}. ${advice}, or choose another folder with --data.`,
	);
}

/** Another Inlay runs on the data folder. @param owner what is known of it, such as " (process 7)" */
export function dataInUse(path: string, owner: string): StartError {
	return new StartError(
		"data.inUse",
		`Another Inlay${owner} is running on the data folder ${path}. Stop it or choose another folder with --data.`,
	);
}

/** Another server holds the lease of the database. */
export function databaseInUse(holderName: string): StartError {
	return new StartError(
		"database.inUse",
		`Another Inlay (${holderName}) is running on this database. Stop it first, or choose another database.`,
	);
}

/** Another server has become the holder of the lease while this one could not reach the database. */
export function databaseTaken(holderName: string): StartError {
	return new StartError(
		"database.inUse",
		`Another Inlay (${holderName}) has taken this database over; this one has stopped.`,
	);
}

/** The server of DATABASE_URL does not answer, or refuses. The URL's user and password are left out. */
export function databaseUnreachable(databaseUrl: string, cause: unknown): StartError {
	return new StartError(
		"database.unreachable",
		`The database at ${describeDatabase(databaseUrl)} cannot be reached (${reasonOf(cause)}). Check what --database-url (DATABASE_URL) says, and that the server is running.`,
	);
}

/** The database was there, and then did not answer in time. Nothing is broken: a service manager starts again. */
export function databaseSlow(cause: unknown): StartError {
	return new StartError(
		"database.slow",
		`The database did not answer in time while Inlay started (${reasonOf(cause)}). The machine or the database may be busy: start Inlay again.`,
	);
}

/** Host, port and name of a database, without user and password. */
export function describeDatabase(databaseUrl: string): string {
	const url = new URL(databaseUrl);
	const host = url.searchParams.get("host") ?? (url.hostname || "localhost");
	return `${host}:${url.port || "5432"}${url.pathname}`;
}

/** A refused connection to "localhost" is an AggregateError with an empty message: its code is what tells. */
function reasonOf(cause: unknown): string {
	if (!(cause instanceof Error)) return String(cause);
	return cause.message || (cause as NodeJS.ErrnoException).code || cause.name;
}
