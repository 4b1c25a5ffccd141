import type { Readable } from "node:stream";
import type { Conversation } from "../conversations/model.ts";
import type { ResponseAsset } from "./assets/model.ts";
import type { CannedResponses } from "./canned-responses.ts";
import type { ResponseMedium } from "./model.ts";

/** What responses bring along, for whoever writes to a customer. Each takes a copy: what was sent stays when a file is deleted. */
export interface ResponseFiles {
	/** @throws ApiError 404 for a response that is not offered in the conversation */
	filesOffered(responseId: string, conversation: Conversation, medium: ResponseMedium): Promise<ResponseAsset[]>;
	/** @throws ApiError 404 where it was deleted a moment ago */
	stream(asset: ResponseAsset): Promise<Readable>;
	bytes(asset: ResponseAsset): Promise<Buffer>;
}

export function responseFilesOf(canned: CannedResponses): ResponseFiles {
	return {
		filesOffered: (id, conversation, medium) => canned.filesOffered(id, conversation, medium),
		stream: (asset) => canned.assets.read(asset),
		async bytes(asset) {
			const parts: Buffer[] = [];
			for await (const part of await canned.assets.read(asset)) parts.push(part as Buffer);
			return Buffer.concat(parts);
		},
	};
}
