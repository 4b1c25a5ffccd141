import { signal } from "@preact/signals";

export type Language = "en" | "de";

/** Texts by key, in every language that the panel speaks. */
export type Catalogue<Key extends string> = Record<Language, Record<Key, string>>;

/** Values for the placeholders of a text. */
export type Params = Record<string, string | number>;

/** The language on the panel; a script or the browser chooses it. */
export const language = signal<Language>("en");
/** The full tag behind it, for dates and numbers. */
export const locale = signal("en-US");

/** Declares a catalogue: every language must have every key of English. */
export function catalogue<Key extends string>(
	en: Record<Key, string>,
	de: Record<NoInfer<Key>, string>,
): Catalogue<Key> {
	return { en, de };
}

/** Takes a tag such as `de-AT`, `jp` or `pt_BR`; languages that the panel does not speak become English. */
export function setLanguage(tag: string): void {
	const clean = tag.trim().replace("_", "-");
	const short = clean.split("-")[0]?.toLowerCase();
	language.value = short === "de" ? "de" : "en";
	try {
		locale.value = Intl.getCanonicalLocales(clean)[0] ?? "en-US";
	} catch {
		locale.value = language.value;
	}
	if (typeof document !== "undefined") document.documentElement.lang = language.value;
}

/** A text of a catalogue in the panel's language. Reading it inside a component follows a change of language. */
export function text<Key extends string>(texts: Catalogue<Key>, key: Key, params: Params = {}): string {
	return format(texts[language.value][key], params, language.value);
}

/** A catalogue's own `text`. */
export function textOf<Key extends string>(texts: Catalogue<Key>): (key: Key, params?: Params) => string {
	return (key, params) => text(texts, key, params);
}

const plural = /\{(\w+), plural, ((?:\w+ \{[^{}]*\} ?)+)\}/g;

/** Fills `{name}` and `{count, plural, one {# call} other {# calls}}`. Unknown names stay visible, so that a slip is seen. */
export function format(pattern: string, params: Params, tag: string): string {
	const chosen = pattern.replace(plural, (_whole, name: string, forms: string) => {
		const count = Number(params[name]);
		const form = new Intl.PluralRules(tag).select(count);
		const found = [...forms.matchAll(/(\w+) \{([^{}]*)\}/g)];
		const wanted = found.find(([, key]) => key === form) ?? found.find(([, key]) => key === "other");
		return (wanted?.[2] ?? "").replaceAll("#", String(count));
	});
	return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** `3:07`, `1:02:45`: a duration in milliseconds as agents read it. */
export function formatDuration(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const two = (value: number) => String(value).padStart(2, "0");
	return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
