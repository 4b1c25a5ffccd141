import { createHash, hash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits as base64url: free of `% & + =`, which the SDK's fragment parser would bend (platform-api 1.2.3). */
export function newSecret(): string {
	return randomBytes(32).toString("base64url");
}

/** SHA-256 as hex. Enough for what is random already; passwords go through argon2id instead. */
export function hashSecret(secret: string): string {
	return hash("sha256", secret, "hex");
}

/** Compares a sent secret with a stored hash in constant time. */
export function secretMatches(sent: string, storedHash: string | null): boolean {
	const matches = timingSafeEqual(Buffer.from(hashSecret(sent)), Buffer.from(storedHash ?? hashSecret("")));
	return matches && storedHash !== null;
}

/** True when the verifier belongs to the S256 challenge (RFC 7636, 4.6). */
export function verifierMatches(verifier: string, challenge: string): boolean {
	if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return false;
	const made = createHash("sha256").update(verifier).digest("base64url");
	return made.length === challenge.length && timingSafeEqual(Buffer.from(made), Buffer.from(challenge));
}
