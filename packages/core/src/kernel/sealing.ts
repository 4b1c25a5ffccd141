import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM, bound to whom it belongs to: initialization vector, tag, ciphertext. */
export function seal(key: Buffer, owner: string, text: string): Buffer {
	const iv = randomBytes(ivBytes);
	const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(owner));
	const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** @throws Error when it was altered, or sealed for somebody else */
export function unseal(key: Buffer, owner: string, sealed: Buffer): string {
	const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
	decipher.setAAD(Buffer.from(owner)).setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
	return decipher.update(sealed.subarray(ivBytes + tagBytes)).toString("utf8") + decipher.final("utf8");
}
