import { readsRightToLeft, supported } from "./languages.ts";

/** Values for the placeholders of a text. */
export type Params = Record<string, string | number>;

/** Its forms are those of the language's categories (`one`, `few`, `other`), not `=0`. */
export const plural = /\{(\w+), plural, ((?:\w+ \{[^{}]*\} ?)+)\}/g;

/** Fills `{name}` and `{count, plural, one {# call} other {# calls}}`. Unknown names stay visible, so that a slip is seen. */
export function format(pattern: string, params: Params, tag: string): string {
	const chosen = pattern.replace(plural, (_whole, name: string, forms: string) => {
		const count = Number(params[name]);
		const form = new Intl.PluralRules(tag).select(count);
		const found = [...forms.matchAll(/(\w+) \{([^{}]*)\}/g)];
		const wanted = found.find(([, key]) => key === form) ?? found.find(([, key]) => key === "other");
		return (wanted?.[2] ?? "").replaceAll("#", String(count));
	});
	return chosen.replace(/\{(\w+)\}/g, (whole, name: string) =>
		name in params ? isolated(params[name] ?? "", tag) : whole,
	);
}

const directed = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Text from outside that could turn what stands around it stands apart, as `<bdi>` does in elements: a name with U+202E
 * reversed the whole sentence. Where it is read from the right, every text does, as a bare number is turned by its
 * neighbours: “+49 30 123” was shown as “123 30 49+”. Isolates of its own could end ours, so they go.
 */
export function isolated(value: string | number, tag: string): string {
	if (typeof value === "number") return String(value);
	const stands = value !== "" && (directed.test(value) || isReadFromTheRight(tag));
	if (!stands) return value;
	// What begins without a letter, as a number does, has no direction of its own: it is read from the left.
	const opening = /^[^\p{L}]*$/u.test(value) ? "\u2066" : "\u2068";
	return `${opening}${value.replace(/[\u2066-\u2069]/g, "")}\u2069`;
}

function isReadFromTheRight(tag: string): boolean {
	const language = supported(tag);
	return language !== undefined && readsRightToLeft(language);
}

/** `3:07`, `1:02:45`: a duration in milliseconds as agents read it. */
export function formatDuration(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const two = (value: number) => String(value).padStart(2, "0");
	return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
