import "@inlay/ui/styles.css";
import "../shell/phone-window.css";
import { ownFramesOf } from "../interaction-window/frames.ts";
import { askMessage, hereMessage, keepAsking } from "../phone/window-link.ts";

/**
 * The tab of the panel that opened it. It outlives the panel's frame, also where the CRM in it is loaded anew: the next panel
 * is in it as the one before was.
 */
const tab = (window.opener as Window | null)?.top ?? null;

/** The phone's own window: a place for sound. The panel that opened it works in it, and finds it again after a reload. */
const link = keepAsking({
	ask() {
		for (const frame of tab && !tab.closed ? ownFramesOf(tab) : []) frame.postMessage(askMessage, location.origin);
	},
	close: () => window.close(),
	every(task) {
		const timer = setInterval(task, 1000);
		return () => clearInterval(timer);
	},
});

addEventListener("message", (event) => {
	if (event.origin === location.origin && event.data === hereMessage) link.answered();
});
