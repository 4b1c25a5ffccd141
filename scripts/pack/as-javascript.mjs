// Node reads TypeScript, but not below node_modules: what is packed is JavaScript, line for line the same.
import { stripTypeScriptTypes } from "node:module";

/** Names of files in quotes, as imports, workers and child processes have them. */
const fileNames = /(["'])(\.{1,2}\/[^"'\n]*?)\.ts\1/g;

/**
 * @param {string} source
 * @returns {string}
 */
export function asJavaScript(source) {
	return withScriptNames(stripTypeScriptTypes(source, { mode: "strip" }));
}

/** What is read by the bundler alone, with JSX in it, keeps its types. @param {string} source */
export function withScriptNames(source) {
	return source.replace(fileNames, (_whole, quote, name) => `${quote}${name}.js${quote}`);
}

/** The `exports` of a package.json. */
export function scriptExports(exported) {
	if (typeof exported === "string") return exported.replace(/\.ts$/, ".js");
	return Object.fromEntries(Object.entries(exported).map(([key, value]) => [key, scriptExports(value)]));
}
