import { catalogue, textOf } from "@inlay/ui";

/** What agents are told of their script's trouble: apart from what the sign-in waits for. */
const scriptTroubleTexts = catalogue("scriptTrouble", {
	scriptMissing:
		"The script of this deployment has set no window.Framework. Calls work; links to your CRM do not. Its author must mend it.",
	scriptUnreachable: "The script of this deployment could not be loaded. Calls work; links to your CRM do not.",
	scriptBlocked:
		"The script of this deployment wanted to load another one from {origin}. An administrator can allow that under Script sources.",
	callBlocked:
		"The script of this deployment wanted to call {origin}, which this panel does not allow. An administrator can allow that under Servers that the script calls.",
	scriptTextBlocked: "The script of this deployment wanted to run a text as a script, which panels do not allow.",
	scriptError: "The script of this deployment has an error: {detail}",
	scriptBroke:
		"The script of this deployment has changed what the panel works with: {detail}. It was put back; its author must mend it.",
	scriptLate: "The script of this deployment is taking its time. Calls work; links to your CRM will follow.",
	scriptLeft: "framework.js has left its page, so the panel runs without it. Calls work; links to your CRM do not.",
	scriptAway: "framework.js has held the panel up, so the panel runs without it. Calls work; links to your CRM do not.",
	popUpBlocked:
		"The script of this deployment wanted to open a window, and your browser has blocked it. Allow pop-ups for this page.",
	scriptThrew: "The script of this deployment reported an error: {detail}",
	callLogFailed: "The interaction log was not saved in your CRM. {detail}",
	actionEarly: "That was asked for before the panel was ready, and was not done. Try again.",
});

export const t = textOf(scriptTroubleTexts);
