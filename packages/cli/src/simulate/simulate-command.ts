/** `inlay simulate`: customers of a running Inlay, by the doors by which customers come. */
import { setTimeout as wait } from "node:timers/promises";
import { safeGet } from "@inlay/contract";
import { StartError } from "@inlay/core/config/start-error";
import { besideApi } from "../beside-api.ts";
import { usualUrl } from "../platform/address.ts";
import { playCall } from "./call-customer.ts";
import { writeOnPage } from "./page-customer.ts";
import { reportOf, reportText } from "./report.ts";
import type { Step, StepKind, TimedStep } from "./scenario.ts";
import { type SimulateOptions, stepsOf } from "./steps-of-options.ts";
import { watcherOf } from "./watch.ts";
import type { Outcome, Say, Watcher, World } from "./world.ts";
import { write } from "./writing-customer.ts";

/** @returns the exit code: 0, or 1 where something went otherwise than it should. Rejects with StartError. */
export async function simulate(
	kind: StepKind | undefined,
	options: SimulateOptions,
	env: NodeJS.ProcessEnv,
): Promise<0 | 1> {
	const steps = await stepsOf(kind, options);
	const ending = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => end(ending));
	const world = await openWorld(options, steps, env, ending.signal);
	const outcomes = await play(world, steps, options.json ? silent : watcherOf(steps));
	const report = reportOf(outcomes);
	console.log(options.json ? JSON.stringify(report, null, "\t") : `\n${reportText(report)}`);
	return report.errors > 0 ? 1 : 0;
}

/** Whoever is on the line hangs up first; who asks again does not wait for that. */
function end(ending: AbortController): void {
	if (ending.signal.aborted) process.exit(1);
	console.error("Whoever is on the line hangs up. Once more ends at once.");
	ending.abort();
}

const silent: Watcher = { happened: () => undefined, over: () => undefined };

/** Each at its time, whatever becomes of the others. */
export async function play(world: World, steps: readonly TimedStep[], watcher: Watcher): Promise<Outcome[]> {
	const began = world.now();
	const outcomes: Outcome[] = [];
	const running = steps.map(async ({ atMs, step }, at) => {
		await world.pause(Math.max(0, atMs - (world.now() - began)));
		if (world.ended.aborted) return;
		const came = world.now();
		const outcome = await playOne(world, step, (what) => watcher.happened(at, what, world.now() - came));
		outcomes.push(outcome);
		watcher.over(at, outcome);
	});
	await Promise.all(running);
	return outcomes;
}

function playOne(world: World, step: Step, say: Say): Promise<Outcome> {
	if (step.kind === "webmessage") return writeOnPage(world, step, say);
	return step.kind === "message" || step.kind === "email" ? write(world, step) : playCall(world, step, say);
}

/** The demo's customer page knows number, caller, messenger and its own origin. */
async function openWorld(
	options: SimulateOptions,
	steps: readonly TimedStep[],
	env: NodeJS.ProcessEnv,
	ended: AbortSignal,
): Promise<World> {
	const api = await usualUrl(options, env);
	const address = URL.parse(api);
	if (!address?.protocol.startsWith("http"))
		throw new StartError("config.invalid", `--url ${api} is no address. Give one such as http://localhost:8080.`);
	const page = besideApi(address, "customer");
	const settings = await fetch(`${page}/config.json`).then(
		(answer) => answer.json() as Promise<unknown>,
		() => undefined,
	);
	const service = options.to ?? safeGet(settings, "service");
	if (typeof service !== "string" && steps.some(({ step }) => "hz" in step && step.to === undefined))
		throw new StartError("config.invalid", `No demo answers beside ${api}. Give --to <number> and --origin <page>.`);
	const messenger = options.messenger ?? safeGet(safeGet(settings, "messenger"), "deployment");
	return {
		api: api.replace(/\/$/, ""),
		origin: options.origin ?? page,
		service: typeof service === "string" ? service : "",
		caller: (safeGet(settings, "caller") as World["caller"] | undefined) ?? {
			name: "Clara Bell",
			phone: "+13175550142",
		},
		...(typeof messenger === "string" ? { messenger } : {}),
		now: () => performance.now(),
		pause: (ms) => wait(ms, undefined, { signal: ended }).catch(() => undefined),
		ended,
	};
}
