import type { ScriptDocument, ScriptStep } from "@inlay/contract/scripter/agent-script";

/** Ids of what a script's steps name outside of it. */
export interface NamedInScript {
	queue: string[];
	user: string[];
	wrapupCode: string[];
	services: string[];
}

/** Reads a document whole, wherever a kind of component keeps its steps. */
export function namesIn(document: ScriptDocument): NamedInScript {
	const steps = [...stepsIn(document)];
	return {
		queue: steps.flatMap((step) => ("to" in step && step.to.kind === "queue" ? [step.to.queueId] : [])),
		user: steps.flatMap((step) => ("to" in step && step.to.kind === "user" ? [step.to.userId] : [])),
		wrapupCode: steps.flatMap((step) => (step.kind === "setWrapUpCode" ? [step.code] : [])),
		services: steps.flatMap((step) => (step.kind === "callService" ? [step.serviceId] : [])),
	};
}

const naming = new Set(["blindTransfer", "consultTransfer", "setWrapUpCode", "callService"]);

function* stepsIn(value: unknown): Generator<ScriptStep> {
	if (typeof value !== "object" || value === null) return;
	if ("kind" in value && naming.has(String(value.kind))) yield value as ScriptStep;
	for (const inner of Object.values(value)) yield* stepsIn(inner);
}
