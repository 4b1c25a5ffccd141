import type { ScriptDocument } from "./agent-script.ts";
import { parseExpression, variablesOf } from "./expression/parse.ts";
import { namesIn } from "./interpolate.ts";
import { componentsOf, stepListsOf, textsOf, textsOfStep } from "./walk.ts";

/** Names that a script without faults reads of the interaction, each once: those that it does not declare itself. */
export function outsideNames(document: ScriptDocument): string[] {
	const components = document.pages.flatMap(componentsOf);
	const steps = stepListsOf(document).flatMap((list) => list.steps);
	const expressions = [
		...components.flatMap(({ visibleIf }) => visibleIf ?? []),
		...steps.flatMap((step) => (step.kind === "setVariable" ? step.value : [])),
	];
	const names = [
		...[...components.flatMap(textsOf), ...steps.flatMap(textsOfStep)].flatMap(namesIn),
		...expressions.flatMap((source) => variablesOf(parseExpression(source))),
		...components.flatMap((one) =>
			one.kind === "attributeTable" ? (one.names ?? []).map((name) => `Participant.${name}`) : [],
		),
		...components.flatMap((one) => (one.kind === "contactForm" ? one.columns.map((name) => `Outbound.${name}`) : [])),
		...document.variables.flatMap(({ name, input }) => (input ? `Participant.${name}` : [])),
	];
	return [...new Set(names)].filter((name) => !document.variables.some((variable) => variable.name === name));
}
