import { asHtmlText } from "@inlay/contract/html-text";
import { ownValue } from "@inlay/contract/own-value";
import type { FilledText } from "@inlay/contract/responses";
import { builtInSubstitutions, fillPlaceholders } from "@inlay/contract/responses";
import { folded, wordsIn } from "@inlay/contract/words";

/** A response as the server offers it. */
export interface OfferedResponse {
	id: string;
	name: string;
	libraries: string[];
	text: string;
	html?: string;
	shortcut?: string;
	language?: string;
	substitutions: ReadonlyArray<{ id: string; description?: string; defaultValue?: string }>;
	/** Files that it brings along. */
	assets?: readonly ResponseFile[];
}

export interface ResponseFile {
	id: string;
	name: string;
	/** Bytes. */
	size: number;
}

/** A response with what is known put in; a medium takes the one or the other. */
export interface FilledResponse {
	id: string;
	text: string;
	html?: string;
	/** Names of which nothing is known. */
	open: string[];
	files: readonly ResponseFile[];
}

/** What a conversation knows of itself. */
export interface KnownFacts {
	agentName: string;
	/** Empty where nobody knows. */
	customerName: string;
	queueName: string;
	date: string;
	conversationId: string;
	/** The customer's, before the agent's own. */
	attributes: Readonly<Record<string, string>>;
}

/** What a response is found by, made once for all that is typed. */
export interface Searchable {
	response: OfferedResponse;
	words: readonly string[];
	shortcut: string;
}

export function searchable(response: OfferedResponse): Searchable {
	const words = wordsIn(`${response.name} ${response.text}`);
	return { response, words, shortcut: folded(response.shortcut ?? "") };
}

/** Those in which each word of the search begins a word; whoever has it as their shortcut comes first. */
export function search(all: readonly Searchable[], text: string): OfferedResponse[] {
	const asked = folded(text.trim());
	const wanted = wordsIn(text);
	const byShortcut = all.filter(({ shortcut }) => asked !== "" && shortcut.startsWith(asked));
	const byWords = all.filter(
		(one) => !byShortcut.includes(one) && wanted.every((word) => one.words.some((each) => each.startsWith(word))),
	);
	return [...byShortcut, ...byWords].map(({ response }) => response);
}

/** Puts in what is known: of the conversation, of its attributes, else the response's own default. */
export function filled(
	{ id, text, html, substitutions, assets: files = [] }: OfferedResponse,
	facts: KnownFacts,
): FilledResponse {
	const defaults = new Map(substitutions.map((one) => [one.id, one.defaultValue]));
	const known = (name: string) => builtIn(name, facts) || ownValue(facts.attributes, name) || defaults.get(name);
	const plain: FilledText = fillPlaceholders(text, known);
	const rich = html === undefined ? undefined : fillPlaceholders(html, known, asHtmlText);
	return { id, files, text: plain.text, open: plain.open, ...(rich ? { html: rich.text } : {}) };
}

function builtIn(asked: string, facts: KnownFacts): string | undefined {
	const name = builtInSubstitutions.find((one) => one.toLowerCase() === asked.toLowerCase());
	if (name === "agentFirstName") return firstOf(facts.agentName);
	if (name === "customerFirstName") return firstOf(facts.customerName);
	return name && facts[name];
}

function firstOf(name: string): string | undefined {
	return name.trim().split(/\s+/)[0];
}

/** The slash with what follows it right before the caret, where it begins a word. */
export function slashBefore(text: string): string | undefined {
	return /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text)?.[1];
}
