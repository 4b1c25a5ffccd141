const urlSafe = (bytes: Uint8Array): string =>
	btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replaceAll("=", "");

/** Random text, safe in URLs, of `bytes` bytes of entropy (for `state` and the PKCE verifier). */
export function randomToken(bytes = 48): string {
	return urlSafe(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** True where the browser offers the hash that PKCE needs: only on https and on localhost. */
export function canHash(): boolean {
	return crypto.subtle !== undefined;
}

/** The S256 challenge of a verifier (RFC 7636, 4.2). */
export async function challengeOf(verifier: string): Promise<string> {
	return urlSafe(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}
