import { isOperationId, isStableCode } from "./vocabulary.ts";

/** Characters of one text in a line. */
const longestText = 2_000;

const removed = "[removed]";

/** What comes before a secret, and the secret. Every quantifier has a bound: texts come from outside. */
const named = [
	/(\bauthorization["']?\s{0,4}[=:]\s{0,4}["']?)((?:\w{1,20}\s{1,4})?[^\s"',]+)/gi,
	/(\bbearer\s{1,4})([^\s"',]+)/gi,
	// Behind a name that says so, in an address, a form or JSON.
	/((?:token|password|passwd|secret|verifier|api[_-]?key|\bcode)["']?\s{0,4}[=:]\s{0,4}["']?)([^\s"'&#,;)]+)/gi,
];

/** Tokens, secrets and codes of this server have 43 characters of base64url; ids have at most 36. */
const longWord = /[A-Za-z0-9_-]{40,}/g;

/**
 * A line as it may be written: every text in it shortened, and without what may be a secret. What this server itself calls
 * things stays.
 */
export function withoutSecrets(value: unknown): unknown {
	if (typeof value === "string") return ofText(value.slice(0, longestText));
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutSecrets(each)]));
}

function ofText(text: string): string {
	const unnamed = named.reduce(
		(left, shape) =>
			left.replace(
				shape,
				(_all, name: string, secret: string) => name + (isNameOfError(name, secret) ? secret : removed),
			),
		text,
	);
	return unnamed.replace(longWord, (word) => (isOperationId(word) ? word : removed));
}

function isNameOfError(name: string, value: string): boolean {
	return /^code/i.test(name) && isStableCode(value);
}
