/** What the format has at a place of a file: so a variable's text becomes what is wanted there, and nothing else. */
import { FileSchema } from "../format/schema.ts";
import type { Path } from "./problems.ts";

interface Schema {
	type?: string;
	properties?: Readonly<Record<string, Schema>>;
	patternProperties?: Readonly<Record<string, Schema>>;
	items?: Schema;
}

/** Such as `integer`; undefined where the format has nothing. */
export function kindAt(path: Path): string | undefined {
	return path.reduce<Schema | undefined>(within, FileSchema as Schema)?.type;
}

function within(schema: Schema | undefined, part: string | number): Schema | undefined {
	if (typeof part === "number") return schema?.items;
	const { properties = {}, patternProperties = {} } = schema ?? {};
	if (Object.hasOwn(properties, part)) return properties[part];
	return Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(part))?.[1];
}
