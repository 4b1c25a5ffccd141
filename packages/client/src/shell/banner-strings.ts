import { catalogue, textOf } from "@inlay/ui";

/** What stands above the work: apart from what the sign-in waits for. */
const bannerTexts = catalogue("banners", {
	lost: "Connection lost. Reconnecting…",
	lostCall: "Connection lost. Reconnecting… Your call goes on if you still hear each other.",
	back: "Connected again.",
	unsent: "What you typed is kept here and saved when the connection is back.",
	unsentSaved: "What you typed has been saved.",
	notResponding: "You missed an interaction, so new ones go to others.",
	takeOver: "Use this window",
	endedInCall: "Your sign-in has run out. Your call goes on, and its controls work for a while. Sign in again now.",
	idleIn: "Nobody has used this panel for a while. You will be signed out in {time}.",
	signInAgain: "Sign in again",
	rightTaken: "Your right to use this panel was taken away.",
	closesAfterCall: "Your call goes on; this panel closes when it is over.",
	outdated: "A new version is there. Your calls go on while the panel reloads.",
	phoneLost: "Your phone is reconnecting. Calls cannot ring until it is back.",
	respondAgain: "Go back on queue",
	takeBreak: "Take a break",
	soundBlocked: "The browser keeps the sound back.",
	micCheck: "Check again",
	notRespondingMissed: "You missed the call of {name}, so new calls go to others.",
	notRespondingDeclined: "You declined the call of {name}, so new calls go to others.",
});

export const bannerText = textOf(bannerTexts);
