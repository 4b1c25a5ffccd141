import { hash, verify } from "@node-rs/argon2";
import { type ApiError, badField } from "../kernel/api-error.ts";

/** OWASP's argon2id setting: 19 MiB, two passes, one lane. Algorithm 2 is argon2id (a const enum in the library's types). */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Shortest password that is accepted; `PasswordRequirements.minimumLength`. */
export const minimumPasswordLength = 8;
/** argon2 takes any length; a request need not. */
const maximumPasswordLength = 256;

export function hashPassword(password: string): Promise<string> {
	return hash(password, argon2id);
}

/** @throws ApiError 400 naming the field */
export function checkNewPassword(password: string, fieldName: string): void {
	if (password.length >= minimumPasswordLength && password.length <= maximumPasswordLength) return;
	throw badField(
		fieldName,
		`${fieldName} must have ${minimumPasswordLength} to ${maximumPasswordLength} characters.`,
		"invalid.password",
	);
}

let decoy: Promise<string> | undefined;

/** Takes as long without a stored hash as with one, so that nobody learns by the time which user names exist. */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
	decoy ??= hashPassword("no user has this password");
	const matches = await verify(stored ?? (await decoy), password.slice(0, maximumPasswordLength + 1)).catch(
		() => false,
	);
	return matches && typeof stored === "string";
}

/** Refusal of an own password change with a wrong old one. */
export function wrongOldPassword(): ApiError {
	return badField("oldPassword", "The old password is not right.", "invalid.old.password");
}
