/** The oldest Node that every command runs on: major and minor, as `engines` of the package says (scripts/pack). */
export const oldestNode = [22, 18] as const;

/**
 * Syntax and modules of Node 18 only: whoever has an older one reads this sentence, and no trace of what it lacks.
 * @param version such as `20.19.5`
 * @returns one sentence; undefined where this Node does
 */
export function nodeTooOld(version: string): string | undefined {
	const [major = 0, minor = 0] = version.split(".").map(Number);
	const [oldestMajor, oldestMinor] = oldestNode;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
	return `The inlay command needs Node ${oldestMajor}.${oldestMinor} or newer, and this is Node ${version}: install a newer one (Node 24 is what Inlay is tested with), or use a clone of the repository, which brings its own.`;
}
