/**
 * What the process answers to the shell, one number per kind of failure, so that scripts and service managers can tell
 * them apart. The numbers follow sysexits(3) where it has a fitting one.
 */
export const exitCodes = {
	/** A flag, an environment variable or a folder name is wrong; nothing was started. */
	badConfiguration: 64,
	/** No answer, or a refusal, from the server of DATABASE_URL. */
	databaseUnreachable: 69,
	/** A defect in Inlay itself. */
	internal: 70,
	/** One of the HTTP or media ports belongs to another program. */
	portTaken: 71,
	/** The embedded PostgreSQL did not start; its log says why. */
	databaseFailed: 72,
	/** The data folder cannot be created or written. */
	dataFolderNotWritable: 73,
	/** Another Inlay is running on the same data folder. */
	dataFolderInUse: 75,
	/** The database was written by a newer Inlay. */
	schemaNewer: 78,
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

	constructor(code: StartErrorCode, sentence: string, exitCode: number = exitCodes[code]) {
		super(sentence);
		this.code = code;
		this.sentence = sentence;
		this.exitCode = exitCode;
	}
}

/** A port that Inlay needs and cannot have. `purpose` names who wanted it, for example "the API". */
export function portTaken(port: number, purpose: string): StartError {
	return new StartError(
		"portTaken",
		`Port ${port}, which ${purpose} needs, is taken by another program. Stop that program or choose another port with --port.`,
	);
}

/** A database whose migrations go beyond those this code knows. */
export function schemaNewer(unknownMigration: string): StartError {
	return new StartError(
		"schemaNewer",
		`The database was written by a newer version of Inlay (it has the migration "${unknownMigration}", which this version does not know). Start that version, or use another data folder or database.`,
	);
}

/** A PostgreSQL server that does not answer. `where` is host, port and database, without user and password. */
export function databaseUnreachable(where: string, reason: string): StartError {
	return new StartError(
		"databaseUnreachable",
		`The database at ${where} cannot be reached: ${reason}. Check DATABASE_URL and that the server is running.`,
	);
}

/** Says where a database URL points, without the user and the password that it may hold. */
export function describeDatabase(databaseUrl: string): string {
	const url = new URL(databaseUrl);
	const host = url.searchParams.get("host") ?? (url.hostname || "localhost");
	return `${host}:${url.port || "5432"}${url.pathname}`;
}
