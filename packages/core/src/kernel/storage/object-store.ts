import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";

/** Of what is put: its type as answers name it (RFC 6838), and its length in bytes, which is checked. */
export interface ObjectFacts {
	type: string;
	size: number;
}

/** The first and the last byte that are wanted, both from 0 and both included, as in `Range` (RFC 9110, 14). */
export interface ByteRange {
	first: number;
	last: number;
}

export interface StoredObject {
	/** Of the whole, in bytes, whatever part of it was asked for. */
	size: number;
	/** The bytes that were asked for. Who does not read them to the end destroys it. */
	body: Readable;
}

/** Where files lie for good: a folder, or whatever speaks S3. Keys come from {@link newKey} (agent-features 0.4). */
export interface ObjectStore {
	/**
	 * Keeps a whole file or nothing: who reads meanwhile finds none, or the one of before.
	 * @throws StorageError when it cannot be kept, or has another length than `facts.size`
	 */
	put(key: string, body: AsyncIterable<Uint8Array>, facts: ObjectFacts): Promise<void>;
	/** @returns undefined when there is none @throws StorageError */
	get(key: string, range?: ByteRange): Promise<StoredObject | undefined>;
	/** Nothing is there afterwards; that nothing was there before is no error. @throws StorageError */
	delete(key: string): Promise<void>;
}

/** The store could not do its work: it is away, full, or refuses us. What it said stands in `cause`, for operators. */
export class StorageError extends Error {
	readonly code = "storage.failed";
	constructor(message: string, cause?: unknown) {
		super(message, { cause });
		this.name = "StorageError";
	}
}

const keyPattern = /^[\w-]{1,64}\/[a-z]{1,32}\/\d{4}\/\d{2}\/[0-9a-f-]{36}$/;

/** A key that nobody guesses and that tells nothing of whom the file is about: never a name, never a number. */
export function newKey(organizationId: string, kind: string, now: Date): string {
	const [year, month] = now.toISOString().split("-");
	return `${organizationId}/${kind}/${year}/${month}/${randomUUID()}`;
}

/** @throws StorageError for what is no key of ours: it must not lead out of the store's folder */
export function requireKey(key: string): string {
	if (!keyPattern.test(key)) throw new StorageError("This is no key of a stored file.");
	return key;
}
