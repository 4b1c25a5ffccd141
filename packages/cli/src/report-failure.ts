import { exitCodes, portTaken, StartError } from "@inlay/core/config/start-error";

/** What the shell gets when the failure is a defect of Inlay and not something its user can change (sysexits.h). */
const internalFailure = 70;

/** Ends the process with one sentence and the exit code of the failure. The database, if it runs, ends with it. */
export function reportFailure(error: unknown): never {
	const { sentence, exitCode } = describeFailure(error);
	console.error(sentence);
	process.exit(exitCode);
}

/** The sentence and the exit code for whatever a command has thrown. */
export function describeFailure(error: unknown): { sentence: string; exitCode: number } {
	if (error instanceof StartError) return error;
	const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
	if (code === "EADDRINUSE" && port !== undefined) return portTaken(port, "Inlay");
	const file = (error as NodeJS.ErrnoException).path;
	if (code && file)
		return {
			sentence: `Inlay cannot use ${file} (${message}). See what is wrong with it.`,
			exitCode: exitCodes["data.notWritable"],
		};
	return {
		sentence: `Inlay has failed, by a defect of its own: ${message ?? String(error)}`,
		exitCode: internalFailure,
	};
}
