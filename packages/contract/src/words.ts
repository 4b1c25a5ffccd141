/** Letters that take no accent off and are written without one all the same. */
export const plainLetters: Readonly<Record<string, string>> = {
	ß: "ss",
	æ: "ae",
	œ: "oe",
	ø: "o",
	đ: "d",
	ð: "d",
	ł: "l",
	þ: "th",
	ı: "i",
	// JavaScript makes one of the Σ that ends a word, PostgreSQL does not.
	ς: "σ",
};
const strangeLetters = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g");

/** Text as every search compares it: without letter case and accents, so that "jose" finds José. */
export function folded(text: string): string {
	return text
		.normalize("NFKD")
		.replaceAll(/\p{M}/gu, "")
		.toLowerCase()
		.replaceAll(strangeLetters, (letter) => plainLetters[letter] ?? letter);
}

/** Words of a text, letters and digits alone, each once. */
export function wordsIn(text: string): string[] {
	return each(folded(text).split(/[^\p{L}\p{N}]+/u));
}

/** What somebody typed to find a name by: its words, whatever stands between them. A hyphen is part of one. */
export function wantedWords(text: string): string[] {
	return each(folded(text).split(/[\s,;*"]+/));
}

/** A name is found by words that are all in it, in any order: "ben  agent" and "Agent, Ben" both find Ben Agent. */
export function isFoundBy(name: string, text: string): boolean {
	const own = folded(name);
	return wantedWords(text).every((word) => own.includes(word));
}

/**
 * In the order of how well a name fits what was typed, as the server has it for people (`sortOrder: SCORE`): the whole name,
 * its beginning, words that begin so, parts. Whoever types "Anna" means no Hanna first.
 */
export function bestFirst<One extends { name?: string | undefined }>(found: readonly One[], text: string): One[] {
	const words = wantedWords(text);
	return found.toSorted((a, b) => scoreOf(b.name, words) - scoreOf(a.name, words));
}

function scoreOf(name = "", words: readonly string[]): number {
	const own = wantedWords(name).join(" ");
	const wanted = words.join(" ");
	if (own === wanted) return 4;
	if (own.startsWith(wanted)) return 3;
	const spaced = ` ${own.replaceAll(/[-.]/g, " ")}`;
	if (words.every((word) => spaced.includes(` ${word.replaceAll(/[-.]/g, " ")}`))) return 2;
	return words.every((word) => own.includes(word)) ? 1 : 0;
}

function each(words: readonly string[]): string[] {
	return [...new Set(words)].filter((word) => word !== "");
}
