/** Writes docs/inlay.schema.json, the JSON Schema of inlay.yaml for editors. */
import { writeFileSync } from "node:fs";
import { jsonSchemaText } from "../packages/cli/src/file/format/json-schema.ts";

writeFileSync(new URL("../docs/inlay.schema.json", import.meta.url), jsonSchemaText());
