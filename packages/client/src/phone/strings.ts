import { catalogue, textOf } from "@inlay/ui";

/** Texts of the phone: readiness, the sound's set-up, devices that come and go. */
export const phoneTexts = catalogue("phone", {
	ready: "You are on queue. The next call rings here.",
	readyOffQueue: "Phone and microphone are ready.",
	noQueue: "You are on queue, but none of your queues is switched on: no customer's call rings here.",
	wrappingUp: "No call from a queue rings until you are done with your after-call work.",
	elsewhere: "Calls ring in another window.",
	noStation: "You have no phone, so no call can ring here. Choose one in the settings.",
	noWindow: "Your phone's window is not open, so no call can ring here.",
	lineOff: "Your phone is not connected, so no call can ring here.",
	lineConnecting: "Your phone is connecting. Calls can ring in a moment.",
	lineLost: "Your phone is reconnecting. Calls cannot ring until it is back.",
	microphone: "Without a microphone no call can ring here: see the message above.",
	unheard: "Calls ring, but nobody would hear you: see the message above.",
	unasked: "Your phone is ready. The browser will ask for the microphone at the first call.",
	notResponding: "Calls go to others until you go back on queue.",
	allowNow: "Allow it now",
	connecting: "Connecting…",
	noSound:
		"You answered, but the sound could not be set up, so the caller is back at their place in the queue. Check the network, or ask your administrator whether UDP to the server gets through.",
	understood: "OK",
	replaced: "Your microphone has gone. “{name}” is used now.",
	replacedUnnamed: "Your microphone has gone. Another one is used now.",
});

export const t = textOf(phoneTexts);
