import type { JsonSchema } from "@inlay/contract";

/** One request body that no operation may take. */
export interface BadBody {
	/** What is wrong with it. */
	name: string;
	payload: string | Buffer;
	contentType?: string;
	/** The answer's status; any of the 400s where absent. */
	status?: number;
}

type Schema = JsonSchema & {
	anyOf?: Schema[];
	allOf?: Schema[];
	minimum?: number;
	maxItems?: number;
	maxLength?: number;
	minLength?: number;
	const?: unknown;
	pattern?: string;
};

const jsonSyntax: readonly BadBody[] = [
	{ name: "cut off", payload: '{"name": "half' },
	{ name: "no JSON", payload: "name=Sales" },
	{ name: "two values", payload: "{} {}" },
	{ name: "NaN", payload: '{"version": NaN}' },
	{ name: "no UTF-8", payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
	{ name: "half of a surrogate pair", payload: '{"anything": "\\ud83d"}' },
	{ name: "half of a pair as a key", payload: '{"\\udc00": 1}' },
	{ name: "U+0000", payload: '{"anything": ["a\\u0000b"]}' },
	{ name: "an infinite number", payload: '{"anything": -1e999}' },
	{ name: "nested beyond reason", payload: `${"[".repeat(5000)}${"]".repeat(5000)}` },
	{ name: "a form", payload: "name=Sales", contentType: "application/x-www-form-urlencoded", status: 415 },
	{ name: "plain text", payload: "name", contentType: "text/plain", status: 415 },
	{ name: "XML", payload: "<name/>", contentType: "application/xml", status: 415 },
];

/** Bodies that must be refused, whatever an operation reads: broken ones, and the schema's own with one thing wrong. */
export function badBodies(body: unknown, bodyLimit = 1_048_576): BadBody[] {
	const tooLarge = { name: "too large", payload: `"${"x".repeat(bodyLimit)}"`, status: 413 };
	if (body === undefined) return [...jsonSyntax, tooLarge];
	const schema = body as Schema;
	const good = sample(schema);
	const wrong = [...wrongRoots(schema), ...wrongFields(schema, good)];
	return [...jsonSyntax, tooLarge, ...wrong.map(([name, value]) => ({ name, payload: JSON.stringify(value) }))];
}

/** A value that the schema takes, as far as its keywords tell. */
export function sample(schema: Schema): unknown {
	if (schema.const !== undefined) return schema.const;
	if (schema.enum) return schema.enum[0];
	if (schema.anyOf) return sample(schema.anyOf[0] ?? {});
	if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sample));
	switch (schema.type) {
		case "string":
			return schema.pattern?.includes("0-9") ? "1" : "x".repeat(Math.max(8, schema.minLength ?? 0));
		case "integer":
		case "number":
			return Math.max(1, schema.minimum ?? 1);
		case "boolean":
			return true;
		case "array":
			return [];
		case "object":
			return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]));
		default:
			return {};
	}
}

type Wrong = [name: string, value: unknown];

function wrongRoots(schema: Schema): Wrong[] {
	const values: Wrong[] = [
		["null", null],
		["a text", "text"],
		["a number", 7],
		["a boolean", true],
		isList(schema) ? ["an object for a list", { id: "x" }] : ["a list for an object", [{}]],
	];
	if (!isList(schema) || !schema.items) return values;
	const items = wrongFor(schema.items as Schema).map(([name, value]): Wrong => [`a list of ${name}`, [value]]);
	const tooMany = schema.maxItems ? [["too many", Array(schema.maxItems + 1).fill(sample(schema.items))] as Wrong] : [];
	return [...values, ...items, ...tooMany];
}

/** The good body with one field wrong or missing. */
function wrongFields(schema: Schema, good: unknown): Wrong[] {
	if (isList(schema)) return [];
	const properties = propertiesOf(schema);
	const missing = requiredOf(schema).map((name): Wrong => [`no ${name}`, without(good as object, name)]);
	const wrong = Object.entries(properties).flatMap(([name, property]) =>
		wrongFor(property as Schema).map(
			([what, value]): Wrong => [`${name}: ${what}`, { ...(good as object), [name]: value }],
		),
	);
	return [...missing, ...wrong];
}

/** Values that a schema must refuse. */
function wrongFor(schema: Schema): Wrong[] {
	const alternatives = schema.anyOf ?? [schema];
	const types = new Set(
		alternatives.map((one) => one.type ?? (one.enum || one.const ? typeof (one.const ?? one.enum?.[0]) : "any")),
	);
	// Something that takes anything takes these too.
	if (types.has("any") || schema.allOf) return [];
	const numeric = types.has("integer") || types.has("number");
	const values: Array<[allowed: boolean, wrong: Wrong]> = [
		[types.has("string"), ["a text", "NaN"]],
		[numeric, ["a number", 1.5]],
		[types.has("boolean"), ["a boolean", true]],
		[types.has("array"), ["a list", [[]]]],
		[types.has("object"), ["an object", { constructor: { prototype: 1 } }]],
	];
	const wrong = values.filter(([allowed]) => !allowed).map(([, value]) => value);
	if (types.has("integer")) wrong.push(["a fraction", 0.5], ["1e308", 1e308], ["-1e308", -1e308]);
	const longest = alternatives.find((one) => one.type === "string")?.maxLength;
	if (longest) wrong.push(["too long", "x".repeat(longest + 1)]);
	const most = alternatives.find((one) => one.type === "array")?.maxItems;
	if (most) wrong.push(["too many", Array(most + 1).fill("x")]);
	return wrong;
}

function isList(schema: Schema): boolean {
	return schema.type === "array";
}

function propertiesOf(schema: Schema): Record<string, JsonSchema> {
	return Object.assign({}, schema.properties, ...(schema.allOf ?? []).map(propertiesOf));
}

function requiredOf(schema: Schema): string[] {
	return [...(schema.required ?? []), ...(schema.allOf ?? []).flatMap(requiredOf)];
}

function without(value: object, name: string): object {
	return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

/** Bodies that are odd and perhaps right: an operation may take or refuse them, and must not break over them. */
export function oddBodies(body: unknown): string[] {
	const schema = (body ?? {}) as Schema;
	const good = sample(schema);
	const fields = isList(schema) ? [] : Object.entries(propertiesOf(schema));
	const oddities = [
		"",
		" ",
		"x".repeat(100_000),
		"\u202e\ufeff\u{1f468}\u200d\u{1f469}",
		"'; drop table users; --",
		"__proto__",
		"constructor",
		"%00",
		"*",
		"275760-09-13T00:00:00.000Z",
		"-271821-04-20T00:00:00.000Z",
	];
	const texts = fields.flatMap(([name]) => oddities.map((text) => ({ ...(good as object), [name]: text })));
	const numbers = fields.flatMap(([name]) =>
		[-1, 0, 1e308, 2 ** 53, 2 ** 31, -(2 ** 31)].map((number) => ({ ...(good as object), [name]: number })),
	);
	const lists = fields.flatMap(([name]) =>
		[["x", "x"], Array(2000).fill("x"), [{}], [null]].map((list) => ({ ...(good as object), [name]: list })),
	);
	const whole = [{}, [], good, { ...(good as object), constructor: 1, toString: 2, __proto__: null }];
	const prototypes = ['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'];
	return [...[...whole, ...texts, ...numbers, ...lists].map((value) => JSON.stringify(value)), ...prototypes];
}
