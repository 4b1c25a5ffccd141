const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Names in the order in which people look for them: "Team 2" before "Team 10". */
export function byName(one: { name: string }, other: { name: string }): number {
	return collator.compare(one.name, other.name);
}
