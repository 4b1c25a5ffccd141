import type { InteractionMessage, Transcript } from "@inlay/contract";
import { effect, untracked } from "@preact/signals";
import { readEmails } from "../session/email-thread.ts";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import { lastOfCustomer, readMessages, stampOf, type ThreadMessage } from "../session/message-thread.ts";
import { t as ofAlert } from "./alert-strings.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** What is known of a conversation. */
interface Known {
	stamp: string;
	/** Which the customer has written last. */
	theirs: string | undefined;
}

/**
 * Tells the script of every message (`messageUpdate`, framework-contract 8.3), and the agent of a message or an email that
 * came while they looked elsewhere; its row is marked until they look. Gives the way to stop.
 */
export function followMessages(workspace: Workspace): () => void {
	const known = new Map<string, Known>();
	const { conversations } = workspace.session;
	const stopNews = effect(() => {
		for (const interaction of conversations.all.value) {
			if (!isWritten(interaction)) continue;
			const before = known.get(interaction.id);
			// Whoever takes it may read from then on.
			const { name: theirs, isByMachine } = lastOfCustomer(interaction);
			const stamp = `${interaction.state} ${stampOf(interaction)} ${theirs}`;
			if (before?.stamp === stamp) continue;
			known.set(interaction.id, { stamp, theirs });
			if (before && theirs !== before.theirs && !isByMachine) tellAgent(workspace, interaction);
			if (interaction.media === "message")
				void tellScript(workspace, interaction, () => known.get(interaction.id)?.stamp === stamp);
		}
	});
	const stopSeen = effect(() => {
		const { unseen } = workspace;
		const left = [...unseen.value].filter((id) => !pageOf(workspace, id));
		if (left.length < unseen.value.size) unseen.value = new Set(left);
	});
	return () => {
		stopNews();
		stopSeen();
	};
}

/** The page in which its thread is open: the interaction window's, or the panel's; undefined where it is nowhere. */
function pageOf({ view, selectedId, window: lent }: Workspace, id: string): Document | undefined {
	if (lent.holds({ id })) return lent.place.value?.document;
	return view.value === "interactions" && selectedId.value === id ? document : undefined;
}

/** What is open before their eyes needs no notice. */
function tellAgent(workspace: Workspace, interaction: LiveInteraction): void {
	if (interaction.state !== "connected") return;
	const { session, toasts, unseen } = workspace;
	const page = untracked(() => pageOf(workspace, interaction.id));
	if (page && !page.hidden) return;
	if (!page) unseen.value = new Set([...unseen.peek(), interaction.id]);
	const name = workspace.nameOf(interaction) || t("somebody");
	toasts.show(
		{
			tone: "info",
			text: ofAlert(interaction.media === "email" ? "emailFrom" : "messageFrom", { name }),
			about: interaction.id,
		},
		6000,
	);
	if (session.desk.lead.here.peek() && workspace.audible.peek().message !== false) workspace.ringer.chime();
}

async function tellScript(workspace: Workspace, { id }: LiveInteraction, isNewest: () => boolean): Promise<void> {
	const found = await readMessages(workspace.session.api, id).catch(() => undefined);
	// Who may not read it yet is told once they may; of several answers the newest counts.
	if (!found || !isNewest()) return;
	workspace.runtime.news.messagesUpdated(id, found.map(messageFor(workspace, id)));
}

/** `getTranscript` of messages and of emails. Rejects with ApiError. */
export async function transcriptOf(workspace: Workspace, id: string): Promise<Transcript> {
	const { api, conversations } = workspace.session;
	const isEmail = conversations.find(id)?.media === "email";
	const shown = isEmail ? await readEmails(api, id) : (await readMessages(api, id)).map(messageFor(workspace, id));
	return { messages: shown.map((one) => ({ ...one, text: one.text ?? "", timestamp: one.time })) };
}

function messageFor(workspace: Workspace, id: string) {
	const interaction = workspace.session.conversations.find(id);
	const customer = interaction ? workspace.nameOf(interaction) : "";
	return ({ id, at, direction, text, user }: ThreadMessage): InteractionMessage => {
		const from = direction === "inbound" ? customer : user?.name;
		return { id, time: at, direction, text, ...(from ? { from } : {}) };
	};
}
