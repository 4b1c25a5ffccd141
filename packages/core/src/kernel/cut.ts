/**
 * The beginning of a text, at most so many UTF-16 units long, without half of the last character: PostgreSQL keeps no half,
 * so the text as a whole would be refused for it.
 */
export function cut(text: string, longest: number): string {
	return text.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
}

/** The name of a file, at most so long, with the ending that says what it is. */
export function cutName(name: string, longest: number): string {
	if (name.length <= longest) return name;
	const ending = /\.\w{1,10}[.\s]*$/.exec(name)?.[0].slice(0, 20) ?? "";
	return cut(name, longest - ending.length) + ending;
}
