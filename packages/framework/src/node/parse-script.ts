/** The linter's parser port on Node: compiles the script as a classic one, without running it. */
import { Script } from "node:vm";
import type { SyntaxFailure } from "../lint/lint.ts";

const NAME = "framework.js";

export function parseScript(source: string): SyntaxFailure | undefined {
	try {
		new Script(source, { filename: NAME });
		return undefined;
	} catch (thrown) {
		const error = thrown as Error;
		const line = new RegExp(`${NAME.replace(".", "\\.")}:(\\d+)`).exec(error.stack ?? "")?.[1];
		return { message: error.message, ...(line === undefined ? {} : { line: Number(line) }) };
	}
}
