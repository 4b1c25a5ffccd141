import { catalogue, textOf } from "@inlay/ui";

/** Texts of the phone in a window of its own, and of what tells of a ring. */
export const phoneWindowTexts = catalogue("phoneWindow", {
	title: "Phone of {name}",
	keepOpen: "Leave this window open: closing it ends your phone.",
	closed: "Your phone has a window of its own, which is not open. No call can ring until it is.",
	open: "Open the phone",
	own: "Phone in a window of its own",
	ownHint: "The sound does not depend on the page around this panel, and other windows do not hide it.",
	notices: "Tell me on the desktop when it rings",
	noticesRefused:
		"The browser shows no notices of this page. Allow them in its settings, or open the phone in a window of its own first.",
	noticesInFrame:
		"Browsers let no panel inside another page do this. Open the phone in a window of its own, then switch it on here.",
	headsetConnect: "Connect headset buttons",
	headsetHint: "Answer, mute and hang up at the headset, and its busy light.",
	headsetIs: "The buttons of “{name}” work here.",
	headsetNowhere:
		"This browser has no access to a headset’s buttons, as Chrome and Edge have: answer and hang up here. Its sound works all the same.",
	rings: "{name} is calling",
	writes: "{name} has written",
});

export const t = textOf(phoneWindowTexts);
