import { signal } from "@preact/signals";

/** English; other languages come from the server with the messenger's settings (public/languages). */
export const english = {
	title: "Chat with us",
	launch: "Open chat",
	launchNew: "Open chat, {count} new",
	close: "Close chat",
	messages: "Messages",
	write: "Your message",
	send: "Send",
	you: "You",
	team: "Service",
	automatic: "Automatic",
	typing: "Somebody is writing…",
	waiting: "You will be answered as soon as somebody is free.",
	answered: "{name} is with you.",
	ended: "The conversation has ended.",
	goOn: "The conversation has ended. Write to go on with it.",
	startNew: "Start a new conversation",
	end: "End conversation",
	endSure: "End the conversation?",
	endYes: "End it",
	endNo: "Go on",
	download: "Save conversation",
	expires: "Nobody has written for a while. This conversation is removed from the page in {minutes} min.",
	expired: "Nobody wrote for too long: the conversation has been removed from this page.",
	offline: "No connection. What you write is sent as soon as there is one.",
	pending: "Waiting to be sent",
	sent: "Sent",
	notSent: "Not sent",
	again: "Send again",
	older: "Earlier messages",
	required: "Fill this in.",
	start: "Start",
	tooLong: "At most {most} characters.",
	checking: "One moment…",
	attach: "Attach a file",
	tooLarge: "A file may have at most {most} MB.",
	wrongType: "Files of this kind are not taken.",
	fileFailed: "The file was not sent. Try again.",
	shareThis: "Share this page",
	shareCode: "Code that you were read out",
	shareNext: "Next",
	shareCancel: "Cancel",
	shareNine: "The code has nine digits.",
	shareUnknown: "Nobody offers this code. Ask for it again.",
	shareLate: "This code is no longer good. Ask for a new one.",
	shareWait: "That was wrong too often. Try again in ten minutes.",
	shareConsent: "Show this page to {name}?",
	shareConsentText:
		"{name} sees what these pages show, also as you go on. Passwords, cards and protected fields stay hidden. You can stop at any time: with the button, or by pressing Esc twice.",
	shareYes: "Show it",
	shareNo: "No",
	shareBar: "{name} sees this page",
	shareShared: "You share this page with {name}",
	shareUnseen: "{name} is not looking just now",
	sharePause: "Pause",
	shareResume: "Go on",
	shareStop: "Stop",
	sharePaused: "Paused: {name} sees nothing",
	shareRulePaused: "{name} does not see this page",
	shareAskControl: "{name} asks to click and type here with you.",
	shareAskNavigation: "{name} asks to go to other pages with you.",
	shareAllow: "Allow",
	shareDeny: "Do not allow",
	shareControlled: "{name} sees this page and may act in it",
	shareTakeBack: "Take back",
	shareFrames: "Parts of the page that come from other sites are not shown.",
	shareEnded: "This page is no longer shared.",
	shareEndedAgent: "{name} has ended it. This page is no longer shared.",
	shareLost: "The connection was lost. This page is no longer shared.",
	shareBroken: "This page cannot be shared.",
} as const;

export type Word = keyof typeof english;

/** In the customer's language; what is missing is English. */
export const words = signal<Partial<Record<Word, string>>>({});

export function t(word: Word, params: Readonly<Record<string, string | number>> = {}): string {
	const text = words.value[word] ?? english[word];
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
