/** What somebody has typed one below the other, without empty lines and spaces around. */
export function linesOf(text: string): string[] {
	return text.split("\n").flatMap((line) => line.trim() || []);
}
