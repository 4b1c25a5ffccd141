/** `none` and `paused` are states of a call (`recordingState`); a recording as a thing begins with the call being recorded. */
export type RecordingState = "recording" | "processing" | "available" | "failed" | "deleted";

/** A stretch of a recording in which it is as it is for a reason (agent-features 6); both in ms. */
export interface Annotation {
	type: "pause" | "hold" | "gap";
	offset: number;
	duration: number;
}

/** A file as the media engine closed it, or as a killed process left it. */
export interface Part {
	/** Its name in the folder of what is being recorded. */
	file: string;
	/** When its first sample was taken, epoch ms. */
	startedMs: number;
	durationMs: number;
	bytes: number;
}

/** From that moment of a file on, in ms from its beginning. */
export interface PartMark {
	file: string;
	mark: "none" | "pause" | "hold";
	offsetMs: number;
}

export interface Recording {
	id: string;
	conversationId: string;
	/** An agent's own, one that a policy made, of what was said in private in a consult, or a message to a mailbox, which becomes a voicemail. */
	kind: "user" | "policy" | "consult" | "voicemail";
	/** Whose own it is. */
	agentId?: string;
	policyId?: string;
	/** Who of the organization took part. */
	userIds: string[];
	state: RecordingState;
	startedAt: Date;
	/** When the call stopped being recorded; absent while it is. */
	endedAt?: Date;
	/** Days to keep it from its end; absent: for ever. */
	retentionDays?: number;
	/** What is being written, and was written, before it is processed. */
	parts: Part[];
	marks: PartMark[];
	/** Where it lies, once available. */
	key?: string;
	type?: string;
	bytes?: number;
	durationMs?: number;
	annotations: Annotation[];
	/** 200 points from 0 to 1: the loudest of each two-hundredth of it. */
	waveform: number[];
	retentionUntil?: Date;
	deletedAt?: Date;
}
