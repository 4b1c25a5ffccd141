import type { Readable } from "node:stream";
import { cutName } from "../kernel/cut.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import { seenName } from "../kernel/names.ts";
import { newKey } from "../kernel/storage/object-store.ts";
import { beginsAs, headBytes, largestFile, typeOfName } from "./file-types.ts";
import type { Message, MessageFile } from "./model.ts";

const linkSeconds = 300;

/** A file as somebody brings it. */
export interface FileWish {
	name: string;
	/** Bytes, as the sender says; it is held to that. */
	size: number;
}

/** Files of messages: what they may be, where they lie, and links to them. */
export function createFiles({ storage, clock, room }: Kernel, organizationId: () => Promise<string>) {
	return {
		/** Before anything is sent. @throws ApiError 400 `message.file.type`, 413 `message.file.size` */
		check({ name, size }: FileWish): { name: string; type: string } {
			const shown = cutName(seenName(name).replaceAll(/[/\\]/g, "_"), 150);
			const type = typeOfName(shown);
			if (!type) throw wrongType();
			if (size > largestFile) throw tooLarge();
			if (!Number.isInteger(size) || size < 1) throw badField("size", "An empty file cannot be sent.");
			return { name: shown, type };
		},

		/** @throws ApiError for what it may not be, and when it is not what its name says, or not as long as was said */
		async keep(wish: FileWish, body: Readable): Promise<MessageFile> {
			const { name, type } = this.check(wish);
			room.require();
			const { size } = wish;
			const key = newKey(await organizationId(), "message", clock.now());
			const refused: { error?: ApiError } = {};
			await storage.put(key, checked(body, type, size, refused), { type, size }).catch((error: unknown) => {
				throw refused.error ?? error;
			});
			return { name, type, size, key };
		},

		/** What nobody's message became. */
		forget: ({ key }: MessageFile): Promise<void> => storage.delete(key),

		/** Opens it for five minutes, and no longer than the session that asks. */
		link: ({ key, type, size, name: filename }: MessageFile, session?: string): Promise<string> =>
			storage.signedUrl(key, linkSeconds, {
				...{ type, size, filename, disposition: "inline" },
				...(session ? { session } : {}),
			}),
	};
}

export type Files = ReturnType<typeof createFiles>;

/** The one of these that is a file. @throws ApiError 404 */
export function fileOf(message: Message | undefined): MessageFile {
	if (message?.file) return message.file;
	throw new ApiError(404, "not.found", "There is no such file.");
}

/** The bytes as they come, as long as they are what was said. */
async function* checked(body: Readable, type: string, size: number, refused: { error?: ApiError }) {
	const refuse = (error: ApiError) => {
		refused.error = error;
		return error;
	};
	let head = Buffer.alloc(0);
	let length = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > size) throw refuse(tooLarge());
		const isKnown = head.length >= headBytes;
		if (!isKnown) head = Buffer.concat([head, chunk]);
		if (!isKnown && head.length < headBytes) continue;
		if (!isKnown && !beginsAs(type, head.subarray(0, headBytes))) throw refuse(wrongType());
		yield isKnown ? chunk : head;
	}
	if (length < size) throw refuse(badField("size", "The file ended before its end: send it again."));
	if (head.length >= headBytes) return;
	if (!beginsAs(type, head)) throw refuse(wrongType());
	yield head;
}

function wrongType(): ApiError {
	const text = "Files of this kind are not taken: send a picture (PNG, JPEG, GIF, WebP), a PDF or a text.";
	return badField("name", text, "message.file.type");
}

function tooLarge(): ApiError {
	return new ApiError(413, "message.file.size", "The file is too large: it may have 25 MB.");
}
