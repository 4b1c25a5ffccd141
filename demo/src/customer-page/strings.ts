import type { CallProblem } from "./customer-call.ts";
import type { LineState } from "./protocol.ts";

/** Every word of the page, in one place for translators. */
export const strings = {
	shop: "Oakline",
	tagline: "Lamps and furniture, made to be kept.",
	heroTitle: "Light for long evenings",
	heroText:
		"Small workshops, honest wood, warm light. Ask us anything: a person answers, in the middle of your browser.",
	heroAction: "Talk to us",
	goods: "This week in the shop",
	callTitle: "Talk to us",
	callText: "No app, no number to dial. Press Call and we pick up.",
	name: "Your name",
	phone: "Your phone number",
	phoneHint: "So that we find your orders.",
	call: "Call",
	callAgain: "Call again",
	hangUp: "Hang up",
	callBack: "Call me back",
	callBackHint: "You keep your place in the queue.",
	callingBack: "We call you back as soon as it is your turn. You need not wait here.",
	callBackFailed: "We need a phone number to call you back: {text}",
	leaveMessage: "Leave a message",
	leaveMessageHint: "You leave the queue, and somebody gets back to you.",
	mute: "Mute",
	unmute: "Unmute",
	keypad: "Keypad",
	consentAsked: "One question before you are connected",
	consentTitle: "You are asked: “{text}”",
	consentHint: "Answer here, or press the key. You are connected then; whoever says nothing agrees.",
	consentGive: "Agree (1)",
	consentRefuse: "Do not record (2)",
	consentGiven: "You may be recorded.",
	consentRefused: "You are not recorded, as you wish.",
	keyLabel: "Key",
	soundOn: "Turn the sound on",
	reconnecting: "Connection lost. Reconnecting by itself; please stay on the line.",
	unheard: "We do not hear you: your connection is interrupted. Please stay on the line.",
	ended: "The call has ended. Thank you for calling!",
	you: "You",
	them: "Us",
	shopAgent: "Oakline",
	duration: "Duration",
	checkout: "Your order",
	fullName: "Name",
	street: "Street",
	card: "Card number",
	password: "Password",
	iban: "Account (IBAN)",
	gift: "It is a gift",
	payment: "Payment",
	order: "Order",
	orders: "Your orders",
	back: "Back to the shop",
	footer: "Oakline is fictional: this is the customer page of the Inlay demo.",
	unable: "We cannot take calls just now. Please try again in a few minutes.",
	loadFailed: "This page cannot reach its server. Is Inlay running? It is asked again every two seconds.",
} as const;

export const stateTexts: Record<"idle" | LineState, string> = {
	idle: "",
	connecting: "Connecting…",
	waiting: "You are in the queue. Somebody will be with you in a moment.",
	ringing: "It is ringing at one of our people…",
	connected: "You are talking to {name}",
	held: "{name} has put you on hold",
	interrupted: "{name}’s connection is interrupted. Please hold the line.",
	voicemail: "Speak to {name} after the tone. # ends your message, * begins it again.",
	ended: strings.ended,
};

/** How the caller stands in the queue. */
export function placeText({ place, waitSeconds }: { place: number; waitSeconds?: number | undefined }): string {
	const where = place === 1 ? "You are next." : `Before you: ${place - 1}.`;
	if (waitSeconds === undefined) return where;
	const minutes = Math.max(1, Math.ceil(waitSeconds / 60));
	if (minutes > 60) return `${where} It may take more than an hour.`;
	return `${where} It takes about ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
}

/** What happened, and what the caller can do. */
export function problemText(problem: CallProblem): string {
	switch (problem.kind) {
		case "microphone":
			return microphoneTexts[problem.problem];
		case "refused":
			return `The call was not taken: ${problem.text}`;
		case "offline":
			return "The server does not answer. Check that Inlay is running, then call again.";
		case "gone":
			return "That call is over. Call again if something was left unsaid.";
		case "elsewhere":
			return "The call goes on in another tab of this browser.";
	}
}

const microphoneTexts = {
	refused:
		"The browser does not let this page use the microphone. Allow it by the icon beside the page's address, then call again.",
	none: "There is no microphone. Plug one in or switch it on, then call again.",
	busy: "The microphone is in use by another program. Close that program, then call again.",
	insecure: "Browsers allow calls on https pages and on localhost only. Open this page there.",
} as const;
