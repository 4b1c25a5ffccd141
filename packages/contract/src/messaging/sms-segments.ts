/** As how many texts to a phone a message is sent, and why (3GPP TS 23.038; agent-features 10). */
export interface SmsSegments {
	encoding: "GSM-7" | "UCS-2";
	/** How much of a text it takes: septets, or UTF-16 units. */
	units: number;
	/** How much the texts so far hold, of which `units` are taken. */
	room: number;
	segments: number;
	/** The first character that GSM-7 does not have. */
	beyondGsm7?: string;
}

/** One message is at most so many texts. */
export const mostSegments = 5;

const basic =
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Each takes two septets. */
const extended = "\f^{}\\[~]|€";

const septets = new Map([
	...[...basic].map((one) => [one, 1] as const),
	...[...extended].map((one) => [one, 2] as const),
]);

/** What one text holds, and what each of several does: the rest of those says how they belong together. */
const capacity = { "GSM-7": { one: 160, each: 153 }, "UCS-2": { one: 70, each: 67 } };

/** Counts a message. An empty one is one text, with nothing in it. */
export function smsSegments(text: string): SmsSegments {
	const beyondGsm7 = [...text].find((one) => !septets.has(one));
	const encoding = beyondGsm7 === undefined ? "GSM-7" : "UCS-2";
	const sizes = [...text].map((one) => (encoding === "GSM-7" ? (septets.get(one) ?? 1) : one.length));
	const units = sizes.reduce((sum, size) => sum + size, 0);
	const { one, each } = capacity[encoding];
	const segments = units <= one ? 1 : filled(sizes, each);
	const room = segments === 1 ? one : segments * each;
	return { encoding, units, room, segments, ...(beyondGsm7 === undefined ? {} : { beyondGsm7 }) };
}

/** A character of two is not torn apart: it begins the next text where the last has room for one only. */
function filled(sizes: readonly number[], each: number): number {
	let segments = 1;
	let taken = 0;
	for (const size of sizes) {
		if (taken + size > each) {
			segments++;
			taken = 0;
		}
		taken += size;
	}
	return segments;
}

const typographic: Readonly<Record<string, string>> = {
	"“": '"',
	"”": '"',
	"„": '"',
	"«": '"',
	"»": '"',
	"‘": "'",
	"’": "'",
	"‚": "'",
	"–": "-",
	"—": "-",
	"‑": "-",
	"…": "...",
	"\u00a0": " ",
	"\u202f": " ",
};

/** The same with plain characters in place of typographic ones, which cost a text half of its room. */
export function plainCharacters(text: string): string {
	return text.replace(/[“”„«»‘’‚–—‑…\u00a0\u202f]/gu, (one) => typographic[one] ?? one);
}
