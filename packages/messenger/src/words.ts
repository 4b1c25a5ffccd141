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
} as const;

export type Word = keyof typeof english;

/** In the customer's language; what is missing is English. */
export const words = signal<Partial<Record<Word, string>>>({});

export function t(word: Word, params: Readonly<Record<string, string | number>> = {}): string {
	const text = words.value[word] ?? english[word];
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
