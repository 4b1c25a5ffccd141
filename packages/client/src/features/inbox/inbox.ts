import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";

/** What waits in the agent's inbox. Lives with the workspace, as the menu shows it at all times. */
export interface Inbox {
	unread: ReadonlySignal<number>;
}

const inboxes = new WeakMap<Workspace, Inbox>();
const receive = "voicemail:voicemail:receive";

/** Follows what is told of the agent's messages; counted by the server, as colleagues of a group read, too. */
export function inboxOf(workspace: Workspace): Inbox {
	const known = inboxes.get(workspace);
	if (known) return known;
	const unread = signal(0);
	const { session } = workspace;
	let asked = 0;
	effect(() => {
		void session.voicemailNews.value;
		if (!workspace.can(receive)) {
			unread.value = 0;
			return;
		}
		const turn = ++asked;
		session.api.get<{ unread: number }>("/inlay/voicemail/inbox").then(
			(found) => {
				if (turn === asked) unread.value = found.unread;
			},
			() => undefined,
		);
	});
	const inbox = { unread };
	inboxes.set(workspace, inbox);
	return inbox;
}
