import type { ScriptDocument, ScriptValue } from "./agent-script.ts";

/** The script of one's own interaction, and how far one has come (`GET /api/v2/inlay/scripts/interactions/{conversationId}`). */
export interface OpenScriptView {
	conversationId: string;
	script: {
		id: string;
		name: string;
		/** The version that was published when the interaction came to the agent; a later one changes nothing. */
		versionId: string;
		number: number;
		document: ScriptDocument;
	};
	pageId: string;
	/** Of its custom variables. */
	values: Record<string, ScriptValue>;
	/** Grows with each change; what is older than what is shown is passed over. */
	revision: number;
	/** That its frames and addresses may be at; none: every one. */
	hosts?: string[];
	/** The script has just been opened for the first time: what it does then is to be done. */
	isNew?: boolean;
}

/** Body of the notifications on {@link scriptTopic}: what another panel of the agent has changed. */
export interface ScriptNotice {
	conversationId: string;
	pageId: string;
	values: Record<string, ScriptValue>;
	revision: number;
	/** The panel that did it. */
	panelId?: string;
}

/** Topic of the agent's own scripts, which nobody else may follow. */
export function scriptTopic(userId: string): string {
	return `v2.inlay.scripts.${userId}`;
}
