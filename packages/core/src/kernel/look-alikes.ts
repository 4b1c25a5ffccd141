import data from "./look-alikes.generated.json" with { type: "json" };

/** What a character looks like, where that is something else: the prototypes of Unicode TR39, 4. */
const prototypes: ReadonlyMap<string, string> = new Map(
	Object.entries(data.looksLike).flatMap(([prototype, sources]) =>
		[...sources].map((character) => [character, prototype] as const),
	),
);

/** Letters of one script that are written in another one's words by nobody but who means to deceive. */
const apart = "Latin Greek Cyrillic Armenian Cherokee Coptic Georgian Deseret Lisu Gothic Hebrew Arabic"
	.split(" ")
	.map((script) => new RegExp(`\\p{Script=${script}}`, "u"));

/** Whether a word has letters of several scripts of which some look alike, as a Cyrillic а among Latin ones (TR39, 5). */
export function mixesScripts(word: string): boolean {
	return apart.filter((script) => script.test(word)).length > 1;
}

/**
 * Whether people take one name for the other: they differ in letters that look alike, as a Cyrillic а and a Latin one, or in
 * capitals. What differs in ASCII alone, as 1 and l do, is on every keyboard and told apart.
 */
export function lookAlike(one: string, other: string): boolean {
	if (one.toLowerCase() === other.toLowerCase()) return true;
	if (beyondAscii(one) === beyondAscii(other)) return false;
	const looks = looksOf(one);
	return looksOf(other).some((look) => looks.includes(look));
}

/** By these, two names look alike if they share one: as they are written, and in small letters. */
export function looksOf(name: string): string[] {
	return [...new Set([skeleton(name).toLowerCase(), skeleton(name.toLowerCase())])].sort();
}

/**
 * Whether people read the word at the beginning of the name, however it is written there: an accent makes no other word of
 * it. For words that only the server says.
 */
export function beginsLike(name: string, word: string): boolean {
	const [begin, reserved] = [name, word].map((text) => looksOf(text.normalize("NFKD").replaceAll(/\p{M}/gu, "")));
	return begin?.some((look) => reserved?.some((own) => look.startsWith(own))) ?? false;
}

/** Nobody sees a dot above a letter that has one: of İ, small letters are an i and such a dot. */
const dotAboveDot = /(?<=\p{Soft_Dotted})\u0307/gu;

function skeleton(text: string): string {
	return [...text.normalize("NFD").replaceAll(dotAboveDot, "")]
		.map((character) => prototypes.get(character) ?? character)
		.join("")
		.normalize("NFD");
}

function beyondAscii(name: string): string {
	return name.toLowerCase().replaceAll(/[ -~]/g, "");
}
