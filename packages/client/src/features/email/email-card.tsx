import "./email.css";
import { useEffect, useRef } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { Composer } from "./composer.tsx";
import { ComposerModel } from "./composer-model.ts";
import { Left } from "./left.tsx";
import { LeftModel } from "./left-model.ts";
import { mailStampOf } from "./mail.ts";
import { MailTools } from "./mail-tools.tsx";
import { ThreadModel } from "./thread-model.ts";
import { Thread } from "./thread-view.tsx";

/** What was written about this, and room to answer. */
export function EmailCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const thread = useModel(() => new ThreadModel(workspace.session.api, call.id));
	const stamp = mailStampOf(call);
	useEffect(() => thread.follow(stamp), [stamp]);
	const editor = useRef<Undoing>(undefined);
	const undo = (mailId: string) => void editor.current?.undo(mailId);
	const writes = call.state === "connected" && !isOver(call);
	return (
		<section class="mails" data-email-card={call.id}>
			<Thread {...{ workspace, call, thread, writes, undo }} />
			<MailTools {...{ workspace, call, writes }} />
			{writes && <Writing key={call.id} {...{ workspace, call, editor }} />}
			{isOver(call) && <Over key={`${call.id} over`} {...{ workspace, call, editor }} />}
		</section>
	);
}

/** What takes a mail back. */
type Undoing = Pick<ComposerModel, "undo">;

interface WritingProps {
	workspace: Workspace;
	call: LiveInteraction;
	/** Gets what is written. */
	editor: { current: Undoing | undefined };
}

function Writing({ workspace, call, editor }: WritingProps) {
	const model = useModel(() => new ComposerModel(workspace, call));
	editor.current = model;
	return <Composer {...{ workspace, call, model }} />;
}

function Over({ workspace, call, editor }: WritingProps) {
	const model = useModel(() => new LeftModel(workspace, call.id));
	editor.current = model;
	return <Left {...{ workspace, model }} />;
}
