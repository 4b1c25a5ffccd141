import type { ScriptDocument, ScriptValue } from "@inlay/contract/scripter/agent-script";

/** A script as it is being written; what agents see are its published versions (agent-features 17). */
export interface AgentScript {
	id: string;
	name: string;
	divisionId: string;
	version: number;
	document: ScriptDocument;
	dateCreated: Date;
	dateModified: Date;
	/** The newest published version. */
	published?: { versionId: string; number: number; at: Date } | undefined;
}

/** A script as it was published: it never changes. */
export interface PublishedScript {
	/** `versionId` of the platform's Script. */
	id: string;
	scriptId: string;
	name: string;
	divisionId: string;
	/** 1, 2, … of its script. */
	number: number;
	document: ScriptDocument;
	publishedAt: Date;
	publishedBy?: string | undefined;
}

/** How far an agent has come with a script in an interaction. */
export interface ScriptSession {
	conversationId: string;
	/** The agent's. */
	userId: string;
	/** Of the published version that was there when it began; a later one changes nothing. */
	versionId: string;
	pageId: string;
	/** Of the custom variables. */
	values: Record<string, ScriptValue>;
	/** Grows with every change: the last one wins per variable, and what is older is not shown. */
	revision: number;
	savedAt: Date;
}
