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
