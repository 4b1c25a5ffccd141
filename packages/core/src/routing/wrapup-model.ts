/** What a conversation was about, as the agent says afterwards (platform-api 5.7). */
export interface WrapupCode {
	id: string;
	name: string;
	description?: string;
	/** `*` for all divisions. */
	divisionId: string;
	dateCreated: Date;
	dateModified: Date;
	createdBy?: string;
	modifiedBy?: string;
	/** Grows with every change of the code itself; queues come and go without. */
	version: number;
}

/** What a client sends to make or replace a code. */
export interface WrapupCodeInput {
	name: string;
	description?: string | null;
	division?: { id?: string };
}

/** Recorded where the time for after-call work has passed without a code (platform). */
export const timeoutCode = "ININ-WRAP-UP-TIMEOUT";
/** Recorded where work that may be left undone was. */
export const skippedCode = "ININ-WRAP-UP-SKIPPED";
