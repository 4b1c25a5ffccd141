import { hash, verify } from "@node-rs/argon2";
import { longestPassword } from "./password-policy.ts";

/** OWASP's argon2id setting: 19 MiB, two passes, one lane. Algorithm 2 is argon2id (a const enum in the library's types). */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Costs tens of milliseconds of a core: only within the queue of hash-queue.ts. */
export function hashPassword(password: string): Promise<string> {
	return hash(password, argon2id);
}

let decoy: Promise<string> | undefined;

/** Takes as long without a stored hash as with one, so that nobody learns by the time which user names exist. */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
	decoy ??= hashPassword("no user has this password");
	const matches = await verify(stored ?? (await decoy), password.slice(0, longestPassword + 1)).catch(() => false);
	return matches && typeof stored === "string";
}
