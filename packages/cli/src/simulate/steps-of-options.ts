/** Which customers come when, by what was typed: of the command line, or of a scenario's file. */
import { access, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { StartError } from "@inlay/core/config/start-error";
import { typedWrongCode } from "../typed-wrong.ts";
import { readDuration, readRate } from "./durations.ts";
import { ScenarioError } from "./fields.ts";
import { kinds, readScenario, readStep, type StepKind, type TimedStep } from "./scenario.ts";

export interface SimulateOptions {
	scenario?: string;
	rate?: string;
	for?: string;
	url?: string;
	to?: string;
	origin?: string;
	talk?: string;
	attribute?: string[];
	name?: string;
	text?: string;
	subject?: string;
	attach?: string[];
	messenger?: string;
	json?: boolean;
}

/** Customers of a steady load that no `--for` ends. */
const usualLoadMs = 60_000;

/** What of one customer the command line can say, and of which. */
const own = {
	talk: ["call", "callback", "webmessage"],
	attribute: ["call", "callback", "webmessage"],
	to: ["call", "callback"],
	name: kinds,
	text: ["message", "webmessage", "email"],
	subject: ["email"],
	attach: ["email"],
	messenger: ["webmessage"],
} as const satisfies Partial<Record<keyof SimulateOptions, readonly StepKind[]>>;

/** Throws StartError that names what is wrong. */
export async function stepsOf(kind: StepKind | undefined, options: SimulateOptions): Promise<TimedStep[]> {
	const { scenario } = options;
	try {
		refuseUnused(kind, options);
		if (scenario === undefined) return await withFiles(steady(kind, options), process.cwd());
		if (kind) throw new ScenarioError("Give a scenario or a kind of customer, not both.");
	} catch (error) {
		if (!(error instanceof ScenarioError)) throw error;
		const place = scenario === undefined ? "" : `${scenario}: `;
		throw new StartError("config.invalid", `${place}${error.message}`, typedWrongCode);
	}
	try {
		return await withFiles(readScenario(await readData(scenario)), dirname(scenario));
	} catch (error) {
		if (!(error instanceof ScenarioError)) throw error;
		throw new StartError("config.invalid", `${scenario}: ${error.message}`);
	}
}

/** What nothing would come of is refused by its name, rather than left out of what it was meant for. */
function refuseUnused(kind: StepKind | undefined, options: SimulateOptions): void {
	const { scenario, rate, for: duration } = options;
	const given = (Object.keys(own) as (keyof typeof own)[]).filter((name) => options[name] !== undefined);
	if (scenario !== undefined) {
		// Number and messenger are the organization's, whoever comes.
		const ofOne = given.find((name) => name !== "to" && name !== "messenger");
		if (ofOne)
			throw new ScenarioError(`--${ofOne} is of customers on the command line: a scenario says it in its steps.`);
		if (rate !== undefined || duration !== undefined)
			throw new ScenarioError(
				`--${rate === undefined ? "for" : "rate"} is of customers on the command line: in a scenario each has a time.`,
			);
	}
	const other = given.find((name) => kind !== undefined && !(own[name] as readonly StepKind[]).includes(kind));
	if (other)
		throw new ScenarioError(`--${other} is of ${own[other].join(", ")}: nothing would come of it in a ${kind}.`);
	if (rate === undefined && duration !== undefined)
		throw new ScenarioError("--for is of a steady load: give a --rate as well.");
}

/** One customer, or as many as come at that rate for that long. */
function steady(kind: StepKind | undefined, options: SimulateOptions): TimedStep[] {
	if (!kind) throw new ScenarioError(`Say what customers do: ${kinds.join(", ")}; or give a --scenario.`);
	const { rate, for: duration } = options;
	const fields = fieldsOf(options);
	if (rate === undefined) return [{ atMs: 0, step: readStep(kind, fields, kind) }];
	const perMs = readRate(rate);
	if (perMs === undefined) throw new ScenarioError(`--rate must be such as 5/min or 2/s, not ${rate}.`);
	const forMs = duration === undefined ? usualLoadMs : readDuration(duration);
	if (forMs === undefined) throw new ScenarioError(`--for must be a time such as 10m, not ${duration}.`);
	const customers = Math.max(1, Math.floor(forMs * perMs));
	return Array.from({ length: customers }, (_, index) => ({
		atMs: index / perMs,
		step: readStep(kind, { ...whoWrites(kind, index), ...fields }, kind),
	}));
}

/** What one sender writes is one conversation: each customer of a load has a number, or an address, of their own. */
function whoWrites(kind: StepKind, index: number): Record<string, unknown> {
	const name = `Customer ${index + 1}`;
	// Numbers that end in 13 are those of simulated phones that cannot be reached.
	if (kind === "message") return { name, phone: `+4915155${60_000 + index}1` };
	if (kind === "email") return { name, from: `customer${index + 1}@customer.example` };
	return {};
}

function fieldsOf({ talk, to, attribute, name, text, subject, attach }: SimulateOptions): Record<string, unknown> {
	const attributes = attribute && Object.fromEntries(attribute.map(namedText));
	const given = { talk, to, attributes, name, text, subject, attachments: attach };
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function namedText(given: string): [string, string] {
	const [, name, value] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
	if (name === undefined || value === undefined)
		throw new ScenarioError(`--attribute must be such as caseId=4711, not ${given}.`);
	return [name.trim(), value];
}

/** What is attached lies beside the scenario; a file that is not there is said before the first customer comes. */
async function withFiles(steps: readonly TimedStep[], folder: string): Promise<TimedStep[]> {
	return Promise.all(
		steps.map(async ({ atMs, step }) => {
			if (step.kind !== "email" || step.attachments.length === 0) return { atMs, step };
			const attachments = step.attachments.map((file) => resolve(folder, file));
			for (const file of attachments)
				await access(file).catch((error: Error) => {
					throw new ScenarioError(`attachments: ${file} cannot be read: ${error.message}.`);
				});
			return { atMs, step: { ...step, attachments } };
		}),
	);
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
