import { computed, effect, type Signal, signal, untracked } from "@preact/signals";
import { isPassing } from "../session/api.ts";
import { type TranscriptLine, type TranscriptMessage, withTold } from "../session/transcript-lines.ts";
import type { Workspace } from "./workspace.ts";

const topicOf = (conversationId: string) => `v2.conversations.${conversationId}.transcription`;
const noLines: readonly TranscriptLine[] = [];

/** How soon what could not be read is read again, ms. */
const againMs = 2000;

type LinesByCall = ReadonlyMap<string, readonly TranscriptLine[]>;

/** By workspace; whoever shows them may be there before they are followed. */
const known = new WeakMap<Workspace, Signal<LinesByCall>>();

function linesIn(workspace: Workspace): Signal<LinesByCall> {
	const lines = known.get(workspace) ?? signal<LinesByCall>(new Map());
	known.set(workspace, lines);
	return lines;
}

/** What was said in a conversation until now; read where it shows. */
export function linesOf(workspace: Workspace, conversationId: string): readonly TranscriptLine[] {
	return linesIn(workspace).value.get(conversationId) ?? noLines;
}

/**
 * Follows what is said in the agent's calls that are transcribed: for the card, and for scripts that name
 * `conversationTranscription` (framework-contract 8.3). What was said before, or while the connection was away, is read.
 * Gives the way to stop.
 */
export function followTranscripts(workspace: Workspace): () => void {
	const { session, runtime } = workspace;
	const lines = linesIn(workspace);
	const ids = computed(() =>
		session.conversations.all.value
			.filter((call) => call.transcription !== undefined)
			.map(({ id }) => id)
			.sort()
			.join(" "),
	);
	const followed = () => ids.peek().split(" ").filter(Boolean);
	/** Of which what was said before is still to be read. */
	const unread = new Set<string>();
	const take = (id: string, told: TranscriptMessage) => {
		// Whose call has gone meanwhile reads no more of it.
		if (!followed().includes(id)) return;
		lines.value = new Map(lines.peek()).set(id, withTold(lines.peek().get(id) ?? noLines, told));
	};
	const isOpen = () => session.channel.state.peek() === "open";
	let cancel = () => {};
	const readDue = () => {
		const due = [...unread];
		unread.clear();
		for (const id of due) if (followed().includes(id)) void read(id);
	};
	const read = async (id: string) => {
		try {
			take(id, await session.api.get<TranscriptMessage>(`/inlay/conversations/${encodeURIComponent(id)}/transcript`));
		} catch (error) {
			if (!isPassing(error)) return;
			unread.add(id);
			cancel();
			// What was away is read once the channel is back.
			cancel = session.clock.after(againMs, () => {
				if (isOpen()) readDue();
			});
		}
	};
	const begin = async (now: readonly string[]) => {
		for (const id of now) if (!lines.peek().has(id)) unread.add(id);
		lines.value = new Map(now.map((id) => [id, lines.peek().get(id) ?? noLines]));
		await session.followAlso(now.map(topicOf));
		if (isOpen()) readDue();
	};
	let wasOpen = isOpen();
	const stops = [
		effect(() => {
			const now = ids.value.split(" ").filter(Boolean);
			untracked(() => {
				if (now.length > 0 || lines.peek().size > 0) void begin(now);
			});
		}),
		effect(() => {
			const isBack = session.channel.state.value === "open" && !wasOpen;
			wasOpen = isOpen();
			if (!isBack) return;
			// What was told while the channel was away is told to nobody.
			untracked(() => {
				for (const id of followed()) unread.add(id);
				readDue();
			});
		}),
		effect(() => {
			const news = session.otherNews.value;
			const id = followed().find((one) => news?.topicName.toLowerCase() === topicOf(one).toLowerCase());
			if (!news || !id) return;
			untracked(() => {
				take(id, news.eventBody as TranscriptMessage);
				runtime.news.transcribed(news.eventBody as Record<string, unknown>);
			});
		}),
		() => cancel(),
	];
	return () => {
		for (const stop of stops) stop();
	};
}
