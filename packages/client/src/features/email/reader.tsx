import { base64Of } from "@inlay/ui";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { MailFile, ThreadMail } from "./mail.ts";
import { pageFor } from "./reader-page.ts";
import { t } from "./strings.ts";

/** A mail, in a frame that runs nothing, loads nothing and knows nothing of the panel (agent-features 8.4). */
export function Reader({ mail }: { mail: ThreadMail }) {
	const pictures = usePictures(mail.attachments);
	const page = useMemo(() => mail.html && pageFor(mail.html, pictures), [mail.html, pictures]);
	if (!page)
		return (
			<p class="mail-text" dir="auto">
				{mail.text || t("noText")}
			</p>
		);
	return (
		<iframe
			class="mail-frame"
			title={t("mailFrom", { name: mail.from.name ?? mail.from.email })}
			sandbox="allow-popups allow-popups-to-escape-sandbox"
			referrerpolicy="no-referrer"
			srcDoc={page}
		/>
	);
}

/** Pictures that a mail shows within, read once. */
function usePictures(files: readonly MailFile[]): ReadonlyMap<string, string> {
	const wanted = files.filter(({ contentId, contentUri }) => contentId && contentUri);
	const key = wanted.map(({ attachmentId }) => attachmentId).join();
	const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map());
	useEffect(() => {
		const gone = new AbortController();
		void Promise.all(wanted.map((file) => pictureOf(file, gone.signal))).then((all) => {
			if (!gone.signal.aborted && all.length > 0) setFound(new Map(all.flatMap((one) => (one ? [one] : []))));
		});
		return () => gone.abort();
	}, [key]);
	return found;
}

/** One that cannot be read is not shown; its words are. */
async function pictureOf(file: MailFile, signal: AbortSignal): Promise<[string, string] | undefined> {
	if (!/^image\/(?:png|jpeg|gif|webp|avif)$/.test(file.contentType)) return undefined;
	try {
		const answer = await fetch(file.contentUri ?? "", { signal, credentials: "omit" });
		if (!answer.ok) return undefined;
		const content = await base64Of(await answer.blob());
		return [file.contentId ?? "", `data:${file.contentType};base64,${content}`];
	} catch {
		return undefined;
	}
}
