import { extensionWord } from "./extension-words.ts";

/** A text taken apart into the number itself and the digits that are to be sent after the answer. */
export interface Split {
	number: string;
	/** Digits, `*`, `#`; a comma is a pause of two seconds. */
	after?: string;
}

/** Longest extension that is taken for one; what is longer is a second number. */
const longestExtension = 11;

const pauses = /^(.*?\d[^,]*?)\s*(,{2,}[\d*#,]*|,[\d*#]{1,11}(?:,[\d*#,]*)?)$/;
/** `p` and `w` between digits, as mobile phones write their pauses. */
const pauseLetters = /(?<=\d)\s*[pw]{1,3}\s*(?=[\d*#]{1,11}$)/i;
const parameters = /;\s*([a-z-]+)\s*=\s*([^;]*)/gi;

/** `x45`, `ext. 45`, `;ext=45`, `,,45`: the number in front, 45 behind. */
export function splitExtension(text: string): Split {
	const uri = withoutParameters(text);
	if (uri.after !== undefined) return uri;
	const paused = pauses.exec(uri.number.replace(pauseLetters, (letters) => ",".repeat(letters.trim().length)));
	if (paused && isEnough(paused[1]) && !isNumberOfItsOwn(paused[2])) {
		// The first comma separates; further ones are pauses before the digits.
		const after = (paused[2] ?? "").slice(1).replace(/,+$/, "");
		return after === "" ? { number: paused[1] ?? "" } : { number: paused[1] ?? "", after };
	}
	const worded = extensionWord.exec(uri.number);
	if (worded && isEnough(worded[1]) && (worded[2] ?? "").length <= longestExtension)
		return { number: worded[1] ?? "", after: worded[2] ?? "" };
	return uri;
}

/** RFC 3966 parameters: the extension counts, a global context completes a local number, the rest says nothing here. */
function withoutParameters(text: string): Split {
	const at = text.search(/;\s*[a-z-]+\s*=/i);
	if (at < 0) return { number: text };
	let number = text.slice(0, at).trim();
	let after: string | undefined;
	for (const [, name = "", value = ""] of text.slice(at).matchAll(parameters)) {
		if (name.toLowerCase() === "ext") after = value.replace(/[^\d*#]/g, "") || undefined;
		if (name.toLowerCase() === "phone-context" && /^\+\d+$/.test(value.trim()) && !number.startsWith("+"))
			number = `${value.trim()}${number}`;
	}
	return { number, ...(after ? { after } : {}) };
}

/** Digits behind a single comma are an extension only while they are too few for a number. */
function isNumberOfItsOwn(tail: string | undefined): boolean {
	return /^,[^,]/.test(tail ?? "") && (tail ?? "").replace(/\D/g, "").length > 6;
}

function isEnough(number: string | undefined): boolean {
	return (number ?? "").replace(/\D/g, "").length >= 3;
}

/** Where somebody wrote several numbers into one field: everything that could stand between two. */
export function splitSeveral(text: string): string[] {
	return text
		.split(/\s*(?:[;|\n]|\s\/\s?|\/\s|,\s|\s(?:or|oder|ou|and|und|et|o|y)\s|\s&\s)\s*/i)
		.map((part) => part.trim())
		.filter((part) => /\d/.test(part));
}
