/** By then it runs however busy the page is, ms. */
const patienceMs = 1000;
/** For browsers that do not tell when they are idle, ms. */
const otherwiseMs = 200;

/** Runs `task` when the page has nothing more urgent to do: a call whose page is loaded anew comes first. */
export function whenIdle(task: () => void): void {
	if (typeof requestIdleCallback === "function") requestIdleCallback(task, { timeout: patienceMs });
	else setTimeout(task, otherwiseMs);
}
