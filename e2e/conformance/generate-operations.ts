/**
 * Writes packages/contract/src/platform/operation-index.generated.json: every REST operation of the official SDK as
 * [method, path, operation id], and the default that the SDK documents for its query parameters where there is one.
 * The server answers with it for operations that it does not serve, and tells a parameter that asks for nothing new from
 * one that it would have to honour.
 *
 * Run: node e2e/conformance/generate-operations.ts
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Where the index is kept. */
export const operationsFile = new URL(
	"../../packages/contract/src/platform/operation-index.generated.json",
	import.meta.url,
);

interface SdkOperation {
	method: string;
	path: string;
	id: string;
	/** Query parameters with their documented default; null where none is documented. */
	query: Record<string, string | null>;
}

/** The text of the index: one operation a line, by path and method. */
export function generatedOperations(): string {
	const folder = new URL("src/purecloud-platform-client-v2/api/", `file://${packageFolder()}`);
	const files = readdirSync(folder).filter((name) => name.endsWith("Api.js"));
	const all = files.flatMap((name) => readOperations(readFileSync(new URL(name, folder), "utf8")));
	// Operations stand in several classes of the SDK under the same name.
	const byAddress = new Map(all.map((operation) => [`${operation.path} ${operation.method}`, operation]));
	const lines = [...byAddress].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, operation]) => line(operation));
	return `[\n${lines.join(",\n")}\n]\n`;
}

/** Paging works everywhere, so its defaults tell nothing. */
const alwaysHonoured: ReadonlySet<string> = new Set(["pageSize", "pageNumber"]);

function packageFolder(): string {
	const entry = createRequire(import.meta.url).resolve("purecloud-platform-client-v2/package.json");
	return entry.replace(/package\.json$/, "");
}

function line({ method, path, id, query }: SdkOperation): string {
	const defaults = Object.fromEntries(
		Object.entries(query).filter(([name, value]) => value !== null && !alwaysHonoured.has(name)),
	);
	return JSON.stringify([method, path, id, ...(Object.keys(defaults).length > 0 ? [defaults] : [])]);
}

/** The operations of one class of the SDK: each is a doc comment, a method, and one call that names its address. */
export function readOperations(source: string): SdkOperation[] {
	const operation =
		/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?!constructor\()(\w+)\([^)]*\) \{(?:(?!callApi)[\s\S])*?callApi\(\s*'([^']+)',\s*'([A-Z]+)',/g;
	const found = [...source.matchAll(operation)].map(([, comment = "", id = "", path = "", method = ""]) => ({
		method,
		path,
		id,
		query: documentedDefaults(comment),
	}));
	const calls = source.match(/\.callApi\(/g)?.length ?? 0;
	if (found.length !== calls) throw new Error(`The SDK has ${calls} calls here, of which ${found.length} were read.`);
	return found;
}

function documentedDefaults(comment: string): Record<string, string | null> {
	const parameters = [...comment.matchAll(/@param \{[^}]*\} opts\.(\w+) (.*)/g)];
	return Object.fromEntries(
		parameters.map(([, name = "", text = ""]) => [name, /\(default to ([^)]*)\)\s*$/.exec(text)?.[1] ?? null]),
	);
}

if (import.meta.main) writeFileSync(operationsFile, generatedOperations());
