/** The part of a page that says whether anybody can see it; tests bring their own. */
export type Seen = Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;

/**
 * Does something every so often while the page can be seen, and as soon as it can be seen again; the first time is the
 * caller's.
 * @param everyMs ms
 * @returns the way to stop
 */
export function whileShown(everyMs: number, work: () => void, page: Seen = document): () => void {
	const ifSeen = () => {
		if (!page.hidden) work();
	};
	const timer = setInterval(ifSeen, everyMs);
	page.addEventListener("visibilitychange", ifSeen);
	return () => {
		clearInterval(timer);
		page.removeEventListener("visibilitychange", ifSeen);
	};
}
