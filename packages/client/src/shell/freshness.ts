import { signal } from "@preact/signals";

/** True once the server is known to have another build of the panel than the one that runs here. */
export const outdated = signal(false);

let looking: Promise<boolean> | undefined;

/**
 * Finds out why code of the panel did not load: the panel's page, asked for anew, names another entry script when the
 * server has been upgraded. A server that does not answer tells nothing.
 *
 * @returns whether it has answered
 */
export function checkFreshness(): Promise<boolean> {
	looking ??= look().finally(() => {
		looking = undefined;
	});
	return looking;
}

/** Looks whenever the bundler's loader reports code or styles that it could not load. */
export function watchFreshness(): void {
	window.addEventListener("vite:preloadError", () => void checkFreshness());
}

async function look(): Promise<boolean> {
	const mine = entryPath(document);
	const answer = await fetch(location.href, { cache: "no-store" }).catch(() => undefined);
	if (!answer?.ok) return false;
	const html = await answer.text().catch(() => "");
	const theirs = entryPath(new DOMParser().parseFromString(html, "text/html"));
	if (mine && theirs && theirs !== mine) outdated.value = true;
	return true;
}

/** Its name carries a hash of the whole build. */
function entryPath(page: Document): string | null | undefined {
	return page.querySelector('script[type="module"][src]')?.getAttribute("src");
}
