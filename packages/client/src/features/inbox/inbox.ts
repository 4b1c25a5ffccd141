import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** What waits in the agent's inbox. Lives with the workspace, as the menu shows it at all times. */
export interface Inbox {
	unread: ReadonlySignal<number>;
	mailboxes: ReadonlySignal<readonly Mailbox[]>;
}

/** One's own, and those of one's groups and queues. */
export interface Mailbox {
	type: "user" | "group" | "queue";
	id: string;
	name?: string;
	unread: number;
}

interface Counted {
	unread: number;
	newest?: { id: string; callerAddress?: string; seconds: number; group?: string };
	mailboxes?: Mailbox[];
	conversations?: string[];
}

const inboxes = new WeakMap<Workspace, Inbox>();
const againMs = 5000;
const toastMs = 6000;
const receive = "voicemail:voicemail:receive";

/** Follows what is told of the agent's messages; counted by the server, as colleagues of a group read, too. */
export function inboxOf(workspace: Workspace): Inbox {
	const known = inboxes.get(workspace);
	if (known) return known;
	const unread = signal(0);
	const mailboxes = signal<readonly Mailbox[]>([]);
	const { session } = workspace;
	const take = (found: Counted) => {
		const isNews = found.unread !== unread.peek();
		unread.value = found.unread;
		tellOfQueues(found.mailboxes ?? []);
		mailboxes.value = found.mailboxes ?? [];
		session.messagesLeft.value = new Set(found.conversations);
		if (isNews) workspace.runtime.news.voicemailChanged({ unread: found.unread, newest: found.newest });
	};
	/** Whoever sees to a queue's messages is told of each: the badge counts one's own. */
	const tellOfQueues = (boxes: readonly Mailbox[]) => {
		for (const { type, id, name = "", unread: now } of boxes) {
			const before = mailboxes.peek().find((one) => one.id === id);
			if (type === "queue" && before && now > before.unread)
				workspace.toasts.show({ tone: "info", text: t("inQueue", { name }) }, toastMs);
		}
	};
	let asked = 0;
	const count = async (turn: number) => {
		try {
			const found = await session.api.get<Counted>("/inlay/voicemail/inbox");
			if (turn === asked) take(found);
		} catch {
			// A server that is away is said elsewhere; this is asked again.
			session.clock.after(againMs, () => turn === asked && void count(turn));
		}
	};
	effect(() => {
		void session.voicemailNews.value;
		asked += 1;
		if (workspace.can(receive)) void count(asked);
		else take({ unread: 0 });
	});
	const inbox = { unread, mailboxes };
	inboxes.set(workspace, inbox);
	return inbox;
}
