/** Does what a plan says: what is independent at once, and whatever can be done although something else failed. */

import type { Platform } from "../../platform/platform.ts";
import { PlatformError } from "../../platform/platform-error.ts";
import { keyOf, type Section, words } from "../format/sections.ts";
import { carryOver, makeInPlaceOf, takePlaceOf } from "../kinds/deployment-replacement.ts";
import { createGiver } from "../kinds/grants.ts";
import type { Found, Io, Lookup } from "../kinds/kind.ts";
import { Conflict, idOf } from "../kinds/kind.ts";
import { kinds } from "../kinds/kinds.ts";
import { differing, isSame } from "../plan/compare.ts";
import { type Step, stepId } from "../plan/step.ts";
import type { World } from "../plan/world.ts";

export interface Outcome {
	step: Step;
	/** `conflict`: somebody else has changed it since the plan; `blocked`: what it needs has failed. */
	state: "done" | "failed" | "conflict" | "blocked";
	text?: string;
	/** It failed by the server or the way to it, and not by what was asked: another try may go well. */
	isPassing?: true;
	/** Of a thing that was made. */
	id?: string;
}

export interface Running {
	platform: Platform;
	world: World;
	passwords: ReadonlyMap<string, string>;
	/** Hears of each step when it is over. */
	told(outcome: Outcome): void;
	/** Nothing new begins once it is. */
	stopped?: AbortSignal;
}

/** Steps at a time; how many requests that makes is the platform's own bound. */
const mostAtOnce = 100;

export async function runSteps(steps: readonly Step[], running: Running): Promise<Outcome[]> {
	const outcomes = new Map<string, Outcome>();
	const made: MadeThings = new Map();
	const io = ioOf(running, made);
	for (const phase of [0, 1, 2] as const) {
		const own = steps.filter((step) => step.phase === phase);
		const before = [...outcomes.values()].some(({ state }) => state !== "done");
		// What is taken away comes after what still names it: where that failed, it stays.
		if (phase === 2 && before)
			for (const step of own) tell({ step, state: "blocked", text: "something before it failed" });
		else
			await runPhase(own, {
				outcomes,
				run: (step) => runStep(step, running, io, made),
				tell,
				stopped: running.stopped,
			});
	}
	return steps.flatMap(({ id }) => outcomes.get(id) ?? []);

	function tell(outcome: Outcome): void {
		outcomes.set(outcome.step.id, outcome);
		running.told(outcome);
	}
}

interface Phase {
	outcomes: ReadonlyMap<string, Outcome>;
	run(step: Step): Promise<Outcome>;
	tell(outcome: Outcome): void;
	stopped: AbortSignal | undefined;
}

/** Whatever is ready runs, up to the bound; each that is over may make others ready. */
function runPhase(steps: readonly Step[], { outcomes, run, tell, stopped }: Phase): Promise<void> {
	const waiting = new Set(steps);
	let running = 0;
	return new Promise((resolve, reject) => {
		const next = () => {
			for (const step of waiting) {
				if (running >= mostAtOnce || stopped?.aborted) break;
				const needs = step.after.map((id) => outcomes.get(id));
				if (needs.includes(undefined)) continue;
				waiting.delete(step);
				const failed = needs.find((one) => one?.state !== "done");
				if (failed) tell({ step, state: "blocked", text: `it needs ${nameOf(failed.step)}, which failed` });
				else begin(step);
			}
			if (running === 0) settle();
		};
		const begin = (step: Step) => {
			running++;
			run(step)
				.then(tell)
				.then(() => {
					running--;
					next();
				}, reject);
		};
		const settle = () => {
			if (waiting.size === 0 || stopped?.aborted) return resolve();
			// What was blocked in this round may have made others ready to be told.
			const ready = [...waiting].some((step) => step.after.every((id) => outcomes.has(id)));
			if (ready) next();
			else reject(new Error(`These steps wait for each other: ${[...waiting].map(({ id }) => id).join(", ")}.`));
		};
		next();
	});
}

