import { badField } from "./http/api-error.ts";
import { mixesScripts } from "./look-alikes.ts";

const longestName = 200;

/** Joiners change how letters of these scripts look, and people there write them in names. */
const joined =
	"\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}" +
	"\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}";
const joiners = new RegExp(
	`(?<=[${joined}])[\\u200c\\u200d](?=[${joined}])|(?<=\\p{Extended_Pictographic}\\p{EMod}?)\\u200d(?=\\p{Extended_Pictographic})`,
	"gu",
);
/** They only ask for a letter or a picture; what is named stays the same. */
const presentation = /[\ufe0e\ufe0f]/g;
/** Controls, what has no shape, what turns the direction of the text around, and a blank that is no space. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const everyUnseen = new RegExp(unseen.source, "gu");
const unseenBetween = new RegExp(`(${joiners.source}|\\r?\\n|\\t)|${unseen.source}`, "gu");
/** What stands between words; U+FEFF, of which nothing is seen, is none though `\s` has it. */
const blank = /[^\S\ufeff]/g;
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;

export interface NameRule {
	/** As the body calls it. */
	fieldName?: string;
	/** Characters. */
	longest?: number;
	/** The name until now: what stands from before these rules may stay. */
	before?: string | undefined;
}

/**
 * A name that people read and tell apart, as it is to be kept: letters that only look different are the same (NFKC), one
 * space is as good as many, and nothing is in it that nobody sees. So no name stands beside one that looks like it.
 * @throws ApiError 400 naming the field
 */
export function readName(sent: string, { fieldName = "name", longest = longestName, before }: NameRule = {}): string {
	if (sent === before) return sent;
	const name = asKept(sent);
	if (unseen.test(name.replace(joiners, ""))) throw badField(fieldName, invisible(fieldName));
	if (!seen.test(name) || name.length > longest) {
		throw badField(fieldName, `${fieldName} must have 1 to ${longest} characters that can be seen.`);
	}
	return name;
}

/** A name that somebody outside gave themself, who is not turned away for it: as above, without what is not seen. */
export function seenName(sent: string): string {
	return asKept(sent.replaceAll(blank, " ").replaceAll(everyUnseen, ""));
}

/** A longer text that somebody outside wrote, as agents read it: with its lines, and without what is not seen. */
export function seenText(sent: string): string {
	return sent.replaceAll(unseenBetween, (_found, kept: string | undefined) => kept ?? "");
}

/** The same on one line. */
export function seenLine(sent: string): string {
	return seenText(sent.replaceAll(blank, " ")).replaceAll(/ +/g, " ").trim();
}

function asKept(name: string): string {
	return name.normalize("NFKC").replace(presentation, "").replaceAll(/ +/g, " ").trim();
}

/** Refuses a name to sign in with that mixes letters of scripts that look alike, as a Cyrillic а in a Latin word. */
export function refuseMixedScripts(name: string, fieldName: string): void {
	const mixed = name.split(/[^\p{L}\p{M}]+/u).find(mixesScripts);
	if (mixed === undefined) return;
	throw badField(fieldName, `${fieldName} must not mix Latin, Greek and Cyrillic letters within one word: "${mixed}".`);
}

function invisible(fieldName: string): string {
	return `${fieldName} must have no control or invisible characters, nor such that turn the text's direction around.`;
}
