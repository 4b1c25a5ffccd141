import type { ScriptComponent, ScriptDocument, ScriptPage, ScriptStep } from "./agent-script.ts";

/** All components of a page, as the keyboard goes. */
export function componentsOf(page: ScriptPage): ScriptComponent[] {
	const within = (component: ScriptComponent): ScriptComponent[] =>
		component.kind === "container" ? [component, ...component.children.flatMap(within)] : [component];
	return within(page.root);
}

/** The lists of steps that a component has. */
export function stepsOf(component: ScriptComponent): ScriptStep[] {
	if (component.kind === "button") return component.steps;
	return "onChange" in component ? (component.onChange ?? []) : [];
}

/** Texts of a component that are interpolated. */
export function textsOf(component: ScriptComponent): string[] {
	switch (component.kind) {
		case "text":
			return [component.text];
		case "webPage":
			return [component.title, component.address];
		case "phoneLink":
		case "emailLink":
			return [component.target, component.label ?? ""];
		case "button":
		case "attributeTable":
			return [component.label];
		default:
			return "label" in component && typeof component.label === "string" ? [component.label] : [];
	}
}

/** Texts of a step that are interpolated. */
export function textsOfStep(step: ScriptStep): string[] {
	switch (step.kind) {
		case "alert":
			return [step.text];
		case "setAttributes":
			return step.attributes.map(({ value }) => value);
		case "blindTransfer":
		case "consultTransfer":
			return step.to.kind === "number" ? [step.to.number] : [];
		case "scheduleCallback":
			return [step.number, step.at];
		case "dial":
			return [step.number];
		case "openAddress":
			return [step.address];
		case "screenPop":
			return [step.searchString];
		case "callService":
			return step.inputs.map(({ value }) => value);
		case "updateContact":
			return step.columns.map(({ value }) => value);
		default:
			return [];
	}
}

/** A list of steps, and where in the script it stands. */
export interface StepList {
	steps: readonly ScriptStep[];
	pageId?: string;
	componentId?: string;
	actionId?: string;
}

/** Every list of steps of a script. */
export function stepListsOf(document: ScriptDocument): StepList[] {
	return [
		{ steps: document.onLoad ?? [] },
		...document.actions.map(({ id, steps }) => ({ steps, actionId: id })),
		...document.pages.flatMap((page) => [
			{ steps: page.onLoad ?? [], pageId: page.id },
			...componentsOf(page).map((component) => ({
				steps: stepsOf(component),
				pageId: page.id,
				componentId: component.id,
			})),
		]),
	].filter(({ steps }) => steps.length > 0);
}
