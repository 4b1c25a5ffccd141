import "@inlay/ui/styles.css";
import "../interaction-window/page.css";
import { EmptyState, setLanguage, useLanguages } from "@inlay/ui";
import { render } from "preact";
import { KeptFocus } from "../interaction-window/focus.ts";
import { otherFrames, ownFramesOf } from "../interaction-window/frames.ts";
import { type LinkState, readWindowMessage, WindowLink } from "../interaction-window/link.ts";
import { t } from "../interaction-window/strings.ts";
import { languageLoaders } from "../languages/loaders.ts";

useLanguages(languageLoaders);

/**
 * The interaction window (framework-contract 1), a popup or a second frame of the host page: it lends itself, and the panel
 * draws in it. By itself it says only that no panel is there; it has no token and asks no server.
 */
const work = document.getElementById("inlay");
const own = document.getElementById("alone");
const focus = new KeptFocus(document);
const isPopup = window.top === window;
let unread: string | undefined = location.hash;

/** The panel's tab. It outlives the panel, also where the CRM in it is loaded anew: the next panel is in it as the one before was. */
const tab = isPopup ? ((window.opener as Window | null)?.top ?? null) : null;

const link = new WindowLink<Window>({
	panels: () => (isPopup ? framesAround() : otherFrames(window)),
	send: (page, message) => page.postMessage(message, location.origin),
	show,
	isClosed: () => isPopup && tab?.closed !== false,
	giveUp: () => (isPopup ? window.close() : show("alone")),
	hash: () => {
		const hash = unread;
		unread = undefined;
		return hash;
	},
});

function framesAround(): Window[] {
	return tab && !tab.closed ? ownFramesOf(tab) : [];
}

/** What the panel has drawn stays where it is while that is loaded anew, and nothing can be typed into it that nobody hears. */
function show(state: LinkState): void {
	if (!work || !own) return;
	work.inert = state !== "with";
	if (state !== "with" && state !== "waiting") work.replaceChildren();
	render(state === "with" ? null : <Alone state={state} />, own);
	if (state === "with") focus.restore();
}

function Alone({ state }: { state: Exclude<LinkState, "with"> }) {
	if (state === "waiting") return <p role="status">{t("waiting")}</p>;
	if (state === "left") return <p role="status">{t("away")}</p>;
	const isClosed = state === "closed";
	return (
		<div role="status">
			<EmptyState icon="headset" title={t(isClosed ? "closed" : "nobody")}>
				<p>{t(isClosed ? "closedText" : "nobodyText")}</p>
			</EmptyState>
		</div>
	);
}

addEventListener("message", ({ origin, data, source }) => {
	const message = origin === location.origin ? readWindowMessage(data) : undefined;
	if (message && source) link.heard(source as Window, message.inlayWindow);
});
addEventListener("hashchange", () => {
	unread = location.hash;
	link.ask();
});
void setLanguage(navigator.languages).then(() => {
	link.ask();
	setInterval(() => link.ask(), 1000);
});
