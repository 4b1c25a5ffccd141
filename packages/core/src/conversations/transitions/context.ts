/** What a transition may know of the world. */
export interface TransitionContext {
	now: Date;
	newId(): string;
}

/** The time of the transition as documents store it. */
export function stamp(context: TransitionContext): string {
	return context.now.toISOString();
}
