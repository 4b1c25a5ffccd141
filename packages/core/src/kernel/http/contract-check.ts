import { type JsonSchema, operationIndex, platformModels, platformOperation } from "@inlay/contract";
import { notSupported } from "./api-error.ts";
import type { Route } from "./route.ts";
import { honouredValues, knownValues } from "./schemas.ts";

/** Refuses what the contract knows of an operation and its route does not honour. @throws ApiError 400 `not.supported` */
export type ContractCheck = (query: unknown, body: unknown) => void;

/** Fields that the platform fills: clients send whole objects back, and what they cannot change is ignored. */
const filledByServer: ReadonlySet<string> = new Set([
	"id",
	"selfUri",
	"createdBy",
	"createdByApp",
	"createdDate",
	"dateCreated",
	"dateModified",
	"modifiedBy",
	"modifiedByApp",
	"modifiedDate",
]);

/**
 * Nothing is taken and dropped: what the contract knows is honoured or refused by name. Compares a route's schemas with the
 * contract's operation once, and gives what has to be looked at with every request.
 *
 * What the contract does not know is ignored, as on the platform; so are read-only fields, and values that ask for nothing
 * (null, false, empty, or the documented default of a query parameter).
 */
export function contractCheck(route: Route): ContractCheck {
	const path = route.path.replace(/:(\w+)/g, "{$1}");
	const operation = platformOperation(route.method, path);
	const parameters = parametersOf(route, operation?.query ?? [], defaultsOf(route.method, path));
	const model = operation?.request && route.readOnly !== "rest" ? typeOf(operation.request) : undefined;
	const readOnly = new Set([...filledByServer, ...[route.readOnly ?? []].flat()]);
	const plan = model && planOf(route.body as JsonSchema | undefined, model, readOnly);
	return (query, body) => {
		const refused = [...refusedParameters(parameters, query), ...(plan ? refusedFields(plan, body, "") : [])];
		if (refused.length > 0) throw notSupported(refused);
	};
}

const documentedDefaults = new Map(operationIndex.map(([method, path, , defaults]) => [`${method} ${path}`, defaults]));

function defaultsOf(method: string, path: string): Record<string, string> {
	return documentedDefaults.get(`${method} ${path}`) ?? {};
}

interface Parameter {
	name: string;
	/** What it stands for when it is absent. */
	neutral: string;
	/** Values that are honoured, in lower case; undefined where any is, or none. */
	honoured?: ReadonlySet<string>;
	/** Values that the contract has; others are ignored. Undefined where the contract lists none. */
	known?: ReadonlySet<string>;
}

/** The parameters that need a look: those that the route does not read, and those of which it honours some values. */
function parametersOf(route: Route, contract: readonly string[], defaults: Record<string, string>): Parameter[] {
	const declared = (route.query as JsonSchema | undefined)?.properties ?? {};
	const neutral = (name: string) => (defaults[name] ?? "false").toLowerCase();
	const unread = contract
		.map((name) => name.replace("*", ""))
		// Where there is but one page, every page is that one.
		.filter((name) => !Object.hasOwn(declared, name) && name !== "pageSize" && name !== "pageNumber")
		.map((name) => ({ name, neutral: neutral(name) }));
	const partly = Object.entries(declared).flatMap(([name, schema]) => {
		const honoured = honouredValues(schema);
		const known = knownValues(schema);
		return honoured ? [{ name, neutral: neutral(name), honoured, ...(known ? { known } : {}) }] : [];
	});
	return [...unread, ...partly];
}

function refusedParameters(parameters: readonly Parameter[], query: unknown): string[] {
	if (parameters.length === 0 || typeof query !== "object" || query === null) return [];
	return parameters.flatMap((parameter) => {
		const sent = (query as Record<string, unknown>)[parameter.name];
		return sent === undefined ? [] : refusedValues(parameter, sent);
	});
}

function refusedValues({ name, neutral, honoured, known }: Parameter, sent: unknown): string[] {
	return [sent]
		.flat()
		.flatMap((value) => String(value).split(","))
		.map((value) => value.trim())
		.filter((value) => value !== "" && value.toLowerCase() !== neutral)
		.filter((value) => !honoured?.has(value.toLowerCase()) && (known?.has(value.toLowerCase()) ?? true))
		.map((value) => `${name}=${value.slice(0, 100)}`);
}

/** What to look for in a body, and inside which of its fields to go on. */
interface Plan {
	refused: ReadonlySet<string>;
	inside: ReadonlyMap<string, Plan>;
}

function typeOf(type: string): JsonSchema {
	const item = /^Array<(.+)>$/.exec(type)?.[1];
	return item ? { type: "array", items: typeOf(item) } : { $ref: `#/$defs/${type}` };
}

/** Undefined where the route reads everything that the model has. */
function planOf(schema: JsonSchema | undefined, model: JsonSchema, readOnly: ReadonlySet<string>): Plan | undefined {
	const resolved = model.$ref ? platformModels[model.$ref.slice("#/$defs/".length)] : model;
	if (resolved?.items) return planOf(itemsOf(schema), resolved.items, readOnly);
	// A route without a schema reads no body; an object without named properties is kept as it comes.
	const read = schema ? propertiesOf(schema) : {};
	if (!resolved?.properties || !read || isReference(read)) return undefined;
	const fields = Object.entries(resolved.properties);
	const refused = fields.filter(([name, { readOnly: fixed }]) => !fixed && !readOnly.has(name) && !read[name]);
	const inside = fields.flatMap(([name, child]) => {
		const plan = read[name] && planOf(read[name], child, readOnly);
		return plan ? [[name, plan] as const] : [];
	});
	if (refused.length === 0 && inside.length === 0) return undefined;
	return { refused: new Set(refused.map(([name]) => name)), inside: new Map(inside) };
}

/** Who names something by its id says nothing about the rest of it. */
function isReference(read: Record<string, JsonSchema>): boolean {
	return Object.keys(read).join() === "id";
}

/** Schemas come as TypeBox writes them: alternatives with null, intersections, lists. */
type Schema = JsonSchema & { anyOf?: Schema[]; allOf?: Schema[] };

function propertiesOf(schema: Schema): Record<string, JsonSchema> | undefined {
	if (schema.properties && Object.keys(schema.properties).length > 0) return schema.properties;
	const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((part) => propertiesOf(part) ?? []);
	return parts.length > 0 ? Object.assign({}, ...parts) : undefined;
}

function itemsOf(schema: Schema | undefined): JsonSchema | undefined {
	return schema?.items ?? schema?.anyOf?.flatMap((part) => itemsOf(part) ?? [])[0];
}

function refusedFields(plan: Plan, value: unknown, path: string): string[] {
	if (Array.isArray(value)) return [...new Set(value.flatMap((item) => refusedFields(plan, item, path)))];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([name, child]) => {
		const at = path === "" ? name : `${path}.${name}`;
		if (plan.refused.has(name)) return asksForNothing(child) ? [] : [at];
		const deeper = plan.inside.get(name);
		return deeper ? refusedFields(deeper, child, at) : [];
	});
}

/** Null, false, zero and what is empty say that something is not wanted, which is how it is. */
function asksForNothing(value: unknown): boolean {
	if (typeof value === "object" && value !== null) return Object.values(value).every(asksForNothing);
	return !value;
}
