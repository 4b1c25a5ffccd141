/** The format's JSON Schema, for editors: docs/inlay.schema.json is this. */
import { FileSchema } from "./schema.ts";

/** Any JSON value; the file is formatted as all others are. */
export function jsonSchema(): unknown {
	return JSON.parse(JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", ...FileSchema }));
}
