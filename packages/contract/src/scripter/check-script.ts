import {
	type InputComponent,
	type ScriptComponent,
	type ScriptDocument,
	type ScriptStep,
	scriptLimits,
} from "./agent-script.ts";
import { type Expression, parseExpression, variablesOf } from "./expression/parse.ts";
import { ExpressionError } from "./expression/tokens.ts";
import { isAllowedHost, namesIn } from "./interpolate.ts";
import { isKnown, isReserved } from "./variables.ts";
import { componentsOf, type StepList, stepListsOf, textsOf, textsOfStep } from "./walk.ts";

/** What is wrong with a script. A fault keeps it from being saved; a doubt is shown before it is published. */
export interface ScriptFinding {
	code: ScriptFaultCode | ScriptDoubtCode;
	isFault: boolean;
	/** What it is about: a name, an id, an expression. */
	subject: string;
	pageId?: string;
	componentId?: string;
	actionId?: string;
}

export type ScriptFaultCode =
	| "start.page.unknown"
	| "id.twice"
	| "too.much"
	| "variable.reserved"
	| "variable.twice"
	| "variable.undeclared"
	| "page.unknown"
	| "action.unknown"
	| "action.endless"
	| "expression.unreadable"
	| "address.unsafe"
	| "options.missing"
	| "choice.missing"
	| "columns.missing"
	| "wrap.up.page.twice";

export type ScriptDoubtCode =
	| "page.unreachable"
	| "variable.unknown"
	| "label.missing"
	| "host.unlisted"
	| "service.unknown"
	| "service.inputs"
	| "service.outputs";

/** What a script names outside of itself, as far as it is known to who checks it. */
export interface OutsideFacts {
	/** Hosts that scripts may open; none: all. */
	pageHosts?: readonly string[] | undefined;
	services?:
		| ReadonlyArray<{ id: string; name: string; inputs: readonly string[]; outputs: ReadonlyArray<{ name: string }> }>
		| undefined;
}

type Place = Pick<ScriptFinding, "pageId" | "componentId" | "actionId">;

/** All that is wrong with a script, in the order of its pages (agent-features 17, "Designer: check"). */
export function checkScript(document: ScriptDocument, outside: OutsideFacts = {}): ScriptFinding[] {
	return [
		...checkIds(document),
		...checkSize(document),
		...checkVariables(document),
		...document.pages.flatMap((page) =>
			componentsOf(page).flatMap((component) => [
				...checkComponent(component, document, page.id),
				...(component.kind === "webPage"
					? checkHost(component.address, outside, { pageId: page.id, componentId: component.id })
					: []),
			]),
		),
		...stepListsOf(document).flatMap((list) =>
			list.steps.flatMap((step) => [
				...checkStep(step, document, placeOf(list)),
				...checkOutside(step, outside, placeOf(list)),
			]),
		),
		...checkEndless(document),
		...checkReach(document),
	];
}

/** Whether it may be saved. */
export const hasFault = (findings: readonly ScriptFinding[]): boolean => findings.some(({ isFault }) => isFault);

function fault(code: ScriptFaultCode, subject: string, place: Place = {}): ScriptFinding {
	return { code, isFault: true, subject, ...place };
}

function doubt(code: ScriptDoubtCode, subject: string, place: Place = {}): ScriptFinding {
	return { code, isFault: false, subject, ...place };
}

const placeOf = ({ steps: _, ...place }: StepList): Place => place;

function checkIds({ pages, actions, startPageId }: ScriptDocument): ScriptFinding[] {
	const wrapUpPages = pages.filter(({ forAfterCallWork }) => forAfterCallWork);
	return [
		...(pages.some(({ id }) => id === startPageId) ? [] : [fault("start.page.unknown", startPageId)]),
		...wrapUpPages.slice(1).map(({ id }) => fault("wrap.up.page.twice", id, { pageId: id })),
		...twice(pages.map(({ id }) => id)).map((id) => fault("id.twice", id, { pageId: id })),
		...twice(actions.map(({ id }) => id)).map((id) => fault("id.twice", id, { actionId: id })),
		...twice(pages.flatMap((page) => componentsOf(page).map(({ id }) => id))).map((id) =>
			fault("id.twice", id, { componentId: id }),
		),
	];
}

