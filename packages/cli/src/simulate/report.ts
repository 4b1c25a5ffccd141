import type { Outcome } from "./world.ts";

/** What became of all customers. */
export interface Report {
	customers: number;
	answered: number;
	abandoned: number;
	callbacks: number;
	/** Whom the server turned away, also where the scenario says so. */
	refused: number;
	/** Who did not reach it, or lost it. */
	failed: number;
	/** Texts and emails. */
	sent: number;
	/** Of those who were answered in a call: who heard somebody speak. */
	heard: number;
	/** What went otherwise than the scenario says. */
	errors: number;
	/** Calls, and wishes to be called back. */
	calls: number;
	/** Messages from pages. Who writes a text or an email waits for no answer here. */
	webMessages: number;
	/** Milliseconds until an answer; absent where nobody was answered. */
	waitP50Ms?: number;
	waitP95Ms?: number;
	/** What was said of errors, with how often. */
	said: Record<string, number>;
}

export function reportOf(outcomes: readonly Outcome[]): Report {
	const count = (result: Outcome["result"]) => outcomes.filter((each) => each.result === result).length;
	const waits = outcomes.flatMap(({ result, waitedMs }) =>
		result === "answered" && waitedMs !== undefined ? [waitedMs] : [],
	);
	waits.sort((a, b) => a - b);
	const unexpected = outcomes.filter(({ isExpected }) => !isExpected);
	const said: Record<string, number> = {};
	for (const { text = "" } of unexpected) said[text] = (said[text] ?? 0) + 1;
	return {
		customers: outcomes.length,
		answered: count("answered"),
		abandoned: count("abandoned"),
		callbacks: count("callback"),
		refused: count("refused"),
		failed: count("failed"),
		sent: count("sent"),
		errors: unexpected.length,
		heard: outcomes.filter(({ heardMs = 0 }) => heardMs > 0).length,
		calls: outcomes.filter(({ kind }) => kind === "call" || kind === "callback").length,
		webMessages: outcomes.filter(({ kind }) => kind === "webmessage").length,
		...(waits.length > 0 ? { waitP50Ms: percentile(waits, 50), waitP95Ms: percentile(waits, 95) } : {}),
		said,
	};
}

export function reportText({
	customers,
	answered,
	abandoned,
	callbacks,
	refused,
	failed,
	sent,
	heard,
	errors,
	calls,
	webMessages,
	waitP50Ms,
	waitP95Ms,
	said,
}: Report): string {
	const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
	const isMeasured = waitP50Ms !== undefined && waitP95Ms !== undefined;
	const waits = isMeasured ? `, after ${seconds(waitP50Ms)} (p50) and ${seconds(waitP95Ms)} (p95)` : "";
	const waiting = calls + webMessages;
	return [
		`Customers  ${customers}`,
		...(waiting > 0 ? [`Answered   ${answered}${waits}`, `Abandoned  ${abandoned}`] : []),
		...(calls > 0 ? [`Heard      ${heard}`, `Callbacks  ${callbacks}`] : []),
		...(waiting < customers ? [`Written    ${sent}`] : []),
		...(refused > 0 ? [`Refused    ${refused}`] : []),
		...(failed > 0 ? [`Failed     ${failed}`] : []),
		`Errors     ${errors}`,
		...Object.entries(said).map(([text, times]) => `  ${times} × ${text}`),
	].join("\n");
}

/** The nearest rank. @param sorted ascending, not empty */
function percentile(sorted: readonly number[], percent: number): number {
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
