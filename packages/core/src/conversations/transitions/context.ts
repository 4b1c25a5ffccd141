/** What a transition may know of the world. */
export interface TransitionContext {
	now: Date;
	newId(): string;
	/** The user's phone rings already for somebody else: one interaction alerts at a time. Default: nobody's does. */
	isRinging?(userId: string): boolean;
	/** The user's phone can be reached just now. Default: everybody's can. */
	isReachable?(userId: string): boolean;
}

/** The time of the transition as documents store it. */
export function stamp(context: TransitionContext): string {
	return context.now.toISOString();
}
