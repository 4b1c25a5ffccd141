/** `{{name}}`: where something that differs from one conversation to the next is to stand (agent-features 9). */
const placeholder = /\{\{\s*([\p{L}\p{N}_.-]{1,100})\s*\}\}/gu;

/** What every conversation knows by itself; other names are those of its participants' attributes. */
export const builtInSubstitutions = [
	"agentName",
	"agentFirstName",
	"customerName",
	"customerFirstName",
	"queueName",
	"date",
	"conversationId",
] as const;
export type BuiltInSubstitution = (typeof builtInSubstitutions)[number];

/** A response's text with what is known put in. */
export interface FilledText {
	text: string;
	/** Names of which nothing is known, in the order in which they stand there, each once. */
	open: string[];
}

/** The names of a text's placeholders, in order, each once. */
export function placeholdersIn(text: string): string[] {
	return [...new Set([...text.matchAll(placeholder)].map(([, name = ""]) => name))];
}

/** @param known what is known by a name; what is not stays as it stands there @param written how a value is written */
export function fillPlaceholders(
	text: string,
	known: (name: string) => string | undefined,
	written: (value: string) => string = (value) => value,
): FilledText {
	const filled = text.replaceAll(placeholder, (whole, name: string) => {
		const value = known(name);
		return value === undefined || value === "" ? whole : written(value);
	});
	// What an attribute brings along is no placeholder of ours.
	const open = placeholdersIn(text).filter((name) => !known(name));
	return { text: filled, open };
}
