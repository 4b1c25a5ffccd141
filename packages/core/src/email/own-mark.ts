import { createHmac, timingSafeEqual } from "node:crypto";

/** Our mark on what we send: which conversation it is of, signed, so that nobody else can set it. */
export function ownMark(conversationId: string, key: Buffer): string {
	return `${conversationId} ${signed(conversationId, key).toString("base64url")}`;
}

export function isOwnMark(mark: string, key: Buffer): boolean {
	const [conversationId = "", signature = ""] = mark.trim().split(/\s+/);
	const [given, wanted] = [Buffer.from(signature, "base64url"), signed(conversationId, key)];
	return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function signed(conversationId: string, key: Buffer): Buffer {
	return createHmac("sha256", key).update(`email:${conversationId}`).digest().subarray(0, 24);
}
