/**
 * A presence's label in a language or locale, as panels show it and the API tells it: its own, else its language's, else that
 * of any region of it, else English.
 * @param labels by tag in either spelling, `de_CH` or `de-CH`
 * @returns undefined where none of these is there; the panel then shows the definition's name
 */
export function presenceLabel(labels: Readonly<Record<string, string>>, language: string): string | undefined {
	const wanted = folded(language);
	const short = primaryOf(wanted);
	const entries = Object.entries(labels).map(([key, text]) => [folded(key), text] as const);
	return (
		entries.find(([key]) => key === wanted)?.[1] ??
		entries.find(([key]) => key === short)?.[1] ??
		entries.find(([key]) => primaryOf(key) === short)?.[1] ??
		entries.find(([key]) => primaryOf(key) === "en")?.[1]
	);
}

function folded(tag: string): string {
	return tag.toLowerCase().replaceAll("-", "_");
}

function primaryOf(tag: string): string {
	return tag.split("_")[0] ?? tag;
}
