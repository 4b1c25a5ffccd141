import type { MediumContext } from "../media.ts";
import type { Medium } from "../medium.ts";
import type { Conversation } from "../model.ts";

/** What a transition may know of the world. */
export interface TransitionContext extends MediumContext {
	now: Date;
	newId(): string;
	/** The user's phone rings already for somebody else: one interaction alerts at a time. Default: nobody's does. */
	isRinging?(userId: string): boolean;
	/** The user's phone can be reached just now. Default: everybody's can. */
	isReachable?(userId: string): boolean;
}

/** The same inside of a transition: with what the interaction's medium adds to the life that all media share. */
export interface Life extends TransitionContext {
	mediumOf(conversation: Conversation): Medium;
}

/** The time of the transition as documents store it. */
export function stamp(context: TransitionContext): string {
	return context.now.toISOString();
}
