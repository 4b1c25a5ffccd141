import type { OutboundPreview } from "@inlay/contract";
import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { contactsCorrected } from "./contact-news.ts";

/** What the server shows of it; anew when a call begins or ends, and when what the agent may see is another. */
export function usePreview(workspace: Workspace, { id, state, call }: LiveInteraction) {
	const { session } = workspace;
	const [preview, setPreview] = useState<OutboundPreview>();
	const [why, setWhy] = useState<unknown>();
	const [wanted, setWanted] = useState(0);
	const corrected = contactsCorrected.value;
	const mayView = workspace.can("outbound:contact:view");
	useEffect(() => {
		let isWanted = true;
		setWhy(undefined);
		session.api.get<OutboundPreview>(`/inlay/outbound/interactions/${id}`).then(
			(found) => isWanted && setPreview(found),
			(error: unknown) => isWanted && setWhy(error),
		);
		return () => {
			isWanted = false;
		};
	}, [id, state, call?.state, mayView, wanted, corrected]);
	const load = () => setWanted((now) => now + 1);
	useAgainWhenBack(workspace, why, load);
	return { preview, isFailed: why !== undefined, load };
}
