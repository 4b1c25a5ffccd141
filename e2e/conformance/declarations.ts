/**
 * Reads the model interfaces out of the official SDK's type declarations.
 * Their format is regular (one property per line, seven kinds of type), so a small reader does; TypeScript 7 offers
 * no compiler API to JavaScript.
 */

export interface DeclaredProperty {
	name: string;
	optional: boolean;
	/** The type as written, e.g. `Array<Models.User>`. */
	type: string;
}

/** Model name to its properties, in the order of the declarations. */
export type DeclaredModels = Map<string, DeclaredProperty[]>;

export function readModels(declarations: string): DeclaredModels {
	const models: DeclaredModels = new Map();
	let properties: DeclaredProperty[] = [];
	for (const line of modelsNamespace(declarations)) {
		const model = /^\s*export interface (\w+) \{/.exec(line)?.[1];
		if (model) {
			properties = [];
			models.set(model, properties);
			continue;
		}
		const property = /^\s*"([^"]+)"(\??): (.+);\s*$/.exec(line);
		if (property?.[1] && property[3]) {
			properties.push({ name: property[1], optional: property[2] === "?", type: property[3] });
		} else if (line.replaceAll("}", "").trim() !== "") {
			throw new Error(`The SDK's declarations have a line that this reader does not know: ${line.trim()}`);
		}
	}
	return models;
}

function modelsNamespace(declarations: string): string[] {
	const lines = declarations.split("\n");
	const start = lines.findIndex((line) => line.startsWith("declare namespace Models"));
	if (start < 0) throw new Error("The SDK's declarations have no namespace Models.");
	const end = lines.findIndex((line, index) => index > start && line.startsWith("}"));
	return lines.slice(start + 1, end);
}

/** Names of the models that a type mentions, e.g. `User` for `Array<Models.User>` and for `Array<User>`. */
export function modelsIn(type: string, known: DeclaredModels): string[] {
	return [...type.matchAll(/\w+/g)].map((match) => match[0]).filter((name) => known.has(name));
}

/** The given models and all that they reach. */
export function reachableModels(roots: Iterable<string>, models: DeclaredModels): Set<string> {
	const found = new Set<string>();
	const open = [...roots];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		if (found.has(name)) continue;
		found.add(name);
		for (const property of models.get(name) ?? []) open.push(...modelsIn(property.type, models));
	}
	return found;
}
