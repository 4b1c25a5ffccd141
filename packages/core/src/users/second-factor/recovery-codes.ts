import { hash, hkdfSync, randomInt } from "node:crypto";

/** Codes that a person gets at once. */
export const recoveryCodeCount = 10;
/** Without those that are read as others: 0 O, 1 I L, U V. */
const alphabet = "23456789abcdefghjkmnpqrstwxyz";
const groups = 6;
const groupLength = 4;
/** Characters of codes that were given out before they were longer; they go on working. */
const formerLength = 16;

/**
 * Ten codes of twenty-four characters, more than 116 bits each: whoever has a copy of the database cannot search them, so a
 * plain hash keeps them (ASVS 5.0, 6.5.2 asks for 112 bits).
 */
export function newRecoveryCodes(): string[] {
	return Array.from({ length: recoveryCodeCount }, newRecoveryCode);
}

function newRecoveryCode(): string {
	const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join("");
	return Array.from({ length: groups }, group).join("-");
}

/** Far more than ten codes use up, whatever is left out. */
const streamBytes = 1024;

/**
 * As {@link newRecoveryCodes}, the same ones again for the same seed: while a page shows them they can be shown once more,
 * though nobody has kept them.
 * @param seed random, known to that page alone
 */
export function recoveryCodesFrom(key: Buffer, seed: string): string[] {
	const stream = new Uint8Array(hkdfSync("sha256", key, seed, "recovery codes", streamBytes));
	// Of each character equally many bytes are taken, so that none is likelier.
	const even = stream.filter((byte) => byte < 256 - (256 % alphabet.length));
	const characters = Array.from(even, (byte) => alphabet[byte % alphabet.length]).join("");
	return Array.from({ length: recoveryCodeCount }, (_, nth) => {
		const code = characters.slice(nth * groups * groupLength, (nth + 1) * groups * groupLength);
		return code.match(new RegExp(`.{${groupLength}}`, "g"))?.join("-") ?? "";
	});
}

/** However it was typed. */
export function hashRecoveryCode(code: string): string {
	return hash("sha256", code.toLowerCase().replace(/[^a-z0-9]/g, ""), "base64url");
}

/** Whether somebody may have meant a recovery code: longer than the six digits of an app. */
export function looksLikeRecoveryCode(code: string): boolean {
	return [groups * groupLength, formerLength].includes(code.replace(/[^a-z0-9]/gi, "").length);
}
