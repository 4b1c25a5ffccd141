import { createHmac, timingSafeEqual } from "node:crypto";

/** As the platform signs what it posts: HMAC-SHA256 of the bytes as they are sent. */
export function signatureOf(body: string | Uint8Array, secret: string): string {
	return `sha256=${createHmac("sha256", secret).update(body).digest("base64")}`;
}

/** Whether a body was signed with the secret; carriers write the digest in hex as well. */
export function isSigned(body: Uint8Array, header: unknown, secret: string): boolean {
	if (typeof header !== "string") return false;
	const text = header.replace(/^sha256=/i, "").trim();
	const given = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
	const wanted = createHmac("sha256", secret).update(body).digest();
	return given.length === wanted.length && timingSafeEqual(given, wanted);
}
