/** Letters that take no accent off and are written without one all the same. */
const plainLetters: Readonly<Record<string, string>> = {
	ß: "ss",
	æ: "ae",
	œ: "oe",
	ø: "o",
	đ: "d",
	ð: "d",
	ł: "l",
	þ: "th",
	ı: "i",
};
const strangeLetters = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g");

/** Text as searches compare it: without letter case and accents, so that "jose" finds José. */
export function folded(text: string): string {
	return text
		.normalize("NFKD")
		.replaceAll(/\p{M}/gu, "")
		.toLowerCase()
		.replaceAll(strangeLetters, (letter) => plainLetters[letter] ?? letter);
}

/** Words of a text, each once. */
export function wordsIn(text: string): string[] {
	return [...new Set(folded(text).split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== "");
}

const numberLike = /^[\s+()./-]*\d[\d\s+()./-]*$/;
/** Words of a search; more find nobody more. */
const mostWords = 8;

/**
 * A search as PostgreSQL asks it of a text's words: each has to begin one of them, in any order.
 * @returns undefined where nothing is searched for; an empty text where nobody can be found
 */
export function searchOf(text: string | undefined): string | undefined {
	if (text === undefined || text.trim() === "") return undefined;
	if (numberLike.test(text)) {
		const digits = text.replaceAll(/\D/g, "");
		const abroad = digits.replace(/^00/, "");
		return [...new Set([digits, abroad])]
			.filter((one) => one !== "")
			.map(begins)
			.join(" | ");
	}
	return wordsIn(text).slice(0, mostWords).map(begins).join(" & ");
}

/** Letters and digits alone are in it: nothing has to be escaped. */
function begins(word: string): string {
	return `'${word}':*`;
}
