import "./email.css";
import { useEffect, useState } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { Composer } from "./composer.tsx";
import { ComposerModel } from "./composer-model.ts";
import { mailStampOf } from "./mail.ts";
import { ThreadModel } from "./thread-model.ts";
import { Thread } from "./thread-view.tsx";

/** What was written about this, and room to answer. */
export function EmailCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const thread = useModel(() => new ThreadModel(workspace.session.api, call.id));
	const stamp = mailStampOf(call);
	useEffect(() => thread.follow(stamp), [stamp]);
	// Written anew from what is kept, once what was sent is a draft again.
	const [turn, setTurn] = useState(0);
	const writes = call.state === "connected" && !isOver(call);
	return (
		<section class="mails" data-email-card={call.id}>
			<Thread {...{ workspace, call, thread, writes }} onUndone={() => setTurn(turn + 1)} />
			{writes && <Writing key={`${call.id} ${turn}`} {...{ workspace, call }} />}
		</section>
	);
}

function Writing({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const model = useModel(() => new ComposerModel(workspace, call));
	return <Composer {...{ workspace, model }} />;
}
