/** `inlay simulate`: customers of a running Inlay, by the doors by which customers come. */
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { safeGet } from "@inlay/contract";
import { StartError } from "@inlay/core/config/start-error";
import { besideApi } from "../beside-api.ts";
import { usualUrl } from "../platform/address.ts";
import { typedWrongCode } from "../typed-wrong.ts";
import { playCall } from "./call-customer.ts";
import { readDuration, readRate } from "./durations.ts";
import { reportOf, reportText } from "./report.ts";
import { readScenario, readStep, ScenarioError, type StepKind, type TimedStep } from "./scenario.ts";
import type { Outcome, World } from "./world.ts";
import { write } from "./writing-customer.ts";

export interface SimulateOptions {
	scenario?: string;
	rate?: string;
	for?: string;
	url?: string;
	to?: string;
	origin?: string;
	talk?: string;
	attribute?: string[];
	json?: boolean;
}

/** Customers of a steady load that no `--for` ends. */
const usualLoadMs = 60_000;

/** @returns the exit code: 0, or 1 where something went otherwise than it should. Rejects with StartError. */
export async function simulate(
	kind: StepKind | undefined,
	options: SimulateOptions,
	env: NodeJS.ProcessEnv,
): Promise<0 | 1> {
	const steps = await stepsOf(kind, options);
	const ending = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => ending.abort());
	const world = await openWorld(options, env, ending.signal);
	const outcomes = await play(world, steps, (outcome) => {
		if (!options.json) console.log(lineOf(outcome));
	});
	const report = reportOf(outcomes);
	console.log(options.json ? JSON.stringify(report, null, "\t") : `\n${reportText(report)}`);
	return report.errors > 0 ? 1 : 0;
}

/** Each at its time, whatever becomes of the others. @param told hears of each that is over */
export async function play(
	world: World,
	steps: readonly TimedStep[],
	told: (outcome: Outcome) => void,
): Promise<Outcome[]> {
	const began = world.now();
	const outcomes: Outcome[] = [];
	const running = steps.map(async ({ atMs, step }) => {
		await world.pause(Math.max(0, atMs - (world.now() - began)));
		if (world.ended.aborted) return;
		const outcome = await ("text" in step ? write(world, step) : playCall(world, step));
		outcomes.push(outcome);
		told(outcome);
	});
	await Promise.all(running);
	return outcomes;
}

/** Throws StartError that names what is wrong. */
export async function stepsOf(kind: StepKind | undefined, options: SimulateOptions): Promise<TimedStep[]> {
	const { scenario } = options;
	try {
		refuseUnused(kind, options);
		if (scenario === undefined) return steady(kind, options);
		if (kind) throw new ScenarioError("Give a scenario or a kind of customer, not both.");
	} catch (error) {
		if (!(error instanceof ScenarioError)) throw error;
		const place = scenario === undefined ? "" : `${scenario}: `;
		throw new StartError("config.invalid", `${place}${error.message}`, typedWrongCode);
	}
	try {
		return readScenario(await readData(scenario));
	} catch (error) {
		if (!(error instanceof ScenarioError)) throw error;
		throw new StartError("config.invalid", `${scenario}: ${error.message}`);
	}
}

/** What nothing would come of is refused by its name, rather than left out of what it was meant for. */
function refuseUnused(kind: StepKind | undefined, { scenario, rate, for: duration, talk, attribute }: SimulateOptions) {
	const refuse = (options: Readonly<Record<string, unknown>>, why: string) => {
		const given = Object.keys(options).find((name) => options[name] !== undefined);
		if (given !== undefined) throw new ScenarioError(`--${given} ${why}`);
	};
	if (scenario !== undefined) {
		refuse({ talk, attribute }, "is of customers on the command line: a scenario says it in its steps.");
		refuse({ rate, for: duration }, "is of customers on the command line: in a scenario each has a time.");
	}
	if (kind === "message" || kind === "email")
		refuse({ talk, attribute }, `is of calls and callbacks: ${kind === "email" ? "an email" : "a message"} has none.`);
	if (rate === undefined) refuse({ for: duration }, "is of a steady load: give a --rate as well.");
}

/** One customer, or as many as come at that rate for that long. */
function steady(kind: StepKind | undefined, options: SimulateOptions): TimedStep[] {
	if (!kind) throw new ScenarioError("Say what customers do: call, callback, message or email; or give a --scenario.");
	const { rate, for: duration } = options;
	const isCall = kind === "call" || kind === "callback";
	const step = readStep(kind, isCall ? callFields(options) : {}, kind);
	if (rate === undefined) return [{ atMs: 0, step }];
	const perMs = readRate(rate);
	if (perMs === undefined) throw new ScenarioError(`--rate must be such as 5/min or 2/s, not ${rate}.`);
	const forMs = duration === undefined ? usualLoadMs : readDuration(duration);
	if (forMs === undefined) throw new ScenarioError(`--for must be a time such as 10m, not ${duration}.`);
	const customers = Math.max(1, Math.floor(forMs * perMs));
	return Array.from({ length: customers }, (_, index) => ({ atMs: index / perMs, step }));
}

function callFields({ talk, to, attribute }: SimulateOptions): Record<string, unknown> {
	const given = { talk, to, attributes: attribute && Object.fromEntries(attribute.map(namedText)) };
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function namedText(given: string): [string, string] {
	const [, name, value] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
	if (name === undefined || value === undefined)
		throw new ScenarioError(`--attribute must be such as caseId=4711, not ${given}.`);
	return [name.trim(), value];
}

async function readData(file: string): Promise<unknown> {
	const text = await readFile(file, "utf8").catch((error: Error) => {
		throw new StartError("config.invalid", `${file} cannot be read: ${error.message}.`);
	});
	try {
		if (file.endsWith(".json")) return JSON.parse(text) as unknown;
		// Of those alone who write YAML.
		const { parse } = await import("yaml");
		return parse(text) as unknown;
	} catch (error) {
		throw new ScenarioError(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
	}
}

/** The demo's customer page knows number, caller and its own origin. */
async function openWorld(options: SimulateOptions, env: NodeJS.ProcessEnv, ended: AbortSignal): Promise<World> {
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
	if (typeof service !== "string")
		throw new StartError("config.invalid", `No demo answers beside ${api}. Give --to <number> and --origin <page>.`);
	return {
		api: api.replace(/\/$/, ""),
		origin: options.origin ?? page,
		service,
		caller: (safeGet(settings, "caller") as World["caller"] | undefined) ?? {
			name: "Clara Bell",
			phone: "+13175550142",
		},
		now: () => performance.now(),
		pause: (ms) => wait(ms, undefined, { signal: ended }).catch(() => undefined),
		ended,
	};
}

function lineOf({ kind, result, waitedMs, text }: Outcome): string {
	const after = waitedMs === undefined ? "" : ` after ${(waitedMs / 1_000).toFixed(1)} s`;
	return `${kind}: ${result}${after}${text ? ` (${text})` : ""}`;
}
