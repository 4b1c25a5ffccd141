import { catalogue, textOf } from "@inlay/ui";

export const consultTexts = catalogue("consult", {
	reached: "{name} has answered",
	whoHearsYou: "Who hears you",
	customer: "Customer",
	both: "Both",
	destination: "Consult",
	complete: "Complete the transfer",
	cancel: "Cancel and go back",
	backToCustomer: "Back to the customer",
	parties: "In this call",
	stateRinging: "Ringing",
	stateWaiting: "Waiting in the queue",
	stateTalking: "Talking",
	stateHeld: "Hears music",
	stateAside: "Has put the call on hold",
	stateMuted: "Muted",
	stateCutOff: "Connection interrupted",
	hold: "Hold {name}",
	resume: "Resume {name}",
	mute: "Mute {name}",
	unmute: "Unmute {name}",
	remove: "Remove {name}",
	failed: "{name} was not reached ({reason}). The customer is still on hold.",
	left: "{name} has left. The customer is still on hold.",
	consultedBy: "{by} asks you about {name}.",
	consultedHeld: "{by} is with the customer. You hear music.",
	consultedCutOff:
		"{by} is not heard just now: their connection is interrupted. They have a minute to come back; then the customer is yours.",
	customerLeft: "The customer has left. You are talking to {name}.",
	leaveQuestion: "The others would stay in the call without you.",
	endForAll: "End for everybody",
	leaveConnected: "Leave them connected",
	stay: "Stay",
	unknown: "Unknown caller",
});

export const t = textOf(consultTexts);
