/**
 * Time to first answer: from the start of the process to the first 200 of `/healthz` and of `/readyz`. First in an empty
 * data folder, then in the one that is set up. The demo runs too, as it does for everybody who tries Inlay.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePorts } from "../e2e/support/free-port.ts";
import type { Progress } from "./benches.ts";
import { notMeasured, percentile, type Row, reasonOf } from "./support/row.ts";

const REPEATS = 3;
const BUDGET_MS = 3_000;
const TIMEOUT_MS = 120_000;
const ASK_EVERY_MS = 5;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A way to start Inlay: the command itself, or what a user types. */
const inlayStart = [path("../packages/cli/src/main.ts"), "start"];
const npmStart = [path("../scripts/start.mjs")];

interface FirstAnswers {
	healthMs: number;
	readyMs: number;
}

/** Takes about 20 seconds. */
export async function benchStart(progress: Progress): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-bench-"));
	try {
		progress("the very first start, in an empty folder");
		const first = await startOnce(inlayStart, folder);
		progress(`${REPEATS} starts of what is set up`);
		const again = await startOften(inlayStart, folder);
		return [
			row("inlay start, set up: /healthz", middle(again, "healthMs"), BUDGET_MS),
			row("inlay start, set up: /readyz", middle(again, "readyMs"), BUDGET_MS),
			await byNpm(folder, progress),
			row("inlay start, empty folder: /readyz", first.readyMs),
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** What a user types looks after packages, Node and bundles first; its first run may still have to build them. */
async function byNpm(folder: string, progress: Progress): Promise<Row> {
	const what = "npm start, set up: /readyz";
	progress(`${REPEATS} starts by the script of npm start`);
	try {
		await startOnce(npmStart, folder);
		return row(what, middle(await startOften(npmStart, folder), "readyMs"), BUDGET_MS);
	} catch (error) {
		return notMeasured(`time to first answer, ${what}`, reasonOf(error));
	}
}

function row(what: string, ms: number, budgetMs?: number): Row {
	const budget = budgetMs === undefined ? {} : { budget: { atMost: budgetMs } };
	return { what: `time to first answer, ${what}`, measured: ms, unit: "ms", ...budget };
}

function middle(starts: FirstAnswers[], which: keyof FirstAnswers): number {
	return percentile(
		starts.map((start) => start[which]),
		50,
	);
}

async function startOften(command: string[], folder: string): Promise<FirstAnswers[]> {
	const starts: FirstAnswers[] = [];
	for (let i = 0; i < REPEATS; i++) starts.push(await startOnce(command, folder));
	return starts;
}

/** Starts, waits for both answers, stops in order. @throws with what the server says when it does not come up */
async function startOnce(command: string[], folder: string): Promise<FirstAnswers> {
	const port = await freePorts(4);
	const startedAt = performance.now();
	const child = spawn(process.execPath, [...command, "--port", String(port), "--data", folder], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
	try {
		const answered = (name: string) => firstOk(`http://127.0.0.1:${port}/${name}`, child, startedAt);
		const [healthMs, readyMs] = await Promise.all([answered("healthz"), answered("readyz")]);
		return { healthMs, readyMs };
	} catch (error) {
		throw new Error(`Inlay did not start: ${output.trim()}`, { cause: error });
	} finally {
		await stop(child);
	}
}

async function firstOk(url: string, child: ChildProcess, startedAt: number): Promise<number> {
	while (performance.now() - startedAt < TIMEOUT_MS && child.exitCode === null) {
		const answer = await fetch(url).catch(() => undefined);
		await answer?.text();
		if (answer?.ok) return performance.now() - startedAt;
		await pause(ASK_EVERY_MS);
	}
	throw new Error(`${url} did not answer.`);
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, "exit");
	child.kill("SIGTERM");
	await gone;
}