function checkSize(document: ScriptDocument): ScriptFinding[] {
	const { pages, variables } = document;
	const components = pages.reduce((sum, page) => sum + componentsOf(page).length, 0);
	const longest = Math.max(0, ...stepListsOf(document).map(({ steps }) => steps.length));
	const isTooMuch = {
		pages: pages.length > scriptLimits.pages,
		components: components > scriptLimits.components,
		variables: variables.length > scriptLimits.variables,
		steps: longest > scriptLimits.steps,
		depth: pages.some((page) => depthOf(page.root) > scriptLimits.depth),
	};
	return Object.entries(isTooMuch).flatMap(([name, is]) => (is ? [fault("too.much", name)] : []));
}

function depthOf(component: ScriptComponent): number {
	return component.kind === "container" ? 1 + Math.max(0, ...component.children.map(depthOf)) : 1;
}

function checkVariables({ variables }: ScriptDocument): ScriptFinding[] {
	const names = variables.map(({ name }) => name);
	return [
		...names.filter(isReserved).map((name) => fault("variable.reserved", name)),
		...twice(names).map((name) => fault("variable.twice", name)),
	];
}

function checkComponent(component: ScriptComponent, document: ScriptDocument, pageId: string): ScriptFinding[] {
	const place = { pageId, componentId: component.id };
	return [
		...(component.visibleIf === undefined ? [] : checkExpression(component.visibleIf, document, place)),
		...textsOf(component).flatMap((text) => unknownIn(text, document, place)),
		...("variable" in component ? checkInput(component, document, place) : []),
		...(component.kind === "webPage" && !isHttps(component.address)
			? [fault("address.unsafe", component.address, place)]
			: []),
		...(component.kind === "image" &&
		!isHttps(component.address) &&
		!/^data:image\/(png|jpeg|gif|webp);base64,/.test(component.address)
			? [fault("address.unsafe", component.address.slice(0, 80), place)]
			: []),
		...(component.kind === "contactForm" && component.columns.length === 0
			? [fault("columns.missing", component.id, place)]
			: []),
		...(component.kind === "button" && component.label.trim() === ""
			? [doubt("label.missing", component.id, place)]
			: []),
	];
}

