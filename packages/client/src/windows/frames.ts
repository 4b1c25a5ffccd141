/** A page has a handful; whoever makes more of them is not looked through for ever. */
const mostFrames = 100;

/** Our own frames of the page that this one is in, but itself: also where the pages between are somebody else's. */
export function otherFrames(here: Window): Window[] {
	const top = here.top;
	return top === null || top === here ? [] : ownFramesOf(top).filter((frame) => frame !== here);
}

/** A page with all frames in it, as far as they are ours: a message to any other is an error in the console of whose page it is. */
export function ownFramesOf(top: Window): Window[] {
	return framesOf(top).filter(isOurs);
}

/** One that has not been loaded yet, or is somebody else's, does not say where it is. */
function isOurs(frame: Window): boolean {
	try {
		return frame.location.origin === location.origin;
	} catch {
		return false;
	}
}

function framesOf(top: Window): Window[] {
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

/**
 * A popup whose opener has gone, as with a CRM page that was loaded anew, is given this frame as its opener: after a reload of
 * its own it would not know any more where to look for a panel. It is found by its name, so nothing is opened.
 */
export function becomeOpener(popup: Window): void {
	try {
		if (popup.top === popup && popup.opener === null && popup.name) window.open("", popup.name);
	} catch {
		// It has gone somewhere else meanwhile.
	}
}
