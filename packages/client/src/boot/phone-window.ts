import "@inlay/ui/styles.css";
import "../shell/phone-window.css";
import { ownFramesOf } from "../interaction-window/frames.ts";
import {
	isSameDesk,
	keepAsking,
	ownerHash,
	type PhoneMessage,
	readOwner,
	readPhoneMessage,
} from "../phone/window-link.ts";

/**
 * The tab of the panel that opened it. It outlives the panel's frame, also where the CRM in it is loaded anew: the next panel
 * is in it as the one before was.
 */
const tab = (window.opener as Window | null)?.top ?? null;

/** Whose it is; the panel is the one that works here now. */
const owner = readOwner(location.hash);

/** The phone's own window: a place for sound. The panel that opened it works in it, and finds it again after a reload. */
const link = keepAsking({
	ask(any) {
		const question: PhoneMessage = { ...owner, panel: any ? undefined : owner.panel, inlayPhoneWindow: "ask" };
		for (const frame of tab && !tab.closed ? ownFramesOf(tab) : []) frame.postMessage(question, location.origin);
	},
	close: () => window.close(),
	every(task) {
		const timer = setInterval(task, 1000);
		return () => clearInterval(timer);
	},
});

addEventListener("message", (event) => {
	const answer = event.origin === location.origin ? readPhoneMessage(event.data) : undefined;
	if (answer?.inlayPhoneWindow !== "here" || !isSameDesk(answer, owner)) return;
	if (owner.panel !== answer.panel) {
		owner.panel = answer.panel;
		// Loaded anew, this window asks that one.
		history.replaceState(null, "", ownerHash(owner));
	}
	link.answered();
});
