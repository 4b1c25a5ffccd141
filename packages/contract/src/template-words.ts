/** What `inlay apply` fills into a script: `{{clientId}}` and `{{appName}}` (docs/inlay-file.md). */

export const templateWords = ["clientId", "appName"] as const;

export interface TemplateWord {
	/** As it is written, with its braces. */
	written: string;
	/** Offset in the text. */
	at: number;
	word: (typeof templateWords)[number];
	/** It is written as it has to be. */
	isExact: boolean;
}

/** The words that still stand in a text, those in another case or with spaces included; a script's own braces are its own. */
export function templateWordsIn(text: string): TemplateWord[] {
	return [...text.matchAll(/\{\{[^{}\n]{1,40}\}\}/g)].flatMap(({ 0: written, index: at }) => {
		const folded = written.replace(/[^a-z]/gi, "").toLowerCase();
		const word = templateWords.find((one) => one.toLowerCase() === folded);
		return word ? [{ written, at, word, isExact: written === `{{${word}}}` }] : [];
	});
}
