import { wordsIn } from "@inlay/contract/words";

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
