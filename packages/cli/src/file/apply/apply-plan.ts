/** Does a plan, tells each step, and says in the end what has become of it. */

import type { Platform, Thing } from "../../platform/platform.ts";
import { PlatformError } from "../../platform/platform-error.ts";
import { idOf } from "../kinds/kind.ts";
import type { Planned } from "../plan/make-plan.ts";
import type { Step } from "../plan/step.ts";
import { plain, planText } from "../plan/words.ts";
import type { ReadFile } from "../read/read-file.ts";
import { nameOf, type Outcome, runSteps } from "./run-steps.ts";

export interface Applying {
	read: ReadFile;
	platform: Platform;
	ports: { out(text: string): void; err(text: string): void };
	/** The plan anew, where somebody else was at work. */
	again(): Promise<Planned>;
	stopped?: AbortSignal;
}

/** How often what the server could not do is planned anew and tried again. */
const mostTries = 3;

/** @returns the exit code: 1 where anything is left to do */
export async function applyPlan(planned: Planned, applying: Applying): Promise<0 | 1> {
	const { platform, ports, again } = applying;
	const outcomes = await runAll(planned, applying);
	for (const note of await notesOn(outcomes, platform)) ports.out(`Note: ${note}`);
	const count = planned.steps.length;
	const done = outcomes.filter(({ state }) => state === "done").length;
	if (done === count) {
		ports.out(`Done: ${done} of ${count}.`);
		return 0;
	}
	ports.err(summaryOf(outcomes, count));
	if (outcomes.some(({ state }) => state === "conflict")) {
		ports.err("Somebody else was at work meanwhile, and nothing of theirs was overwritten. What is left to do now:");
		const left = await anew(again, ports);
		if (left) ports.err(planText(left));
	}
	return 1;
}

/** Undefined where it cannot be, which is said: what was done so far is told all the same. */
async function anew(again: () => Promise<Planned>, ports: Applying["ports"]): Promise<Planned | undefined> {
	try {
		return await again();
	} catch (error) {
		ports.err(`It cannot be planned anew: ${plain(error instanceof Error ? error.message : String(error))}`);
		return undefined;
	}
}

/** What was lost on the way may have been done: a new plan sees. Nothing is done that the first one had not said. */
async function runAll(planned: Planned, { read, platform, ports, again, stopped }: Applying): Promise<Outcome[]> {
	const all = new Map<string, Outcome>();
	const tell = (outcome: Outcome) =>
		outcome.state === "done" ? ports.out(lineOf(outcome)) : ports.err(lineOf(outcome));
	let { steps, world } = planned;
	for (let tries = 1; ; tries++) {
		const outcomes = await runSteps(steps, {
			...{ platform, world, passwords: read.passwords ?? new Map() },
			told: tell,
			...(stopped ? { stopped } : {}),
		});
		for (const outcome of outcomes) all.set(outcome.step.id, { ...all.get(outcome.step.id), ...outcome });
		const open = outcomes.filter(({ state, isPassing }) => isPassing || state === "blocked").map(({ step }) => step.id);
		if (!outcomes.some(({ isPassing }) => isPassing) || tries >= mostTries || stopped?.aborted) break;
		ports.err("The server could not do all of it. What is left is planned anew and tried again.");
		const next = await anew(again, ports);
		if (!next) break;
		const left = new Set(next.steps.map(({ id }) => id));
		for (const id of open) {
			const outcome = all.get(id);
			if (outcome && !left.has(id)) all.set(id, { step: outcome.step, state: "done", ...idIn(next, outcome.step) });
		}
		({ world } = next);
		const unsaid = next.steps.filter((step) => open.includes(step.id) && !isSaid(step, planned.steps));
		for (const step of unsaid) {
			const outcome = { step, state: "conflict", text: unsaidText } as const;
			all.set(step.id, outcome);
			tell(outcome);
		}
		steps = closed(next.steps, new Set(open.filter((id) => !unsaid.some((step) => step.id === id))));
	}
	return [...all.values()];
}

const unsaidText = "somebody else has changed it since the plan, and more would have to be done than that said";

/** Whether the first plan said all that a later one would do in this step. */
function isSaid(step: Step, first: readonly Step[]): boolean {
	const agreed = new Set(first.find(({ id }) => id === step.id)?.changes.map(({ field }) => field));
	return step.changes.every(({ field }) => agreed.has(field));
}

/** Of what was made although its answer was lost. */
function idIn({ world }: Planned, { action, section, name }: Step): { id?: string } {
	const [raw] = action === "create" ? world.named(section, name) : [];
	return raw ? { id: idOf(raw) } : {};
}

/** Of these steps those that may be done, and wait for none that may not. */
function closed(steps: readonly Step[], allowed: ReadonlySet<string>): Step[] {
	let kept = steps.filter(({ id }) => allowed.has(id));
	for (;;) {
		const there = new Set(kept.map(({ id }) => id));
		const next = kept.filter(({ after }) => after.every((id) => there.has(id)));
		if (next.length === kept.length) return kept;
		kept = next;
	}
}

const done = { create: "made", change: "changed", delete: "deleted" } as const;

function lineOf({ step, state, text }: Outcome): string {
	const name = plain(nameOf(step));
	if (state === "done") return `${name}: ${done[step.action]}`;
	const what = { failed: "failed", conflict: "left as it is", blocked: "not done" }[state];
	return `${name}: ${what}: ${plain(text ?? "")}`;
}

function summaryOf(outcomes: readonly Outcome[], all: number): string {
	const of = (state: Outcome["state"]) => outcomes.filter((one) => one.state === state).length;
	const left = all - outcomes.length;
	const parts = [
		`${of("done")} of ${all} done`,
		...(of("failed") > 0 ? [`${of("failed")} failed`] : []),
		...(of("conflict") > 0 ? [`${of("conflict")} changed by others`] : []),
		...(of("blocked") > 0 ? [`${of("blocked")} wait for these`] : []),
		...(left > 0 ? [`${left} not begun, as it was stopped`] : []),
	];
	return `${parts.join(", ")}. Mend it and run again: what is done is not done twice.`;
}

/** What follows of what was made, and nobody would see. */
async function notesOn(outcomes: readonly Outcome[], platform: Platform): Promise<string[]> {
	const made = outcomes.filter(({ step, id }) => step.action === "create" && id !== undefined);
	const clients = made.filter(({ step }) => step.section === "clients");
	const pending = await Promise.all(clients.map(({ step, id }) => pendingNote(step.name, id ?? "", platform)));
	const machines = clients.filter(({ step }) => step.wanted?.values.grantType === "CLIENT-CREDENTIALS");
	const secrets = machines.map(
		({ step }) =>
			`client "${step.name}" has a secret that nobody has seen. Make it a new one in the console, and keep that where your secrets are.`,
	);
	const deployments = made.filter(({ step }) => step.section === "deployments");
	const addresses = deployments.map(
		({ step, id }) =>
			`deployment "${step.name}": its panel's address ends in /crm/embeddableFramework.html?deployment=${id}`,
	);
	return [...pending.flat(), ...secrets, ...addresses];
}

/** Where scopes are enforced, a client waits for somebody who may authorize it (platform-api 9). */
async function pendingNote(name: string, id: string, platform: Platform): Promise<string[]> {
	try {
		const { body } = await platform.get(`/api/v2/oauth/authorizations/${id}`);
		if ((body as Thing).pending !== true) return [];
		return [
			`client "${name}" waits to be authorized by somebody with oauth:client:authorize; until then it lets nobody in.`,
		];
	} catch (error) {
		if (error instanceof PlatformError) return [];
		throw error;
	}
}
