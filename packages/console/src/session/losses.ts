/** Something that a save takes from people: what, by the name of its text, and which things it is about. */
export interface Loss<Code extends string = string> {
	code: Code;
	names: readonly string[];
}

/** A loss with these names; none where there is nothing to name. */
export function lossOf<Code extends string>(code: Code, names: readonly string[]): Array<Loss<Code>> {
	return names.length > 0 ? [{ code, names }] : [];
}

/** What stood in a list and stands there no more. */
export function removed(before: readonly string[], after: readonly string[]): string[] {
	return before.filter((one) => !after.includes(one));
}
