import { isKeyRequest, type KeyAnswer } from "../../cobrowse/viewer-link.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { viewerSession } from "./cobrowse-model.ts";
import { t } from "./strings.ts";
import { type ViewerText, viewerTexts } from "./viewer-texts.ts";

/** Where the viewer is: a document of its own, which the interaction window shows. */
export const viewerUrl = (conversationId: string) => `/cobrowse/view#${encodeURIComponent(conversationId)}`;

/**
 * Answers the viewers of a conversation that ask for the secret of their session: documents of this origin alone. @param within the window to which they speak @returns stops
 */
export function answerViewers(within: Window, conversationId: string, workspace: Workspace): () => void {
	const answer = async ({ origin, data, source }: MessageEvent) => {
		if (origin !== location.origin || !isKeyRequest(data) || data.conversationId !== conversationId) return;
		const session = await viewerSession(workspace, conversationId).catch(() => null);
		// A killed server comes back, and the viewer asks again.
		if (session === null) return;
		const told: KeyAnswer = {
			type: "inlay.cobrowse.session",
			conversationId,
			...(session ? { session } : {}),
			texts: Object.fromEntries(viewerTexts.map((text) => [text, t(text)])) as Record<ViewerText, string>,
			language: document.documentElement.lang || "en",
		};
		(source as Window | null)?.postMessage(told, location.origin);
	};
	within.addEventListener("message", answer);
	return () => within.removeEventListener("message", answer);
}
