/** Which version of the script has called, as the browser's stack tells. */
const frame = /\/script\/(\d+)\.js/;

/**
 * The version whose code called the function that asks; undefined where somebody else did, as the panel itself.
 *
 * @param own address of the dev server's own script, whose frames stand in between
 */
export function callingVersion(own: string): number | undefined {
	const { stack = "" } = new Error();
	const outer = stack.split("\n").find((line) => /:\d+:\d+\)?$/.test(line) && !line.includes(own));
	const found = frame.exec(outer ?? "");
	return found ? Number(found[1]) : undefined;
}

/** The version in whose code something was thrown. */
export function versionIn(stack: string): number | undefined {
	const found = frame.exec(stack);
	return found ? Number(found[1]) : undefined;
}