/** The scheme and the host are the script's own; a variable may only stand behind them. */
const isHttps = (address: string) => /^https:\/\/[a-z0-9.-]+(:\d+)?(\/|\?|#|$)/i.test(address);

function checkInput(component: InputComponent, document: ScriptDocument, place: Place): ScriptFinding[] {
	const isDeclared = document.variables.some(({ name }) => name === component.variable);
	return [
		...(isDeclared ? [] : [fault("variable.undeclared", component.variable, place)]),
		...("options" in component && component.options.length === 0
			? [fault("options.missing", component.id, place)]
			: []),
		...(component.label.trim() === "" ? [doubt("label.missing", component.id, place)] : []),
	];
}

function checkStep(step: ScriptStep, document: ScriptDocument, place: Place): ScriptFinding[] {
	const { pages, actions, variables } = document;
	const found = textsOfStep(step).flatMap((text) => unknownIn(text, document, place));
	if (step.kind === "changePage" && !pages.some(({ id }) => id === step.pageId))
		found.push(fault("page.unknown", step.pageId, place));
	if (step.kind === "run" && !actions.some(({ id }) => id === step.actionId))
		found.push(fault("action.unknown", step.actionId, place));
	if (step.kind === "updateContact" && step.columns.length === 0) found.push(fault("choice.missing", "", place));
	if (choiceOf(step) === "") found.push(fault("choice.missing", "", place));
	if (step.kind === "openAddress" && !isHttps(step.address)) found.push(fault("address.unsafe", step.address, place));
	if (step.kind === "setVariable") {
		if (!variables.some(({ name }) => name === step.variable))
			found.push(fault("variable.undeclared", step.variable, place));
		found.push(...checkExpression(step.value, document, place));
	}
	if (step.kind === "callService")
		for (const { variable } of step.outputs)
			if (!variables.some(({ name }) => name === variable)) found.push(fault("variable.undeclared", variable, place));
	return found;
}

/** Of what is outside of the script: it may change by itself, and only makes one doubt. */
function checkOutside(step: ScriptStep, outside: OutsideFacts, place: Place): ScriptFinding[] {
	if (step.kind === "openAddress") return checkHost(step.address, outside, place);
	if (step.kind !== "callService" || step.serviceId === "" || !outside.services) return [];
	const service = outside.services.find(({ id }) => id === step.serviceId);
	if (!service) return [doubt("service.unknown", step.serviceId, place)];
	const given = step.inputs.map(({ name }) => name);
	const isFit =
		given.every((name) => service.inputs.includes(name)) && service.inputs.every((name) => given.includes(name));
	const unknown = step.outputs.find(({ name }) => !service.outputs.some((one) => one.name === name));
	return [
		...(isFit ? [] : [doubt("service.inputs", service.inputs.join(", "), place)]),
		...(unknown ? [doubt("service.outputs", service.outputs.map(({ name }) => name).join(", "), place)] : []),
	];
}

function checkHost(address: string, { pageHosts = [] }: OutsideFacts, place: Place): ScriptFinding[] {
	const [, host] = /^https:\/\/([a-z0-9.-]+)/i.exec(address) ?? [];
	if (host === undefined || pageHosts.length === 0 || isAllowedHost(host, pageHosts)) return [];
	return [doubt("host.unlisted", host, place)];
}

/** What a step names by its id, where it names something outside of the script. */
function choiceOf(step: ScriptStep): string | undefined {
	if (step.kind === "insertResponse") return step.responseId;
	if (step.kind === "setWrapUpCode") return step.code;
	if (step.kind === "callService") return step.serviceId;
	if (step.kind === "screenPop") return step.searchString;
	if (!("to" in step) || step.to.kind === "number") return undefined;
	return step.to.kind === "queue" ? step.to.queueId : step.to.userId;
}

function checkExpression(source: string, document: ScriptDocument, place: Place): ScriptFinding[] {
	const expression = tryParse(source);
	if (expression instanceof ExpressionError) return [fault("expression.unreadable", source.slice(0, 80), place)];
	return variablesOf(expression)
		.filter((name) => !isKnown(name, document))
		.map((name) => doubt("variable.unknown", name, place));
}

function tryParse(source: string): Expression | ExpressionError {
	try {
		return parseExpression(source);
	} catch (error) {
		if (error instanceof ExpressionError) return error;
		throw error;
	}
}

function unknownIn(text: string, document: ScriptDocument, place: Place): ScriptFinding[] {
	return namesIn(text)
		.filter((name) => !isKnown(name, document))
		.map((name) => doubt("variable.unknown", name, place));
}

/** Actions that run each other for ever. */
function checkEndless({ actions }: ScriptDocument): ScriptFinding[] {
	const next = new Map(
		actions.map(({ id, steps }) => [id, steps.flatMap((each) => (each.kind === "run" ? [each.actionId] : []))]),
	);
	return actions
		.filter(({ id }) => reachable(next.get(id) ?? [], next).has(id))
		.map(({ id }) => fault("action.endless", id, { actionId: id }));
}

/** Pages that no step leads to. */
function checkReach(document: ScriptDocument): ScriptFinding[] {
	const targets = (pageId: string) =>
		stepListsOf(document)
			.filter((list) => list.pageId === pageId || list.pageId === undefined)
			.flatMap(({ steps }) => steps.flatMap((each) => (each.kind === "changePage" ? [each.pageId] : [])));
	const next = new Map(document.pages.map(({ id }) => [id, targets(id)]));
	const wrapUp = document.pages.filter(({ forAfterCallWork }) => forAfterCallWork).map(({ id }) => id);
	const reached = reachable([document.startPageId, ...wrapUp], next);
	return document.pages
		.filter(({ id }) => !reached.has(id))
		.map(({ id, name }) => doubt("page.unreachable", name, { pageId: id }));
}

function reachable(from: readonly string[], next: ReadonlyMap<string, readonly string[]>): Set<string> {
	const reached = new Set<string>();
	const open = [...from];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (reached.has(id)) continue;
		reached.add(id);
		open.push(...(next.get(id) ?? []));
	}
	return reached;
}

const twice = (names: readonly string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
