/** What stands in a script, to find out why nothing came of it; undefined where it cannot be read. */
export async function readScript(url: string, ownFetch: typeof fetch): Promise<string | undefined> {
	try {
		const answer = await ownFetch(url, { cache: "force-cache", credentials: "same-origin" });
		return answer.ok ? await answer.text() : undefined;
	} catch {
		return undefined;
	}
}

/** Names `Framework`, or brings in something else that may: a loader, an evaluated text. */
const maySetLater =
	/\bFramework\b|\bimport\b|createElement|document\.write|insertAdjacent|innerHTML|fetch|XMLHttpRequest|eval|Function|atob|fromCharCode|\\x|\\u/;

/** Whether `window.Framework` can still come from a script that has run through without setting it. */
export function maySetFramework(source: string): boolean {
	return maySetLater.test(source);
}
