import { ownValue } from "../own-value.ts";
import { type ScriptDocument, type ScriptStep, type ScriptValue, scriptLimits } from "./agent-script.ts";
import { evaluate, type Lookup } from "./expression/evaluate.ts";
import { parseExpression } from "./expression/parse.ts";
import { valueFor } from "./variables.ts";
import { componentsOf } from "./walk.ts";

/** A step that was not done, in words for the agent. */
export class StepRefused extends Error {}

/** A step that changes more than the script itself. */
export type OutwardStep = Exclude<ScriptStep, { kind: "changePage" | "setVariable" | "callService" | "run" }>;
export type ServiceStep = Extract<ScriptStep, { kind: "callService" }>;

/** What steps act on: the script as it is open for an interaction, and what carries out the rest. */
export interface StepPort {
	document: Pick<ScriptDocument, "pages" | "variables" | "actions">;
	lookup: Lookup;
	openPage(pageId: string): void;
	setVariable(name: string, value: ScriptValue): void;
	/** Rejects with {@link StepRefused}. */
	perform(step: OutwardStep): Promise<void>;
	/** The outputs of the web service, by name. Rejects with {@link StepRefused}. */
	callService(step: ServiceStep): Promise<Readonly<Record<string, ScriptValue>>>;
	/** Words for a value that its variable does not take, and for a loop without end. */
	refusal(code: "value.unfit" | "endless", subject: string): string;
	/** Whether the script is still open; what it has begun after that is not gone on with. */
	isOpen(): boolean;
}

/**
 * Does what a trigger (button, page, value, opening) asks for: one step after the other, up to the first that fails, and at
 * most fifty with those that it triggers in turn (agent-features 17, "Edge cases").
 *
 * @throws StepRefused with words for the agent
 */
export async function runSteps(steps: readonly ScriptStep[], port: StepPort): Promise<void> {
	const budget = { left: scriptLimits.stepsPerTrigger };
	await runAll(steps, port, budget);
}

/** As {@link runSteps}, for a value that the agent has given. */
export async function runChange(variable: string, value: ScriptValue, port: StepPort): Promise<void> {
	await change(variable, value, port, { left: scriptLimits.stepsPerTrigger });
}

async function runAll(steps: readonly ScriptStep[], port: StepPort, budget: { left: number }): Promise<void> {
	for (const step of steps) {
		if (!port.isOpen()) return;
		if (budget.left-- <= 0) throw new StepRefused(port.refusal("endless", ""));
		await runOne(step, port, budget);
	}
}

async function runOne(step: ScriptStep, port: StepPort, budget: { left: number }): Promise<void> {
	switch (step.kind) {
		case "changePage":
			port.openPage(step.pageId);
			return runAll(port.document.pages.find(({ id }) => id === step.pageId)?.onLoad ?? [], port, budget);
		case "setVariable":
			return change(step.variable, evaluate(parseExpression(step.value), port.lookup), port, budget);
		case "run":
			return runAll(port.document.actions.find(({ id }) => id === step.actionId)?.steps ?? [], port, budget);
		case "callService":
			return takeOutputs(step, await port.callService(step), port, budget);
		default:
			return port.perform(step);
	}
}

/** One after the other, each with what it triggers; one that the answer has not is empty. */
async function takeOutputs(
	{ outputs }: ServiceStep,
	given: Readonly<Record<string, ScriptValue>>,
	port: StepPort,
	budget: { left: number },
): Promise<void> {
	for (const { name, variable } of outputs) {
		if (!port.isOpen()) return;
		await change(variable, ownValue(given, name) ?? null, port, budget);
	}
}

/** What is the same triggers nothing. */
async function change(name: string, value: ScriptValue, port: StepPort, budget: { left: number }): Promise<void> {
	const variable = port.document.variables.find((each) => each.name === name);
	const taken = variable && valueFor(variable, value);
	if (taken === undefined) throw new StepRefused(port.refusal("value.unfit", name));
	if (port.lookup(name) === taken) return;
	port.setVariable(name, taken);
	const watching = port.document.pages
		.flatMap(componentsOf)
		.flatMap((component) => ("variable" in component && component.variable === name ? [component.onChange ?? []] : []));
	for (const steps of watching) await runAll(steps, port, budget);
}
