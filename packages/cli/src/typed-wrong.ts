import type { CommanderError } from "commander";

/** What the shell gets for what was typed wrong: an unknown command or flag, an argument that is missing (docs/developing.md). */
export const typedWrongCode = 2;

/** @param code 1 where 2 says what a command has found, as `doctor`, `plan` and `diff` do */
export function typedWrong(code: 1 | typeof typedWrongCode) {
	return (error: CommanderError): never => process.exit(error.exitCode === 0 ? 0 : code);
}
