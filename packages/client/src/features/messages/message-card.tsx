import "./messages.css";
import { useEffect } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { stampOf, type ThreadMessage } from "../../session/message-thread.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { Composer } from "./composer.tsx";
import { ComposerModel } from "./composer-model.ts";
import { t } from "./strings.ts";
import { ThreadModel } from "./thread-model.ts";
import { Thread } from "./thread-view.tsx";
import { TypingModel } from "./typing-model.ts";

/** Any one suffices, as for the server (platform-api 5.10). */
const viewing = ["conversation:message:view", "conversation:webmessaging:view"];

/** The whole exchange with the customer, and room to write to them. */
export function MessageCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	// Before it is accepted, what is written is for those who may see messages that are not theirs.
	if (call.state === "alerting" && !viewing.some((permission) => workspace.can(permission))) return null;
	return <Exchange key={call.id} workspace={workspace} call={call} />;
}

function Exchange({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const thread = useModel(() => new ThreadModel(workspace.session.api, call.id));
	const composer = useModel(() => new ComposerModel(workspace, call));
	const typing = useModel(() => new TypingModel(workspace.session, call.id));
	// Another part of the agent's may be let see what the one before it was not.
	const stamp = `${call.communicationId} ${call.state} ${stampOf(call)}`;
	useEffect(() => {
		thread.follow(stamp);
		typing.over();
	}, [stamp]);
	const shown = thread.shown.value;
	useEffect(() => {
		if (shown) composer.shows(shown.messages, shown.files);
	}, [shown]);
	const writes = call.state === "connected" && !isOver(call);
	const again = (message: ThreadMessage) => void composer.sendAgain(call, message);
	return (
		<section class="messages" data-message-card={call.id}>
			<Thread {...{ workspace, call, thread }} onAgain={writes ? again : undefined} />
			<p class="ui-hint message-typing" role="status" data-typing={typing.isTyping.value ? "true" : undefined}>
				{typing.isTyping.value ? t("typing", { name: workspace.nameOf(call) || t("them") }) : ""}
			</p>
			{writes ? (
				<Composer {...{ workspace, call, model: composer }} isOptedOut={shown?.optedOutAt !== undefined} />
			) : (
				call.state !== "alerting" && <Unsent text={composer.text.value} />
			)}
		</section>
	);
}

/** What was written and not sent when the exchange ended: not lost, and not taken for sent (agent-features 0.1-5). */
function Unsent({ text }: { text: string }) {
	if (text.trim() === "") return null;
	return (
		<div class="message-unsent" role="note" data-unsent>
			<p class="ui-hint">{t("unsent")}</p>
			<p class="message-text" dir="auto">
				{text}
			</p>
		</div>
	);
}
