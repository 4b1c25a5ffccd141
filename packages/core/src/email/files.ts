import { randomUUID } from "node:crypto";
import type { Kernel } from "../kernel/domain.ts";
import { newKey } from "../kernel/storage/object-store.ts";
import { isAllowedFile } from "./file-rules.ts";
import { type MailAttachment, mostAttachmentBytes, mostAttachments } from "./model.ts";
import type { MailFile } from "./reading/model.ts";

/** Files of mails, in the storage. */
export function mailFiles(kernel: Pick<Kernel, "storage" | "clock">, organizationId: () => Promise<string>) {
	const { storage, clock } = kernel;

	async function put(content: Uint8Array, type: string): Promise<string> {
		const key = newKey(await organizationId(), "email", clock.now());
		await storage.put(key, once(content), { type, size: content.length });
		return key;
	}

	/** One that may not be kept keeps its name, so that whoever reads the mail knows that it was there. */
	async function keepFile(file: MailFile, refused: string | undefined): Promise<MailAttachment> {
		const { name, contentType, contentId, isInline, bytes } = file;
		const about = { id: randomUUID(), name, contentType, size: bytes.length };
		if (refused) return { ...about, refused };
		const key = await put(bytes, contentType);
		return { ...about, key, ...(isInline && contentId ? { contentId } : {}) };
	}

	return {
		put,
		remove: (key: string) => storage.delete(key),

		/** @throws Error where the storage has it no more */
		async read(key: string): Promise<Buffer> {
			const found = await storage.get(key);
			if (!found) throw new Error("A stored mail is gone.");
			const parts: Buffer[] = [];
			for await (const part of found.body) parts.push(part as Buffer);
			return Buffer.concat(parts);
		},

		/** What came with a mail: of too many, or too large ones, only the names; likewise of what could run. */
		async keepAll(files: readonly MailFile[]): Promise<MailAttachment[]> {
			const kept: MailAttachment[] = [];
			let total = 0;
			for (const [index, file] of files.slice(0, 5 * mostAttachments).entries()) {
				total += file.bytes.length;
				const isTooMuch = index >= mostAttachments || total > mostAttachmentBytes;
				const refused = isTooMuch ? "email.size" : isAllowedFile(file.name, file.bytes) ? undefined : "attachment.type";
				kept.push(await keepFile(file, refused));
			}
			return kept;
		},
	};
}

export type MailFiles = ReturnType<typeof mailFiles>;

async function* once(content: Uint8Array): AsyncIterable<Uint8Array> {
	yield content;
}
