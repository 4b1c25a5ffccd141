import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";

/** What waits in the agent's inbox. Lives with the workspace, as the menu shows it at all times. */
export interface Inbox {
	unread: ReadonlySignal<number>;
}

const inboxes = new WeakMap<Workspace, Inbox>();
const againMs = 5000;
const receive = "voicemail:voicemail:receive";

/** Follows what is told of the agent's messages; counted by the server, as colleagues of a group read, too. */
export function inboxOf(workspace: Workspace): Inbox {
	const known = inboxes.get(workspace);
	if (known) return known;
	const unread = signal(0);
	const { session } = workspace;
	let asked = 0;
	const count = async (turn: number) => {
		try {
			const found = await session.api.get<{ unread: number }>("/inlay/voicemail/inbox");
			if (turn === asked) unread.value = found.unread;
		} catch {
			// A server that is away is said elsewhere; this is asked again.
			session.clock.after(againMs, () => turn === asked && void count(turn));
		}
	};
	effect(() => {
		void session.voicemailNews.value;
		asked += 1;
		if (workspace.can(receive)) void count(asked);
		else unread.value = 0;
	});
	const inbox = { unread };
	inboxes.set(workspace, inbox);
	return inbox;
}
