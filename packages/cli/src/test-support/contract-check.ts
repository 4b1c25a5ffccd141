/** Whether a request is one of the platform's public API: path, method, query and body model. */
import { type JsonSchema, operationIndex, platformModels, platformOperation, platformSchema } from "@inlay/contract";
import { Ajv, type ValidateFunction } from "ajv";
import more from "./more-operations.json" with { type: "json" };

interface Known {
	query: readonly string[];
	request: string | null;
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

/** What departs from the contract; none where all is well. */
export function departuresOf(method: string, url: string, body: unknown): string[] {
	const { pathname, searchParams } = new URL(url, "http://localhost");
	const path = templateOf(method, pathname);
	if (path === undefined) return [`${method} ${pathname} is no operation`];
	const known = knownOperation(method, path);
	if (!known) return [`${method} ${path} has no description here: add it to more-operations.json`];
	const names = known.query.map((name) => name.replace(/\*$/, ""));
	const strange = [...searchParams.keys()].filter((name) => !names.includes(name));
	return [
		...strange.map((name) => `${method} ${path} has no query parameter ${name}`),
		...bodyDepartures(known.request, body).map((text) => `${method} ${path}: ${text}`),
	];
}

function templateOf(method: string, pathname: string): string | undefined {
	const parts = pathname.split("/");
	const fits = (path: string) => {
		const own = path.split("/");
		return own.length === parts.length && own.every((part, index) => part === parts[index] || part.startsWith("{"));
	};
	const found = operationIndex.filter(([ofMethod, path]) => ofMethod === method && fits(path));
	return found.toSorted(([, a], [, b]) => a.split("{").length - b.split("{").length)[0]?.[1];
}

function knownOperation(method: string, path: string): Known | undefined {
	return platformOperation(method, path) ?? more.find((one) => one.method === method && one.path === path);
}

function bodyDepartures(request: string | null, body: unknown): string[] {
	if (request === null) return body === undefined ? [] : ["it takes no body"];
	if (body === undefined) return ["its body is missing"];
	const name = /^Array<(.+)>$/.exec(request)?.[1] ?? request;
	const isModel = Object.hasOwn(platformModels, name);
	if (!isModel && !["string", "number", "object"].includes(name)) return [];
	const { schema, check } = compiled(request);
	const wrong = check(body) ? [] : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
	return [...wrong, ...strangers(schema, body, "")];
}

const models = new Map<string, { schema: JsonSchema; check: ValidateFunction }>();

/** Once each: it takes longer than everything else here. */
function compiled(request: string) {
	const known = models.get(request);
	if (known) return known;
	const schema = platformSchema(request);
	const made = { schema, check: ajv.compile(schema) };
	models.set(request, made);
	return made;
}

/** Keys that the model does not have, or has for answers alone. */
function strangers(schema: JsonSchema, value: unknown, at: string): string[] {
	const resolved = schema.$ref ? platformModels[schema.$ref.slice("#/$defs/".length)] : schema;
	if (!resolved || typeof value !== "object" || value === null) return [];
	if (Array.isArray(value))
		return value.flatMap((one, index) => strangers(resolved.items ?? {}, one, `${at}/${index}`));
	const { properties, additionalProperties } = resolved;
	if (!properties && !additionalProperties) return [];
	return Object.entries(value).flatMap(([key, one]) => {
		const known = properties?.[key] ?? additionalProperties;
		if (known?.readOnly) return [`${at}/${key} is for answers alone`];
		return known ? strangers(known, one, `${at}/${key}`) : [`${at}/${key} is no key of the model`];
	});
}
