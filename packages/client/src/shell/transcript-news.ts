import { computed, effect, type Signal, signal, untracked } from "@preact/signals";
import { type TranscriptLine, type TranscriptMessage, withTold } from "../session/transcript-lines.ts";
import type { Workspace } from "./workspace.ts";

const topicOf = (conversationId: string) => `v2.conversations.${conversationId}.transcription`;
const noLines: readonly TranscriptLine[] = [];

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
	const take = (id: string, told: TranscriptMessage) => {
		lines.value = new Map(lines.peek()).set(id, withTold(lines.peek().get(id) ?? noLines, told));
	};
	const read = async (id: string) => {
		const told = await session.api
			.get<TranscriptMessage>(`/inlay/conversations/${encodeURIComponent(id)}/transcript`)
			.catch(() => undefined);
		if (told) take(id, told);
	};
	const begin = async (now: readonly string[]) => {
		lines.value = new Map(now.map((id) => [id, lines.peek().get(id) ?? noLines]));
		await session.followAlso(now.map(topicOf));
		for (const id of followed()) if (now.includes(id)) void read(id);
	};
	const followed = () => ids.peek().split(" ").filter(Boolean);
	const stops = [
		effect(() => {
			const now = ids.value.split(" ").filter(Boolean);
			untracked(() => {
				if (now.length > 0 || lines.peek().size > 0) void begin(now);
			});
		}),
		effect(() => {
			// What was told while the channel was away is told to nobody.
			if (session.channel.state.value === "open") untracked(() => followed().forEach((id) => void read(id)));
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
	];
	return () => {
		for (const stop of stops) stop();
	};
}
