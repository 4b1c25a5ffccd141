import { createHash } from "node:crypto";
import { join } from "node:path";

/** Where the embedded PostgreSQL keeps what, all of it under the data folder. */
export interface PostgresLayout {
	/** Belongs to Inlay's user; as root, others may pass through it. */
	readonly folder: string;
	/** PGDATA; belongs to the user that PostgreSQL runs as. */
	readonly cluster: string;
	/** A cluster that initdb has not finished. */
	readonly unfinished: string;
	/** Holds the password of the database's only user; mode 0600. */
	readonly passwordFile: string;
	readonly logFile: string;
	/** Where the server's Unix socket lies; belongs to the user that PostgreSQL runs as. */
	readonly socketFolder: string;
	readonly libraryLinks: string;
	/**
	 * PostgreSQL's `cluster_name`: it stands in the command line of the server and in the titles of its processes, which
	 * every user may read, so those of this cluster can be told from all others.
	 */
	readonly name: string;
}

/** The database and its only user, a superuser of this cluster, have the same name. */
export const databaseName = "inlay";

/** Lays out the embedded PostgreSQL in a data folder, given by its real path. */
export function layoutIn(dataDir: string): PostgresLayout {
	const folder = join(dataDir, "postgres");
	return {
		folder,
		cluster: join(folder, "cluster"),
		unfinished: join(folder, "cluster.unfinished"),
		passwordFile: join(folder, "password"),
		logFile: join(folder, "postgres.log"),
		socketFolder: join(folder, "socket"),
		libraryLinks: join(folder, "lib"),
		name: `inlay-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`,
	};
}
