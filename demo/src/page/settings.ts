/** How often a server that does not answer is asked again, ms. */
const againMs = 2000;

/**
 * What the page's server tells it at `/config.json`, once it answers.
 * @param away called each time that it does not
 */
export async function loadSettings<T>(away: () => void, pauseMs = againMs): Promise<T> {
	for (;;) {
		const answer = await fetch("/config.json", { cache: "no-store" }).catch(() => undefined);
		// Killed in the middle of its answer, it has said nothing.
		const settings = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
		if (settings !== undefined) return settings as T;
		away();
		await new Promise((resolve) => setTimeout(resolve, pauseMs));
	}
}
