import { options } from "preact";
import type { WindowPage } from "./window-place.ts";

/** What follows a drawing comes at the latest so long after it, ms, whatever is on the screen. */
const latestMs = 100;

const pages = new Set<WindowPage>();

/**
 * What follows a drawing (`useEffect`) waits for the next picture of the panel, and a panel behind this window has none: it
 * goes by whichever of both shows. Gives the way back.
 */
export function paintWith(page: WindowPage): () => void {
	pages.add(page);
	options.requestAnimationFrame = afterAnyPicture;
	return () => {
		pages.delete(page);
		if (pages.size === 0) options.requestAnimationFrame = undefined;
	};
}

function afterAnyPicture(work: () => void): void {
	let isDone = false;
	const once = () => {
		if (isDone) return;
		isDone = true;
		clearTimeout(timer);
		setTimeout(work);
	};
	// A window that has just closed has no pictures.
	const timer = setTimeout(once, latestMs);
	requestAnimationFrame(once);
	for (const page of pages) if (!page.closed) page.requestAnimationFrame(once);
}
