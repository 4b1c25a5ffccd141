/** A page has a handful; whoever makes more of them is not looked through for ever. */
const mostFrames = 100;

/**
 * All frames of the page that this one is in, but itself: also where the pages between are somebody else's. Which of them are
 * ours shows by their answers, as browsers deliver a message to its origin only.
 */
export function otherFrames(here: Window): Window[] {
	const top = here.top;
	return top === null || top === here ? [] : framesOf(top).filter((frame) => frame !== here);
}

/** A page with all frames in it. */
export function framesOf(top: Window): Window[] {
	const found: Window[] = [top];
	for (let at = 0; at < found.length && found.length < mostFrames; at++) {
		const one = found[at];
		if (one) found.push(...childrenOf(one));
	}
	return found;
}

function childrenOf(frame: Window): Window[] {
	return Array.from({ length: frame.length }, (_one, at) => frame[at]).filter((child) => child !== undefined);
}
