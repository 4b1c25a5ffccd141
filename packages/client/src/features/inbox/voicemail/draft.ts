import { isRecord } from "@inlay/contract";
import { useState } from "preact/hooks";
import type { Workspace } from "../../../shell/workspace.ts";

/** Of the agent's desk, which knows voicemails by their ids. */
const section = "voicemail";
type Field = "note" | "forward";

/** What is being noted with the message, where something is; in which form it stands. */
export function draftsOf({ session }: Workspace, messageId: string): Partial<Record<Field, string>> {
	const kept = session.desk.read(messageId, section);
	return isRecord(kept) ? (kept as Partial<Record<Field, string>>) : {};
}

/**
 * What is typed with a message is on the agent's desk until it is saved or given up: a right that goes, another view and a
 * reload lose nothing.
 * @returns what stands there, what to call when it is typed, and when it is not wanted any more
 */
export function useDraft(
	workspace: Workspace,
	messageId: string,
	field: Field,
	first = "",
): [string, (text: string) => void, () => void] {
	const { desk } = workspace.session;
	const [text, setText] = useState(draftsOf(workspace, messageId)[field] ?? first);
	const write = (value: string) => {
		setText(value);
		desk.write(messageId, section, { ...draftsOf(workspace, messageId), [field]: value });
	};
	const forget = () => {
		const { [field]: _gone, ...others } = draftsOf(workspace, messageId);
		desk.write(messageId, section, Object.keys(others).length > 0 ? others : null);
	};
	return [text, write, forget];
}
