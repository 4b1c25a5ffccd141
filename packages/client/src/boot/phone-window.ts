import "@inlay/ui/styles.css";
import "../shell/phone-window.css";
import { askMessage, hereMessage, keepAsking } from "../phone/window-link.ts";

/** The phone's own window: a place for sound. The panel that opened it works in it, and finds it again after a reload. */
const link = keepAsking({
	ask: () => (window.opener as Window | null)?.postMessage(askMessage, location.origin),
	close: () => window.close(),
	every(task) {
		const timer = setInterval(task, 1000);
		return () => clearInterval(timer);
	},
});

addEventListener("message", (event) => {
	if (event.origin === location.origin && event.data === hereMessage) link.answered();
});
