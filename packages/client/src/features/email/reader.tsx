import { Button } from "@inlay/ui";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Workspace } from "../../shell/workspace.ts";
import { type MailFile, pathOf, type ThreadMail } from "./mail.ts";
import { picturesOf } from "./mail-pictures.ts";
import { pageFor } from "./reader-page.ts";
import { t } from "./strings.ts";

/** A mail, in a frame that runs nothing, loads nothing and knows nothing of the panel (agent-features 8.4). */
export function Reader({ mail, workspace }: { mail: ThreadMail; workspace: Workspace }) {
	const [fetched, setFetched] = useState<Fetched>();
	const html = fetched?.html ?? mail.html;
	const pictures = usePictures(mail.attachments);
	const page = useMemo(() => html && pageFor(html, pictures), [html, pictures]);
	const words = page ? (
		<iframe
			class="mail-frame"
			title={t("mailFrom", { name: mail.from.name ?? mail.from.email })}
			sandbox="allow-popups allow-popups-to-escape-sandbox"
			referrerpolicy="no-referrer"
			srcDoc={page}
		/>
	) : (
		<p class="mail-text" dir="auto">
			{mail.text || t("noText")}
		</p>
	);
	return (
		<>
			{mail.hasRemote && <Elsewhere {...{ mail, workspace, fetched, setFetched }} />}
			{words}
		</>
	);
}

/** A mail's HTML with the pictures that the server has fetched for it. */
interface Fetched {
	html: string;
	missing: number;
}

/** Pictures from elsewhere come at the agent's wish alone, for this mail, and by the server. */
function Elsewhere({
	mail,
	workspace,
	fetched,
	setFetched,
}: {
	mail: ThreadMail;
	workspace: Workspace;
	fetched: Fetched | undefined;
	setFetched: (fetched: Fetched) => void;
}) {
	if (fetched)
		return fetched.missing > 0 ? (
			<p class="ui-hint" role="status" data-pictures-missing>
				{t("picturesMissing", { count: fetched.missing })}
			</p>
		) : null;
	const key = `mail.${mail.id}.pictures`;
	const load = () =>
		workspace.attempt(key, async () => {
			setFetched(
				await workspace.session.api.post<Fetched>(`${pathOf(mail.conversationId)}/messages/${mail.id}/pictures`),
			);
		});
	return (
		<div class="ui-row">
			<span class="ui-hint ui-grow">{t("remote")}</span>
			<Button
				size="small"
				busy={workspace.busy.value.has(key)}
				data-load-pictures={mail.id}
				onClick={() => void load()}
			>
				{t("loadPictures")}
			</Button>
		</div>
	);
}

/** Pictures that came with it, read once. */
function usePictures(files: readonly MailFile[]): ReadonlyMap<string, string> {
	const key = files.map(({ attachmentId }) => attachmentId).join();
	const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map());
	useEffect(() => {
		const gone = new AbortController();
		void picturesOf(files, gone.signal).then((all) => {
			if (!gone.signal.aborted && all.size > 0) setFound(all);
		});
		return () => gone.abort();
	}, [key]);
	return found;
}
