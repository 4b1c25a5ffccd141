/** What is done about customers who do not answer, as the server has it (agent-features 10). */
export interface SilenceRule {
	/** Minutes from the agent's last message; absent: the step is not taken. */
	warnAfterMinutes?: number;
	endAfterMinutes?: number;
	warnText: string;
	endText: string;
}

/** The same in a form: texts as they are typed; no minutes, no step. */
export interface SilenceForm {
	warnMinutes: string;
	endMinutes: string;
	warnText: string;
	endText: string;
}

/** @param first what is said where nothing was set up yet */
export function silenceFormOf(rule: SilenceRule | undefined, first: Pick<SilenceRule, "warnText" | "endText">) {
	const { warnAfterMinutes, endAfterMinutes, warnText, endText } = { ...first, ...rule };
	const typed = (minutes: number | undefined) => (minutes === undefined ? "" : String(minutes));
	return { warnMinutes: typed(warnAfterMinutes), endMinutes: typed(endAfterMinutes), warnText, endText };
}

/** What is sent. Only for a form without problems. */
export function silenceBodyOf({ warnMinutes, endMinutes, warnText, endText }: SilenceForm) {
	const said = { warnText: warnText.trim(), endText: endText.trim() };
	return {
		warnAfterMinutes: minutesOf(warnMinutes) ?? null,
		endAfterMinutes: minutesOf(endMinutes) ?? null,
		...(said.warnText === "" ? {} : { warnText: said.warnText }),
		...(said.endText === "" ? {} : { endText: said.endText }),
	};
}

/** As the server has them (`address-routes.ts`). */
const limits = { minutes: 24 * 60, text: 300 };

export function silenceProblems(form: SilenceForm): Array<keyof SilenceForm> {
	const [warn, end] = [minutesOf(form.warnMinutes), minutesOf(form.endMinutes)];
	const isSaid = (text: string) => text.trim() !== "" && text.trim().length <= limits.text;
	const wrong: Array<[keyof SilenceForm, boolean]> = [
		["warnMinutes", Number.isNaN(warn)],
		["endMinutes", Number.isNaN(end) || (warn !== undefined && end !== undefined && end <= warn)],
		["warnText", warn !== undefined && !isSaid(form.warnText)],
		["endText", end !== undefined && !isSaid(form.endText)],
	];
	return wrong.filter(([, isWrong]) => isWrong).map(([field]) => field);
}

/** Undefined for none; NaN for what is none. */
function minutesOf(text: string): number | undefined {
	if (text.trim() === "") return undefined;
	const minutes = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0;
	return minutes >= 1 && minutes <= limits.minutes ? minutes : Number.NaN;
}
