import "../inbox.css";
import { useEffect, useState } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../../session/interaction.ts";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";
import { type Message, messagesPath } from "./message.ts";
import { MessagePlayer } from "./message-player.tsx";

/** The message of which the interaction was made: heard by who has it in hand, before they call back or finish. */
export function VoicemailCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const { api } = workspace.session;
	const { voicemailId = "" } = call;
	const [message, setMessage] = useState<Message>();
	const isInHand = call.state === "connected" || (isOver(call) && call.needsWrapup);
	useEffect(() => {
		if (!isInHand) return;
		api.get<Message>(`${messagesPath}/${voicemailId}`).then(setMessage, () => undefined);
	}, [voicemailId, isInHand]);
	if (!isInHand || !message) return null;
	const heard = () => api.patch(`${messagesPath}/${voicemailId}`, { read: true });
	return (
		<section class="voicemail-card" aria-label={t("voicemail")} data-voicemail-card={voicemailId}>
			<MessagePlayer message={message} workspace={workspace} onHeard={heard} />
		</section>
	);
}
