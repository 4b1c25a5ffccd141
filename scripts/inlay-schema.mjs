/** node scripts/inlay-schema.mjs: writes docs/inlay.schema.json, the JSON Schema of inlay.yaml for editors. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { jsonSchema } from "../packages/cli/src/file/format/json-schema.ts";

const page = fileURLToPath(new URL("../docs/inlay.schema.json", import.meta.url));
const biome = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url));

writeFileSync(page, JSON.stringify(jsonSchema()));
spawnSync(process.execPath, [biome, "format", "--write", page], { stdio: "inherit" });
