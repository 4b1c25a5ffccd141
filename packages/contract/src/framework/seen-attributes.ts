/**
 * The participant attributes that a script has named, of all participants; the last one's win, which is the agent's own. Keys in
 * lower case unless asked otherwise (framework-contract 7). Undefined when the script names none; an empty object when it does and
 * none is set, so that `interaction.attributes.x` is safe to read.
 */
export function seenAttributes(
	sources: readonly (Readonly<Record<string, unknown>> | undefined)[],
	names: readonly string[],
	preserveCase: boolean,
): Record<string, string> | undefined {
	if (names.length === 0) return undefined;
	const wanted = new Map(names.map((name) => [name.toLowerCase(), preserveCase ? name : name.toLowerCase()]));
	const found: Record<string, string> = {};
	for (const attributes of sources) {
		for (const [key, value] of Object.entries(attributes ?? {})) {
			const name = wanted.get(key.toLowerCase());
			if (name !== undefined) found[name] = String(value);
		}
	}
	return found;
}

/** What scripts read an attribute's name as: in lower case, or as they have asked for it, else as it is written. */
export function seenAttributeName(key: string, names: readonly string[], preserveCase: boolean): string {
	const folded = key.toLowerCase();
	return preserveCase ? (names.find((name) => name.toLowerCase() === folded) ?? key) : folded;
}
