import { isOperationId, isStableCode } from "./vocabulary.ts";

/** Characters of one text in a line. */
const longestText = 2_000;

const removed = "[removed]";

/** What comes before a secret, and the secret. Every quantifier has a bound: texts come from outside. */
const named = [
	/(\bauthorization["']?\s{0,4}[=:]\s{0,4}["']?)((?:\w{1,20}\s{1,4})?[^\s"',]+)/gi,
	/(\bbearer\s{1,4})([^\s"',]+)/gi,
	/(\bbasic\s{1,4})([a-z0-9+/]{4,}={0,2})/gi,
	// All that a browser sends or keeps, one behind the other.
	/(\bcookie["']?\s{0,4}[=:]\s{0,4}["']?)([^\s"',;]+(?:;\s{0,4}[^\s"',;]+){0,50})/gi,
	// Behind a name that says so, in an address, a form, JSON or SDP (`ice-pwd`, RFC 8839).
	/((?:token|passwor[dt]|kennwort|passwd|passphrase|pwd|(?<![a-z])pw|secret|verifier|credential|api[_-]?key|\bcode)["']?\s{0,4}[=:]\s{0,4}["']?)([^\s"'&#,;)]+)/gi,
];

/** JSON in base64url, as both first parts of a JWT are (RFC 7519), and what hangs on it. */
const jsonWebToken = /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,4}/g;

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
			left.replace(shape, (_all, name: string, secret: string) => name + (isNoSecret(name, secret) ? secret : removed)),
		text,
	);
	return unnamed.replace(jsonWebToken, removed).replace(longWord, (word) => (isOperationId(word) ? word : removed));
}

function isNoSecret(name: string, value: string): boolean {
	if (/^basic/i.test(name)) return isWord(value);
	return /^code/i.test(name) && isStableCode(value);
}

/** As in "basic settings": what stands behind it for a name and a password has a colon when it is read (RFC 7617). */
function isWord(value: string): boolean {
	return /^[A-Za-z]?[a-z]+$/.test(value) && !Buffer.from(value, "base64").includes(":");
}
