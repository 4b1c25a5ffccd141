/** The name, or the first with a number behind it that nobody has: letters' case and spaces tell no two names apart. */
export function freeName(wanted: string, taken: readonly string[]): string {
	const known = new Set(taken.map(folded));
	if (!known.has(folded(wanted))) return wanted;
	const bare = wanted.replace(/ \d+$/, "");
	for (let number = 2; ; number++) {
		const name = `${bare} ${number}`;
		if (!known.has(folded(name))) return name;
	}
}

function folded(name: string): string {
	return name.normalize("NFKC").replaceAll(/\s+/g, " ").trim().toLowerCase();
}
