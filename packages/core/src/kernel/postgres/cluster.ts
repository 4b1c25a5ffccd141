import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { requireRoom } from "../config/disk-room.ts";
import { StartError } from "../config/start-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { databaseName, type PostgresLayout } from "./layout.ts";
import { giveTo, type Runner, someName } from "./unprivileged.ts";

/**
 * Creates the cluster where there is none (about a second) and puts its ownership right.
 *
 * @returns the password of the database user
 * @throws StartError "database.failed" when initdb fails or the password is lost
 */
export async function prepareCluster(
	layout: PostgresLayout,
	binaries: PostgresBinaries,
	runner: Runner,
): Promise<string> {
	if (!existsSync(layout.cluster)) return await createCluster(layout, binaries, runner);
	if (runner.owner && statSync(layout.cluster).uid === 0) giveTo(runner.owner, layout.cluster);
	return readPassword(layout);
}

/** What a new database takes until its first users are in it, with its write-ahead log. */
const newClusterBytes = 96 * 1024 * 1024;

/**
 * initdb works in a folder that gets its name only when it is complete and on disk: a start that is killed in the
 * middle leaves nothing that looks like a cluster.
 */
async function createCluster(layout: PostgresLayout, binaries: PostgresBinaries, runner: Runner): Promise<string> {
	rmSync(layout.unfinished, { recursive: true, force: true });
	await requireRoom(layout.folder, newClusterBytes, "a new database");
	mkdirSync(layout.unfinished, { mode: 0o700 });
	if (runner.owner) chownSync(layout.unfinished, runner.owner.uid, runner.owner.gid);
	const password = randomBytes(24).toString("base64url");
	writeFileSync(layout.passwordFile, `${password}\n`, { mode: 0o600 });
	await initialize(layout, binaries, runner, password);
	renameSync(layout.unfinished, layout.cluster);
	return password;
}

async function initialize(
	layout: PostgresLayout,
	binaries: PostgresBinaries,
	runner: Runner,
	password: string,
): Promise<void> {
	const passwordForInitdb = join(layout.folder, "password.initdb");
	writeFileSync(passwordForInitdb, `${password}\n`, { mode: 0o600 });
	if (runner.owner) chownSync(passwordForInitdb, runner.owner.uid, runner.owner.gid);
	const args = [
		...["--pgdata", layout.unfinished, "--username", databaseName, "--pwfile", passwordForInitdb],
		...["--auth", "scram-sha-256", "--encoding", "UTF8"],
		// PostgreSQL's own C.UTF-8 sorts the same on every machine; the C library's locales change with its versions.
		...["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
	];
	try {
		await runInitdb(withName(runner), binaries, args);
	} finally {
		rmSync(passwordForInitdb, { force: true });
	}
}

/**
 * initdb asks for the name of its user, and ends where the number has none, as in a container that was started with
 * `--user 12345`. In a user namespace of its own it sees the number of somebody who has one; its files stay this user's.
 * Where the system allows no such namespace, a sentence says what to do.
 */
function withName(runner: Runner): Runner {
	const named = runner.owner || hasName() ? undefined : someName();
	if (!named) return runner;
	const prefix = ["--user", `--map-user=${named.uid}`, `--map-group=${named.gid}`];
	return { ...runner, run: (command, args, options) => runner.run("unshare", [...prefix, command, ...args], options) };
}

function hasName(): boolean {
	try {
		return userInfo().username !== "";
	} catch {
		return false;
	}
}

function runInitdb(runner: Runner, binaries: PostgresBinaries, args: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = runner.run(binaries.initdb, args, {
			cwd: "/",
			env: environment(binaries),
			stdio: ["ignore", "pipe", "pipe"],
		});
		let output = "";
		for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
		child.once("error", (error) => reject(initdbFailed(error.message)));
		child.once("close", (code) =>
			code === 0 ? resolve() : reject(hasName() ? initdbFailed(lastLine(output)) : nameless()),
		);
	});
}

/** What PostgreSQL's programs see of the environment: nothing that could redirect them. */
export function environment(binaries: PostgresBinaries): NodeJS.ProcessEnv {
	return {
		PATH: process.env.PATH,
		LC_ALL: "C",
		...(binaries.libraryPath ? { LD_LIBRARY_PATH: binaries.libraryPath } : {}),
	};
}

function readPassword(layout: PostgresLayout): string {
	try {
		const password = readFileSync(layout.passwordFile, "utf8").trim();
		if (password) return password;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
	}
	throw new StartError(
		"database.failed",
		`The password of the embedded database is gone: ${layout.passwordFile} is missing or empty. Put it back from a backup, or choose a new folder with --data.`,
	);
}

function nameless(): StartError {
	const uid = process.getuid?.();
	return new StartError(
		"database.failed",
		`The user with the number ${uid} has no name on this system, and PostgreSQL needs one to make its database. Add a line to /etc/passwd, such as inlay:x:${uid}:${process.getgid?.()}::/:/bin/sh (in a container: at the build of its image, or mounted), start it as a user that has a name, or point DATABASE_URL to a PostgreSQL server.`,
	);
}

function lastLine(output: string): string {
	return output.trim().split("\n").at(-1) ?? "";
}

function initdbFailed(reason: string): StartError {
	return new StartError(
		"database.failed",
		`The embedded PostgreSQL could not be set up: ${reason || "initdb failed"}.`,
	);
}
