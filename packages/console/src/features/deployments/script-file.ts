import { maxScriptBytes } from "./script-hints.ts";

/** A script as a file brings it, or why it is none. */
export type ReadFile = { text: string } | { problem: "uploadBinary" | "uploadLarge" | "uploadKind" };

/** Kinds of files that a script comes in. */
const names = /\.(?:js|mjs|cjs|txt)$/i;

/** Reads a file that somebody chose or dropped: text in UTF-8, no larger than the server takes. */
export async function readScriptFile(file: Pick<File, "name" | "size" | "arrayBuffer">): Promise<ReadFile> {
	if (!names.test(file.name)) return { problem: "uploadKind" };
	if (file.size > maxScriptBytes) return { problem: "uploadLarge" };
	try {
		// A byte order mark at the beginning is left out by the decoder.
		return { text: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()) };
	} catch {
		return { problem: "uploadBinary" };
	}
}

/** Name of a file with a version of a deployment's script, such as `framework-sales-crm-v3.js`. */
export function scriptFileName(deployment: string, version?: number): string {
	const name = deployment
		.normalize("NFKD")
		.replace(/[^\p{L}\p{N}]+/gu, "-")
		.replace(/^-+|-+$/g, "")
		.toLowerCase();
	const parts = ["framework", name, version === undefined ? "" : `v${version}`].filter((part) => part !== "");
	return `${parts.join("-")}.js`;
}
