import { type JsonSchema, operationIndex, platformModels, platformOperation } from "@inlay/contract";
import { nearestName } from "@inlay/contract/nearest";
import { notSupported } from "./api-error.ts";
import type { Route } from "./route.ts";
import { honouredValues } from "./schemas.ts";

/**
 * Refuses what a request names and its route does not honour, and takes out of the body what is ignored.
 * @throws ApiError 400 `not.supported`
 */
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
 * Nothing is taken and dropped: whatever a request names below /api is honoured or refused by name, whether the contract has
 * it or nobody. Compares a route's schemas with the contract's operation when the first request comes, and gives what has to
 * be looked at with every one.
 *
 * Ignored are read-only fields, since clients send whole objects back, and values that ask for nothing (null, false, empty,
 * or the documented default of a query parameter), unless a name that counts is misspelt.
 */
export function contractCheck(route: Route): ContractCheck {
	let compared: Compared | undefined;
	return (query, body) => {
		compared ??= compare(route);
		const refused = [
			...refusedParameters(compared, query),
			...(compared.plan ? refusedFields(compared.plan, body) : []),
		];
		if (refused.length > 0) throw notSupported([...new Set(refused)]);
		if (compared.plan) dropIgnored(compared.plan, body);
	};
}

interface Compared {
	parameters: readonly Parameter[];
	/** The names that may be sent; undefined where any may: pages of OAuth ignore what they do not know (RFC 6749, 3.1). */
	names?: ReadonlySet<string>;
	plan?: Plan;
}

function compare(route: Route): Compared {
	const path = route.path.replace(/:(\w+)/g, "{$1}");
	const operation = platformOperation(route.method, path);
	const parameters = parametersOf(route, operation?.query ?? [], defaultsOf(route.method, path));
	if (!path.startsWith("/api/")) return { parameters };
	const declared = (route.query as JsonSchema | undefined)?.properties ?? {};
	const names = new Set([...Object.keys(declared), ...parameters.map(({ name }) => name), ...everywhereTaken]);
	const plan = planOf(
		route.body as JsonSchema | undefined,
		modelsOf(route, path, operation?.request),
		readOnlyOf(route),
	);
	return { parameters, names, ...(plan ? { plan } : {}) };
}

/** `preserveIdleTTL` is the guard's, on every operation; `_` is what pages add so that no cache answers. */
const everywhereTaken = ["preserveIdleTTL", "_"];

