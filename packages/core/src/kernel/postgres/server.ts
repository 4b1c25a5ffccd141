import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { StartError } from "../config/start-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { environment } from "./cluster.ts";
import type { PostgresLayout } from "./layout.ts";
import { readPostmasterFile } from "./leftovers.ts";
import { logLength, setAsideLongLog } from "./log-length.ts";
import { serverSettings } from "./settings.ts";
import { isAboutSocketFile, prepareSocketFolder } from "./socket-folder.ts";
import type { Runner } from "./unprivileged.ts";

/** A PostgreSQL that answers. */
export interface PostgresServer {
	readonly port: number;
	/** Folder of its Unix socket; undefined where it has none. */
	readonly socketFolder?: string;
	/** Settled when the server has ended, whoever ended it. */
	readonly ended: Promise<void>;
	/** Ends the server in order (a "fast" shutdown), at once if it has not after 20 s, and by force after 25 s. */
	stop(): Promise<void>;
}

/** Recovery after a crash may read a gigabyte of log; it is given this long. Milliseconds. */
const startLimit = 300_000;
const stopLimit = 20_000;
const killAfter = 5_000;
const pollInterval = 5;
const attempts = 5;

/**
 * Starts the server on a free port of the loopback interface, or on the port given.
 *
 * @throws StartError "database.failed" with the last line of the server's log
 */
export async function startServer(
	layout: PostgresLayout,
	binaries: PostgresBinaries,
	runner: Runner,
	wantedPort?: number,
): Promise<PostgresServer> {
	let socketFolder = prepareSocketFolder(layout, runner);
	setAsideLongLog(layout);
	for (let attempt = 1; ; attempt++) {
		const logBegin = logLength(layout);
		const server = launch(layout, binaries, runner, { port: wantedPort ?? (await findFreePort()), socketFolder });
		if (await becomesReady(layout, server.process)) return withWatchdog(server, runner);
		const reason = lastComplaint(layout, logBegin);
		const socketRefused = socketFolder !== undefined && isAboutSocketFile(reason);
		if (socketRefused) socketFolder = undefined;
		// Somebody may have taken the port between the look and the use.
		const again = socketRefused || reason.includes("could not create any TCP/IP sockets");
		if (!again || attempt === attempts) throw startFailed(layout, reason);
	}
}

interface Address {
	readonly port: number;
	readonly socketFolder: string | undefined;
}

interface Launched {
	readonly process: ChildProcess;
	readonly address: Address;
	readonly ended: Promise<void>;
}

/**
 * The server has a session of its own, so that Ctrl-C in the terminal reaches Inlay alone and the database is the last
 * to stop. It writes its log to a file: a pipe would break with a killed Inlay.
 */
function launch(layout: PostgresLayout, binaries: PostgresBinaries, runner: Runner, address: Address): Launched {
	const log = openSync(layout.logFile, "a", 0o600);
	const settings = serverSettings(layout.name, address.port, address.socketFolder);
	const child = runner.run(binaries.postgres, ["-D", layout.cluster, ...settings], {
		cwd: "/",
		detached: true,
		env: environment(binaries),
		stdio: ["ignore", log, log],
	});
	closeSync(log);
	const ended = new Promise<void>((resolve) => {
		child.once("exit", () => resolve());
		child.once("error", () => resolve());
	});
	return { process: child, address, ended };
}

async function becomesReady(layout: PostgresLayout, child: ChildProcess): Promise<boolean> {
	const end = performance.now() + startLimit;
	let over = false;
	for (const event of ["exit", "error"]) child.once(event, () => (over = true));
	while (!over && performance.now() < end) {
		const state = readPostmasterFile(layout);
		if (state?.ready && state.pid === child.pid) return true;
		await delay(pollInterval);
	}
	child.kill("SIGQUIT");
	return false;
}

function withWatchdog({ process: child, address, ended }: Launched, runner: Runner): PostgresServer {
	const watchdog = startWatchdog(child.pid ?? 0, runner);
	const gone = ended.then(() => {
		watchdog.kill("SIGKILL");
	});
	const { port, socketFolder } = address;
	return {
		port,
		...(socketFolder ? { socketFolder } : {}),
		ended: gone,
		async stop() {
			child.kill("SIGINT");
			const impatience = [
				setTimeout(() => child.kill("SIGQUIT"), stopLimit),
				setTimeout(() => child.kill("SIGKILL"), stopLimit + killAfter),
			];
			await gone;
			for (const timer of impatience) clearTimeout(timer);
		},
	};
}

/**
 * Ends the server when Inlay has been killed: a shell waits at the end of a pipe that only this process holds, and that
 * the system closes with it.
 */
function startWatchdog(server: number, runner: Runner): ChildProcess {
	const script = 'read -r _; kill -INT "$1"';
	const watchdog = spawn("/bin/sh", ["-c", script, "inlay-postgres-watchdog", String(server)], {
		cwd: "/",
		detached: true,
		stdio: ["pipe", "ignore", "ignore"],
		...runner.owner,
	});
	// Without a shell the next start ends what is left over.
	watchdog.once("error", () => undefined);
	watchdog.stdin?.on("error", () => undefined);
	return watchdog;
}

function findFreePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => resolve(address && typeof address === "object" ? address.port : 0));
		});
	});
}

/** @param begin where in the log this start begins, in bytes */
function lastComplaint(layout: PostgresLayout, begin: number): string {
	const lines = readFileSync(layout.logFile).subarray(begin).toString("utf8").trim().split("\n");
	return lines.findLast((line) => /FATAL|PANIC|error|denied|invalid/i.test(line)) ?? lines.at(-1) ?? "";
}

function startFailed(layout: PostgresLayout, reason: string): StartError {
	const complaint = reason.replace(/^.*?(FATAL|PANIC):\s*/, "") || "it says nothing";
	return new StartError(
		"database.failed",
		`The embedded PostgreSQL did not start: ${complaint}.${adviceOn(complaint)} Its log is ${layout.logFile}.`,
	);
}

/** What to do about complaints that PostgreSQL's own words leave open. */
function adviceOn(complaint: string): string {
	if (/No space left/i.test(complaint)) return " Make room on its disk.";
	if (/incompatible with server/i.test(complaint))
		return " Another version of PostgreSQL has made its files, or they are damaged: restore a backup, or choose a new folder with --data.";
	if (/checkpoint record|invalid permissions|could not (open|load|read) /i.test(complaint))
		return " Its files are damaged or were changed: restore a backup.";
	return "";
}
