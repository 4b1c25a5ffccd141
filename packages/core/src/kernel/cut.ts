/**
 * The beginning of a text, at most so many UTF-16 units long, without half of the last character: PostgreSQL keeps no half,
 * so the text as a whole would be refused for it.
 */
export function cut(text: string, longest: number): string {
	return text.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
}
