import { base64Of } from "@inlay/ui";
import type { MailFile } from "./mail.ts";

/** Pictures that a mail brought and shows within, as `data:` addresses by their content ids. */
export async function picturesOf(files: readonly MailFile[], signal?: AbortSignal): Promise<Map<string, string>> {
	const wanted = files.filter(({ contentId, contentUri }) => contentId && contentUri);
	const all = await Promise.all(wanted.map((file) => pictureOf(file, signal)));
	return new Map(all.flatMap((one) => (one ? [one] : [])));
}

/** One that cannot be read is not shown; its words are. */
async function pictureOf(file: MailFile, signal: AbortSignal | undefined): Promise<[string, string] | undefined> {
	if (!/^image\/(?:png|jpeg|gif|webp|avif)$/.test(file.contentType)) return undefined;
	try {
		const answer = await fetch(file.contentUri ?? "", { credentials: "omit", ...(signal ? { signal } : {}) });
		if (!answer.ok) return undefined;
		const content = await base64Of(await answer.blob());
		return [file.contentId ?? "", `data:${file.contentType};base64,${content}`];
	} catch {
		return undefined;
	}
}
