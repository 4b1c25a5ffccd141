import { batch, signal } from "@preact/signals";
import { format, isolated, type Params } from "./format.ts";
import { type Language, readsRightToLeft, supported } from "./languages.ts";

/** The English texts of one part of a program, under the name by which translations find them. */
export interface Catalogue<Key extends string> {
	name: string;
	en: Record<Key, string>;
}

/** A language's texts, by catalogue and key. */
export type Translation = Record<string, Record<string, string>>;

/** Fetches languages other than English, which is in the code itself. */
export type LanguageLoaders = Record<Exclude<Language, "en">, () => Promise<{ default: Translation }>>;

/** The language on the screen; a script or the browser chooses it. */
export const language = signal<Language>("en");
/** The full tag behind it, for dates and numbers. */
export const locale = signal("en-US");

const translation = signal<Translation>({});
const catalogues = new Map<string, Catalogue<string>>();
let loaders: Partial<LanguageLoaders> = {};
let wishes = 0;

/** Tells where this program's translations are. */
export function useLanguages(found: LanguageLoaders): void {
	loaders = found;
}

/** Declares the texts of one part of a program; its name is unique within the program. */
export function catalogue<Key extends string>(name: string, en: Record<Key, string>): Catalogue<Key> {
	catalogues.set(name, { name, en });
	return { name, en };
}

/** Every catalogue that has been declared so far: for comparing translations with it. */
export function declaredCatalogues(): readonly Catalogue<string>[] {
	return [...catalogues.values()];
}

/**
 * Takes a tag such as `de-AT`, `jp` or `pt_BR`, or several in the order of preference. Region variants fall to their
 * language; what is not spoken becomes English. Resolves when the language shows; one that cannot be fetched changes nothing.
 */
export async function setLanguage(tags: string | readonly string[]): Promise<void> {
	const wish = ++wishes;
	const wanted = typeof tags === "string" ? [tags] : tags;
	const tag = wanted.find((each) => supported(each)) ?? wanted[0] ?? "en";
	const found = supported(tag) ?? "en";
	const texts = await fetchTexts(found);
	if (wish !== wishes || !texts) return;
	batch(() => {
		translation.value = texts;
		language.value = found;
		locale.value = localeOf(tag, found);
	});
	if (typeof document === "undefined") return;
	document.documentElement.lang = found;
	document.documentElement.dir = readsRightToLeft(found) ? "rtl" : "ltr";
}

async function fetchTexts(wanted: Language): Promise<Translation | undefined> {
	if (wanted === "en") return {};
	try {
		return (await loaders[wanted]?.())?.default ?? {};
	} catch {
		return undefined;
	}
}

/** Dates and numbers follow the region where the language is spoken, else the language. */
function localeOf(tag: string, found: Language): string {
	try {
		const clean = Intl.getCanonicalLocales(tag.trim().replace("_", "-"))[0] ?? found;
		const spoken = supported(clean) === found ? clean : found;
		// Clocks, numbers of phones and counts stand in 0 to 9; a time beside them in other digits would be a riddle.
		return found === "ar" && !clean.includes("-u-") ? `${spoken}-u-nu-latn` : spoken;
	} catch {
		return found;
	}
}

/** A text of a catalogue in the language on the screen. Reading it inside a component follows a change of language. */
export function text<Key extends string>(texts: Catalogue<Key>, key: Key, params: Params = {}): string {
	return format(translation.value[texts.name]?.[key] ?? texts.en[key], params, language.value);
}

/** A catalogue's own `text`. */
export function textOf<Key extends string>(texts: Catalogue<Key>): (key: Key, params?: Params) => string {
	return (key, params) => text(texts, key, params);
}

/** Several facts in one line, each standing apart where its neighbours could turn it; what is missing is left out. */
export function oneLine(facts: readonly (string | undefined | false)[]): string {
	const present = facts.filter((fact): fact is string => Boolean(fact));
	return present.map((fact) => isolated(fact, language.value)).join(" · ");
}
