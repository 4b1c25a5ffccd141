/** What the original's page calls its parts (framework-contract 11.1), by our names. Where the contract is silent, likely. */

/** Elements around call controls. */
const elements: Readonly<Record<string, string>> = {
	disconnect: "gef-disconnect-control",
	transfer: "gef-transfer-control",
	record: "gef-record-control",
	securePause: "gef-secure-pause-control",
	scheduleCallback: "gef-schedule-callback-control",
	dtmf: "gef-dialpad-control",
};

export function elementOf(control: string): string {
	return elements[control] ?? `gef-${control.replace(/[^a-z]+|(?=[A-Z])/gi, "-").toLowerCase()}-control`;
}

/** Handlers of views and entries of the menu, by the id of our view or entry. */
export const menuHandlers: Readonly<Record<string, string>> = {
	interactions: "goToInteractions()",
	"new-interaction": "goToNewInteraction()",
	"call-log": "goToCallLog()",
	"call-history": "goToCallHistory()",
	"queue-activation": "goToQueueActivation()",
	settings: "goToSettings()",
	signout: "logout()",
};

/** The button that opens our menu. */
export const moreHandler = "goToMore($event)";

/** Handlers that scripts may ask a scope for. */
export const controlNames = [
	"pickup",
	"disconnect",
	"hold",
	"mute",
	"transfer",
	"record",
	"securePause",
	"dtmf",
	"scheduleCallback",
	"flag",
	"requestAfterCallWork",
] as const;
