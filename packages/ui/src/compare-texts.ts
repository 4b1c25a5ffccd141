import { plural } from "./format.ts";
import type { Catalogue, Translation } from "./i18n.ts";

/**
 * What a translation lacks, has too much, or fills differently than English: `shell.signIn is missing`.
 * Plural forms may differ, as languages have different ones; `other` is always needed.
 */
export function compareTexts(catalogues: readonly Catalogue<string>[], translation: Translation): string[] {
	const findings = catalogues.flatMap((catalogue) => compareCatalogue(catalogue, translation[catalogue.name] ?? {}));
	const names = new Set(catalogues.map((catalogue) => catalogue.name));
	return [
		...findings,
		...Object.keys(translation).flatMap((name) => (names.has(name) ? [] : `${name} is no catalogue`)),
	];
}

function compareCatalogue({ name, en }: Catalogue<string>, translated: Record<string, string>): string[] {
	const findings = Object.entries(en).flatMap(([key, english]) => {
		const text = translated[key];
		if (text === undefined || (text.trim() === "" && english !== "")) return [`${name}.${key} is missing`];
		const [wanted, found] = [placeholders(english), placeholders(text)];
		if (wanted !== found) return [`${name}.${key} fills "${found}" in place of "${wanted}"`];
		if (/, plural,/.test(text) && !/other \{/.test(text)) return [`${name}.${key} has no form "other"`];
		// Forms for a number (`=0`), choices by a word and nested ones are none of `format`'s: people would read them raw.
		return [english, text].filter(isRaw).map((raw) => `${name}.${key} is more than \`format\` knows: ${raw}`);
	});
	const extra = Object.keys(translated).filter((key) => !(key in en));
	return [...findings, ...extra.map((key) => `${name}.${key} is no text any more`)];
}

/** Whether anything but `{name}`, plurals by their categories and the `{{name}}` of others' templates stands in braces. */
function isRaw(text: string): boolean {
	return /[{}]/.test(text.replace(plural, "").replace(/\{(?:\w+|\{\w+\})\}/g, ""));
}

/** The names that a text fills, sorted, each once. */
function placeholders(text: string): string {
	const names = [...text.matchAll(/\{(\w+)(?:\}|, plural,)/g)].map((match) => match[1] ?? "");
	return [...new Set(names)].sort().join(", ");
}
