/** What an agent's desk remembers of one interaction in one respect: notes and log, wrap-up, transfer context. */
export interface DeskEntry {
	conversationId: string;
	/** Which respect: one of the contract's `deskSections`. */
	section: string;
	/** Counts the writings; 0 stands for what was never written. */
	version: number;
	value: unknown;
	/** The panel that wrote it. */
	panelId: string;
	changedAt: Date;
}

/** What a panel writes. */
export interface DeskWriting {
	conversationId: string;
	section: string;
	value: unknown;
	/** The version that the panel has seen last. */
	version: number;
	panelId: string;
}

/** Which of an agent's panels rings, pops, logs and has the phone. */
export interface DeskLease {
	panelId: string;
	/** The notification channel by whose connection one knows that the panel is there. */
	channelId: string;
	since: Date;
}

/** Who would be the first to do something of which there is one per occasion of an interaction. */
export interface DeskClaim extends Omit<DeskWriting, "version" | "value"> {
	/** Which one, such as the part of the agent that rings; absent where there is one per interaction. */
	occasion?: string;
}
