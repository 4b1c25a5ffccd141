import { otherFrames, ownFramesOf } from "./frames.ts";
import { type LinkParts, readWindowMessage, type WindowKind, WindowLink } from "./link.ts";
import { readOwner, withPanel } from "./owner.ts";

/** What a page says that lends itself. */
type Lent = Pick<LinkParts<Window>, "show" | "giveUp" | "hash">;

/**
 * This page, a popup or a frame, lends itself to its panel. Gives what asks for one: to be called once the page can be drawn in;
 * from then on it goes on asking.
 */
export function lendThisPage(kind: WindowKind, parts: Lent): () => void {
	const isPopup = window.top === window;
	/** The panel's tab. It outlives the panel, also where the CRM in it is loaded anew: the next panel is in it as the one before was. */
	const tab = isPopup ? ((window.opener as Window | null)?.top ?? null) : null;
	const link = new WindowLink<Window>({
		...parts,
		kind,
		owner: readOwner(location.href),
		panels: () => (isPopup ? (tab && !tab.closed ? ownFramesOf(tab) : []) : otherFrames(window)),
		send: (page, message) => page.postMessage(message, location.origin),
		// Loaded anew, this window asks that one.
		owned: (panel) => history.replaceState(null, "", withPanel(location.href, panel)),
		isClosed: () => isPopup && tab?.closed !== false,
	});
	addEventListener("message", ({ origin, data, source }) => {
		const message = origin === location.origin ? readWindowMessage(data) : undefined;
		if (message && source) link.heard(source as Window, message);
	});
	let isAsking = false;
	return () => {
		link.ask();
		if (!isAsking) setInterval(() => link.ask(), 1000);
		isAsking = true;
	};
}
