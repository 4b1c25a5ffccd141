import { catalogue, textOf } from "@inlay/ui";

/** Signing out while somebody is on the line: apart from what the sign-in waits for. */
const leaveTexts = catalogue("leave", {
	leaveTitle: "Somebody is on the line",
	leaveCall: "You are in a call with {name}. What shall become of it?",
	leaveStaying: "You are in a call with {names}. They stay in it when you leave.",
	leaveOthersStay: "{names} stay in it.",
	leaveCalled:
		"You are in a call with {names}. {called} is still being called: if nobody answers, the others go back to the queue.",
	leaveCalledEnds: "You are in a call with {names}. {called} is still being called: if nobody answers, the call ends.",
	leaveOthersCalled: "{called} is still being called.",
	leaveCalls: "You have {count} calls. What shall become of them?",
	leaveOver: "The call is over.",
	leaveTitleWork: "You have work in hand",
	leaveWritten: "What is in writing, and came from a queue, goes back to it.",
	leaveElsewhere: "The sound is in another tab or window, which keeps all of this. You sign out here only.",
	leaveEverywhere:
		"Your organization ends every sign-in at once: the other tab or window, which has the sound, is signed out too.",
	leaveHere: "Sign out here only",
	leaveGiveBack: "Back to “{queue}”, and sign out",
	leaveGiveBackCalls: "Calls of a queue back to it, end the others, and sign out",
	leaveEnd: "End the call, and sign out",
	leaveOnly: "Leave the call, and sign out",
	leaveEndForAll: "End the call for everybody, and sign out",
	leaveEndCalls: "End all {count} calls, and sign out",
	leaveStay: "Stay signed in",
	leaveHint: "To hand it to somebody in particular, stay and use Transfer.",
});

export const t = textOf(leaveTexts);
