import type { Actor } from "../../kernel/events/event-log.ts";

/** A file that responses bring along, e.g. a form or a price list (agent-features 9). */
export interface ResponseAsset {
	id: string;
	/** As it is called where it is saved. */
	name: string;
	divisionId: string;
	/** Where it lies in the storage. */
	key: string;
	contentType: string;
	/** Bytes. */
	size: number;
	createdBy?: string;
	createdAt: Date;
	modifiedBy?: string;
	modifiedAt: Date;
}

/**
 * An upload that has been begun: somebody may bring it still, to a key that is known before, so that nothing lies in the
 * storage of which no row tells.
 */
export interface PendingAsset extends Omit<ResponseAsset, "contentType" | "size"> {
	/** Base64, where whoever brings it has said so. */
	md5?: string;
	/** Whose rights are asked for when the file comes. */
	askedBy: Actor;
	/** When its address opens nothing any more. */
	until: Date;
}

/** One of a response, as far as whoever uses it has to know. */
export type AssetFacts = Pick<ResponseAsset, "id" | "name" | "contentType" | "size">;

/** One of them, bytes (agent-features 0.4). */
export const largestAsset = 10 * 1024 * 1024;

/** Of one response. */
export const mostAssets = 20;