export function nameOf({ section, name }: Pick<Step, "section" | "name">): string {
	return section === "users" ? `user ${name}` : `${words[section]} "${name}"`;
}

/** By their keys. Their names are kept as they are written: those are compared letter by letter. */
type MadeThings = Map<string, { id: string; name: string }>;

function ioOf({ platform, world, passwords }: Running, made: Readonly<MadeThings>): Io {
	const nameOfMade = (section: Section, id: unknown) => {
		const [, one] = [...made].find(([key, thing]) => thing.id === id && key.startsWith(`${section}/`)) ?? [];
		return one?.name;
	};
	const lookup: Lookup = {
		...world.lookup,
		nameOf: (section, id) => world.lookup.nameOf(section, id) ?? nameOfMade(section, id),
	};
	return {
		platform,
		lookup,
		giver: createGiver(platform),
		idOf(section, name) {
			const one = made.get(stepId(section, keyOf(section, name)));
			if (one) return one.id;
			const [raw] = world.named(section, name);
			if (raw) return idOf(raw);
			throw new Error(`There is no ${words[section]} "${name}".`);
		},
		password(variable) {
			const value = passwords.get(variable);
			if (value) return value;
			throw new Error(`The variable ${variable} is not set.`);
		},
	};
}

async function runStep(step: Step, running: Running, io: Io, made: MadeThings): Promise<Outcome> {
	try {
		const id = await doStep(step, running, io, made);
		return { step, state: "done", ...(id === undefined ? {} : { id }) };
	} catch (error) {
		if (error instanceof Conflict) return { step, state: "conflict", text: error.message };
		if (error instanceof PlatformError && error.status === 409 && error.code === "version.conflict")
			return { step, state: "conflict", text: "somebody else has changed it this moment" };
		const isPassing = error instanceof PlatformError && (error.status === 0 || error.status >= 500);
		const text = error instanceof Error ? error.message : String(error);
		return { step, state: "failed", text, ...(isPassing ? { isPassing } : {}) };
	}
}

async function doStep(step: Step, running: Running, io: Io, made: MadeThings): Promise<string | undefined> {
	const kind = kinds[step.section];
	const values = step.wanted?.values ?? {};
	if (step.action === "create") {
		const found = await (step.replaces ? makeInPlaceOf(step.replaces, io, values) : kind.create(io, values));
		made.set(step.id, { id: found.id, name: found.name });
		if (step.replaces) return found.id;
		const { name: _name, email: _email, ...rest } = values;
		const left = new Set(differing(rest, found.values).map(({ field }) => field));
		if (left.size > 0) await kind.change(io, found, values, left);
		return found.id;
	}
	const fields = new Set(step.changes.map(({ field }) => field));
	const fresh = await freshOf(step, running, io, fields);
	if (step.action === "delete") {
		const old = fresh && { ...fresh, values: { ...step.found?.values, ...fresh.values } };
		if (step.replaces) await takePlaceOf(old, io, step.madeId ?? io.idOf(step.section, step.name), step.replaces.name);
		else if (old) await kind.remove(io, old);
		return undefined;
	}
	if (!fresh) throw new Conflict("somebody else has deleted it since the plan");
	const changed = step.changes.find(({ field, before }) => !isSame(fresh.values[field], before, field));
	if (changed) throw new Conflict(`somebody else has changed its ${changed.field} since the plan`);
	if (step.replaces) await carryOver(step.replaces, fresh, io, values);
	else await kind.change(io, fresh, values, fields);
	return undefined;
}

/** Undefined where it is gone. */
async function freshOf(
	step: Step,
	{ world }: Running,
	io: Io,
	fields: ReadonlySet<string>,
): Promise<Found | undefined> {
	try {
		return await world.fresh(step.section, step.found?.id ?? io.idOf(step.section, step.name), fields);
	} catch (error) {
		if (error instanceof PlatformError && error.status === 404) return undefined;
		throw error;
	}
}
