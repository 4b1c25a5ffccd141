import { catalogue, textOf } from "@inlay/ui";

export const outboundTexts = catalogue("outbound", {
	contact: "Contact of the campaign {name}",
	loading: "The contact is loading",
	failed: "The contact did not load.",
	retry: "Load again",
	call: "Call {number}",
	skip: "Skip",
	doNotCall: "Do not call",
	doNotCallDone: "The number is not called any more.",
	remove: "Remove from campaign",
	removeDone: "This contact is not called any more.",
	forbidden: "must not be called",
	callsIn: "Calls {number} in {time}",
	theirTime: "{time} their time",
	hidden: "You may not see this contact’s data. Ask for the permission Outbound > Contact > View.",
	noColumns: "Nothing else is known of this contact.",
	attempts: "Last attempts",
	code_talked: "talked",
	code_busy: "busy",
	code_noAnswer: "no answer",
	code_machine: "answering machine",
	code_refused: "refused",
	code_unknownNumber: "not in service",
	code_abandoned: "hung up before an agent was there",
	code_other: "not reached",
	"outbound.dnc": "This number is on a list of numbers that must not be called.",
	"outbound.time.notCallable": "This number may not be called at this time of its day.",
	"outbound.contact.uncallable": "This number is not to be called any more.",
	"outbound.skip.disabled": "This campaign does not let contacts be skipped: call them.",
});

export const t = textOf(outboundTexts);
