import type { RequestOptions } from "./api.ts";

/** Browsers let requests of at most 64 kB outlive their page. */
const mostOutliving = 60_000;

/** What tells that a page goes: a window, or in tests what stands in for it. */
export type PageLife = Partial<Pick<EventTarget, "addEventListener" | "removeEventListener">>;

/** For what has to reach the server although its page may go meanwhile. */
export function outliving(body: unknown): RequestOptions {
	return { keepalive: JSON.stringify(body).length < mostOutliving };
}

/** What is otherwise kept a moment later is kept when the page goes: nobody waits for it after the last key. @returns forgets it */
export function whenPageGoes(keep: () => void, page: PageLife = globalThis): () => void {
	page.addEventListener?.("pagehide", keep);
	return () => page.removeEventListener?.("pagehide", keep);
}
