/** What people, browsers and copied tables put around a number, taken away before anybody reads it. */

/** Characters that nobody sees: zero-width, directional marks, soft hyphen, byte order mark, variation selectors. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const dashes = /[\p{Pd}\u2212\u30fc]/gu;
const spaces = /[^\S\n]+/gu;

/** One kind of dash, one kind of space, ASCII digits, nothing invisible. Letters and line ends stay. */
export function tidy(text: string): string {
	const known = printable.test(text) ? text : asciiDigits(text.normalize("NFKC").replace(invisible, ""));
	return known
		.replace(dashes, "-")
		.replace(spaces, " ")
		.replace(/^ *\+ *\+?/, "+")
		.trim();
}

/** Nothing in it has another form, is invisible, or is a digit of another script. */
const printable = /^[\x20-\x7e]*$/;

/** Digits of every script by their value: `٣١٧` is 317. Decimal digits come in runs of ten, zero first. */
function asciiDigits(text: string): string {
	return text.replace(/\p{Nd}/gu, (digit) => {
		if (digit <= "9") return digit;
		let zero = digit.codePointAt(0) ?? 0;
		while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (digit.codePointAt(0) ?? 0) - zero < 9) zero--;
		return String((digit.codePointAt(0) ?? 0) - zero);
	});
}

/** A link's address without its scheme. */
export interface Unlinked {
	scheme?: "tel" | "callto" | "sip" | "sips";
	rest: string;
}

/** `tel:%2B1317…` is `+1317…`; a scheme may be written twice, and `callto://` has slashes. */
export function withoutScheme(text: string): Unlinked {
	const match = /^\s*(tel|callto|sips?)\s*:\s*(?:\/\/)?/i.exec(text);
	// Copied out of an address, `%2B1317…` has lost its scheme.
	if (!match) return { rest: /%[0-9a-f]{2}/i.test(text) ? decoded(text) : text };
	const scheme = match[1]?.toLowerCase() as NonNullable<Unlinked["scheme"]>;
	const rest = decoded(text.slice(match[0].length));
	if (scheme === "sip" || scheme === "sips") return { scheme, rest };
	const inner = withoutScheme(rest);
	return inner.scheme ? inner : { scheme, rest };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
