import { catalogue, textOf } from "@inlay/ui";

export const t = textOf(
	catalogue("selfTest", {
		title: "Does this browser work with Inlay?",
		lead: "This page looks at microphone, sound, windows, storage, network and clock of this browser. What it finds is told to your administrator; sound is neither recorded nor sent.",
		start: "Start the test",
		again: "Test again",
		running: "Testing…",
		fine: "Everything works.",
		works: "works",
		unknown: "this browser does not tell",
		unmeasured: "could not be measured just now: test again",
		sent: "Your administrator can see this now.",
		notSent: "It could not be told to your administrator.",
		framed: "This page is in the frame of another one, as the panel is in the CRM.",
		alone: "This page stands alone. Open it in the CRM, too, where the panel is.",
		microphone: "Microphone",
		speaker: "Speakers",
		popups: "Pop-up windows",
		storage: "Storage",
		autoplay: "Sound without a click",
		allow: "What the frame allows",
		socket: "Connection for news",
		media: "Connection for sound",
		network: "Local network",
		clock: "Clock",
	}),
);
