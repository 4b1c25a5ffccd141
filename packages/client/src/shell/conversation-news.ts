import { followMessages } from "./message-news.ts";
import { followTranscripts } from "./transcript-news.ts";
import type { Workspace } from "./workspace.ts";

/** Follows what is written, and what is said in calls that are transcribed. Gives the way to stop. */
export function followNews(workspace: Workspace): () => void {
	const stops = [followMessages(workspace), followTranscripts(workspace)];
	return () => {
		for (const stop of stops) stop();
	};
}
