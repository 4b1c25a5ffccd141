/** The format's JSON Schema, for editors: docs/inlay.schema.json is this text. */
import { FileSchema } from "./schema.ts";

export function jsonSchemaText(): string {
	const schema = { $schema: "http://json-schema.org/draft-07/schema#", ...FileSchema };
	return `${JSON.stringify(schema, null, "\t")}\n`;
}
