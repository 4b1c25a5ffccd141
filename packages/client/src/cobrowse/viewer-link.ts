import type { ViewerText } from "../features/cobrowse/viewer-texts.ts";

/** The viewer asks whoever has opened it, or shows it, for the secret of its session; it has none of its own (same origin only). */
export interface KeyRequest {
	type: "inlay.cobrowse.key";
	conversationId: string;
}

/** The answer. */
export interface KeyAnswer {
	type: "inlay.cobrowse.session";
	conversationId: string;
	/** Absent where it is over. */
	session?: { websocketUrl: string; key: string };
	/** In the agent's language. */
	texts: Record<ViewerText, string>;
	language: string;
}

export function isKeyRequest(data: unknown): data is KeyRequest {
	return isOf(data, "inlay.cobrowse.key");
}

export function isKeyAnswer(data: unknown): data is KeyAnswer {
	return isOf(data, "inlay.cobrowse.session");
}

function isOf(data: unknown, type: string): boolean {
	return typeof data === "object" && data !== null && (data as { type?: unknown }).type === type;
}
