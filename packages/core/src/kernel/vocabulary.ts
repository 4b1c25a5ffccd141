/**
 * The names that this server gives to what goes wrong, told apart from secrets by their shape. OAuth's codes and tokens have
 * 43 characters of base64url, those of a second factor six digits, recovery codes digits and dashes.
 */

const longestName = 100;

/**
 * Dotted words (`deployment.inactive`, `data.notWritable`, `media.start-failed`; no token has a dot), the system's
 * `ECONNREFUSED`, and SQLSTATE (`57P01`).
 */
const stableCode =
	/^(?:[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*(?:-[A-Za-z]+)*)+|[A-Z][A-Z_]{2,39}|(?=.*[A-Z])[0-9A-Z]{5}|\d{5})$/;

/** Words in camel case, as in `patchConversationsAftercallworkConversationIdParticipantCommunication`. */
const camelCase = /^[a-z]{2,20}(?:[A-Z][a-z]+){2,}$/;

/** Whether a text is the stable name of an error or a refusal, and nothing else. */
export function isStableCode(text: string): boolean {
	return text.length <= longestName && stableCode.test(text);
}

/** Whether a text can be the id of an operation. Of a random token of the same length, one in a hundred million can. */
export function isOperationId(text: string): boolean {
	return text.length <= longestName && camelCase.test(text);
}