function readOnlyOf({ readOnly }: Route): ReadOnly {
	return {
		names: new Set([...filledByServer, ...(readOnly === "rest" ? [] : (readOnly ?? []))]),
		rest: readOnly === "rest",
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
	/** Values that are honoured, in lower case; undefined where none is. */
	honoured?: ReadonlySet<string>;
}

/** The parameters that need a look: those that the route does not read, and those of which it honours some values. */
function parametersOf(route: Route, contract: readonly string[], defaults: Record<string, string>): Parameter[] {
	const declared = (route.query as JsonSchema | undefined)?.properties ?? {};
	const neutral = (name: string) => (defaults[name] ?? "false").toLowerCase();
	const unread = contract
		.map((name) => name.replace("*", ""))
		.filter((name) => !Object.hasOwn(declared, name))
		.map((name) => ({ name, neutral: neutral(name) }));
	const partly = Object.entries(declared).flatMap(([name, schema]) => {
		const honoured = honouredValues(schema);
		return honoured ? [{ name, neutral: neutral(name), honoured }] : [];
	});
	return [...unread, ...partly];
}

const nothing: readonly string[] = [];

function isEmpty(query: object): boolean {
	for (const _name in query) return false;
	return true;
}

function refusedParameters({ parameters, names }: Compared, query: unknown): readonly string[] {
	if (typeof query !== "object" || query === null || isEmpty(query)) return nothing;
	const sent = query as Record<string, unknown>;
	const known = parameters.flatMap((parameter) => refusedValues(parameter, sent[parameter.name]));
	const unknown = Object.keys(sent).filter((name) => names && !names.has(name));
	return [...known, ...unknown.flatMap((name) => refusedValues({ name: name.slice(0, 100), neutral: "" }, sent[name]))];
}

function refusedValues({ name, neutral, honoured }: Parameter, sent: unknown): string[] {
	if (sent === undefined) return [];
	return [sent]
		.flat()
		.flatMap((value) => String(value).split(","))
		.map((value) => value.trim())
		.filter((value) => value !== "" && value.toLowerCase() !== neutral)
		.filter((value) => !honoured?.has(value.toLowerCase()))
		.map((value) => `${name}=${value.slice(0, 100)}`);
}

/**
 * The same of a request that comes in another shape than a body, and of which the contract has no model of its own.
 * @throws ApiError 400 `not.supported` naming what `schema` does not read
 */
export function refuseUnread(schema: JsonSchema, value: unknown): void {
	const plan = planOf(schema, { asked: undefined, answered: [] }, { names: new Set(), rest: false });
	const refused = plan ? refusedFields(plan, value) : [];
	if (refused.length > 0) throw notSupported([...new Set(refused)]);
}

/** Which fields of a body are honoured, and inside which of them to go on; what is in neither set is refused. */
interface Plan {
	honoured: ReadonlySet<string>;
	ignored: ReadonlySet<string>;
	inside: ReadonlyMap<string, Plan>;
	/** Names that the contract has there, whatever becomes of them. */
	contract: ReadonlySet<string>;
	/** Fields of which only some values are honoured; in lower case. */
	values: ReadonlyMap<string, ReadonlySet<string>>;
}

interface ReadOnly {
	names: ReadonlySet<string>;
	/** So is all that the operation's model has and the route does not read. */
	rest: boolean;
}

/** What the contract has at one place: what is asked, and what is answered, by the operation or by reading the same thing. */
interface Models {
	asked: JsonSchema | undefined;
	answered: readonly JsonSchema[];
}

/** Only who changes a thing sends it back as it was read. */
function modelsOf({ method, success }: Route, path: string, request: string | null | undefined): Models {
	const asked = request ? typeOf(request) : undefined;
	if (method !== "PUT" && method !== "PATCH") return { asked, answered: [] };
	const read = [success.model, platformOperation("GET", path)?.response].filter(
		(type) => type !== undefined && type !== null,
	);
	return { asked, answered: read.map(typeOf) };
}

function typeOf(type: string): JsonSchema {
	const item = /^Array<(.+)>$/.exec(type)?.[1];
	return item ? { type: "array", items: typeOf(item) } : { $ref: `#/$defs/${type}` };
}

function resolved(model: JsonSchema | undefined): JsonSchema | undefined {
	return model?.$ref ? platformModels[model.$ref.slice("#/$defs/".length)] : model;
}

/** Undefined where the route takes an object as it comes, or no object. */
function planOf(
	schema: JsonSchema | undefined,
	models: Models,
	readOnly: ReadOnly,
	isInside = false,
): Plan | undefined {
	const items = itemsOf(schema);
	if (items) {
		const each = withIn(models, (model) => model?.items ?? model);
		return planOf(items, each, readOnly, isInside);
	}
	// A route without a schema reads no body.
	const read = schema ? propertiesOf(schema) : {};
	if (!read || (isInside && isReference(read))) return undefined;
	const asked = Object.entries(resolved(models.asked)?.properties ?? {});
	const answered = models.answered.flatMap((model) => Object.keys(resolved(model)?.properties ?? {}));
	const ownNames = new Set(asked.filter(([, field]) => !field.readOnly && !readOnly.rest).map(([name]) => name));
	const fixed = [...asked.map(([name]) => name), ...answered].filter((name) => !ownNames.has(name));
	const inside = Object.entries(read).flatMap(([name, child]) => {
		const of = withIn(models, (model) => model?.properties?.[name]);
		const plan = planOf(child, of, readOnly, true);
		return plan ? [[name, plan] as const] : [];
	});
	return {
		honoured: new Set(Object.keys(read)),
		ignored: new Set([...readOnly.names, ...fixed]),
		inside: new Map(inside),
		contract: new Set([...asked.map(([name]) => name), ...answered]),
		values: new Map(Object.entries(read).flatMap(([name, child]) => limited(name, child))),
	};
}

function limited(name: string, schema: Schema): Array<[string, ReadonlySet<string>]> {
	const values = [schema, ...(schema.anyOf ?? [])].flatMap((one) => honouredValues(one) ?? []);
	return values.map((one) => [name, one]);
}

function withIn({ asked, answered }: Models, step: (model: JsonSchema | undefined) => JsonSchema | undefined): Models {
	return { asked: step(resolved(asked)), answered: answered.flatMap((model) => step(resolved(model)) ?? []) };
}

/** Who names something by its id, as the division of a queue, says nothing about the rest of it. */
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

function refusedFields(plan: Plan, value: unknown, path = ""): string[] {
	if (Array.isArray(value)) return value.flatMap((item) => refusedFields(plan, item, path));
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, child]) => {
		const name = key.slice(0, 100);
		const at = path === "" ? name : `${path}.${name}`;
		if (!plan.honoured.has(key))
			return plan.ignored.has(key) || (asksForNothing(child) && !isMisspelt(plan, key)) ? [] : [at];
		const values = plan.values.get(key);
		if (values && child !== null && !values.has(String(child).toLowerCase()))
			return [`${at}=${String(child).slice(0, 100)}`];
		const deeper = plan.inside.get(key);
		return deeper ? refusedFields(deeper, child, at) : [];
	});
}

/** A slip of a name that is honoured says something also where it is off: `enabeld: false` would leave everything on. */
function isMisspelt({ honoured, contract }: Plan, name: string): boolean {
	return !contract.has(name) && nearestName(name, [...honoured]) !== undefined;
}

/** What is ignored does not reach a handler, which might take it for something that its schema names. */
function dropIgnored(plan: Plan, value: unknown): void {
	if (Array.isArray(value)) {
		for (const item of value) dropIgnored(plan, item);
	} else if (typeof value === "object" && value !== null) {
		for (const [name, child] of Object.entries(value)) {
			const deeper = plan.inside.get(name);
			if (!plan.honoured.has(name)) Reflect.deleteProperty(value, name);
			else if (deeper) dropIgnored(deeper, child);
		}
	}
}

/** Null, false, zero and what is empty say that something is not wanted, which is how it is. */
export function asksForNothing(value: unknown): boolean {
	if (typeof value === "object" && value !== null) return Object.values(value).every(asksForNothing);
	return !value;
}
