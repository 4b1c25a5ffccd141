import { Button } from "@inlay/ui";
import type { Workspace } from "./workspace.ts";

/** Leads from a call to the message that was left in it; nothing where there is none. */
export function LeftMessage({ workspace, id, text }: { workspace: Workspace; id: string; text: string }) {
	if (!workspace.session.messagesLeft.value.has(id)) return null;
	return (
		<Button
			size="small"
			icon="inbox"
			data-left-message={id}
			onClick={() => {
				workspace.messageWanted.value = id;
				workspace.view.value = "inbox";
			}}
		>
			{text}
		</Button>
	);
}
