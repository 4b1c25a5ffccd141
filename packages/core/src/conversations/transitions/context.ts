import type { Medium } from "../medium.ts";
import type { Conversation } from "../model.ts";
import type { RecordingRules } from "../recording-rules.ts";

/** What a transition may know of the world. */
export interface TransitionContext {
	now: Date;
	newId(): string;
	/** The user's phone rings already for somebody else: one interaction alerts at a time. Default: nobody's does. */
	isRinging?(userId: string): boolean;
	/** The user's phone can be reached just now. Default: everybody's can. */
	isReachable?(userId: string): boolean;
	/** What of calls is recorded, and when not. Default: what agents record, all of it. */
	recordingRules?: RecordingRules;
}

/** The same inside of a transition: with what the interaction's medium adds to the life that all media share. */
export interface Life extends TransitionContext {
	mediumOf(conversation: Conversation): Medium;
}

/** The time of the transition as documents store it. */
export function stamp(context: TransitionContext): string {
	return context.now.toISOString();
}
