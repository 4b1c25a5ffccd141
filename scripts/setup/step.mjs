/**
 * Runs one step of the setup and shows that it runs and how long it took. Progress goes to standard error: standard
 * output belongs to what the command itself says.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
	const begun = Date.now();
	process.stderr.write(process.stderr.isTTY ? `${title} …` : `${title} …\n`);
	const result = await work();
	const seconds = ((Date.now() - begun) / 1000).toFixed(1);
	process.stderr.write(
		process.stderr.isTTY ? `\r${title}: done in ${seconds} s\n` : `${title}: done in ${seconds} s\n`,
	);
	return result;
}

/** A failure that its reader is told in one sentence. */
export class SetupError extends Error {}

/**
 * Ends the process with a sentence for what went wrong; a defect of the setup itself shows its stack.
 *
 * @param {unknown} error
 */
export function fail(error) {
	process.stderr.write(error instanceof SetupError ? `\n${error.message}\n` : `\n${error?.stack ?? error}\n`);
	process.exit(1);
}
