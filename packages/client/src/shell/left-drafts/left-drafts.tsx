import "./left-drafts.css";
import { Button } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { useAgainWhenBack } from "../again-when-back.ts";
import { ThrowAway } from "../throw-away.tsx";
import type { Workspace } from "../workspace.ts";
import { t } from "./strings.ts";

/** What one had begun to write when its conversation ended, as the server lists it. */
interface LeftDraft {
	conversationId: string;
	to: ReadonlyArray<{ email: string; name?: string }>;
	subject: string;
	text: string;
	/** Names. */
	files: readonly string[];
}

/**
 * Emails that one has begun and not sent, wherever they ended: nothing typed is lost (agent-features 0.1-5). The card of one
 * that is still open says it itself.
 */
export function LeftDrafts({ workspace }: { workspace: Workspace }) {
	const { api, conversations } = workspace.session;
	const open = conversations.listed.value.flatMap(({ id, media }) => (media === "email" ? [id] : []));
	const [all, show] = useState<readonly LeftDraft[]>([]);
	const [why, setWhy] = useState<unknown>();
	const [wanted, ask] = useState(0);
	useAgainWhenBack(workspace, why, () => ask((now) => now + 1));
	useEffect(() => {
		let isOver = false;
		setWhy(undefined);
		void api
			.get<{ entities: LeftDraft[] }>("/api/inlay/v1/email/drafts/me")
			.then(({ entities }) => !isOver && show(entities))
			.catch((error: unknown) => !isOver && setWhy(error));
		return () => {
			isOver = true;
		};
	}, [api, open.join(), wanted]);
	const act = (id: string, work: (path: string) => Promise<void>) =>
		void workspace.attempt(`left.${id}`, async () => {
			await work(`/api/inlay/v1/conversations/emails/${id}/draft`);
			show((now) => now.filter(({ conversationId }) => conversationId !== id));
		});
	const goOn = async (path: string) => {
		const { conversationId } = await api.post<{ conversationId: string }>(`${path}/resume`);
		workspace.selectedId.value = conversationId;
		workspace.view.value = "interactions";
	};
	const left = all.filter(({ conversationId }) => !open.includes(conversationId));
	if (left.length === 0) return null;
	return (
		<section class="left-drafts ui-stack" aria-label={t("title")}>
			<h2 class="ui-label">{t("title")}</h2>
			{left.map(({ conversationId, to, subject, text, files }) => (
				<div key={conversationId} class="ui-stack" data-left={conversationId}>
					<bdi class="ui-clip">{[to[0]?.name ?? to[0]?.email, subject].filter(Boolean).join(" · ")}</bdi>
					<p class="ui-hint ui-clip" dir="auto">
						{text.trim() === "" ? files.join(", ") : text}
					</p>
					<div class="ui-row">
						{workspace.can("conversation:email:create") && (
							<Button
								size="small"
								busy={workspace.busy.value.has(`left.${conversationId}`)}
								data-go-on
								onClick={() => act(conversationId, goOn)}
							>
								{t("goOn")}
							</Button>
						)}
						<ThrowAway
							busy={workspace.busy.value.has(`left.${conversationId}`)}
							onYes={() => act(conversationId, (path) => api.request("DELETE", path))}
						/>
					</div>
				</div>
			))}
		</section>
	);
}
