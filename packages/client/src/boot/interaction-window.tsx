import "@inlay/ui/styles.css";
import "../interaction-window/page.css";
import { EmptyState, setLanguage, useLanguages } from "@inlay/ui";
import { render } from "preact";
import { KeptFocus } from "../interaction-window/focus.ts";
import { t } from "../interaction-window/strings.ts";
import { languageLoaders } from "../languages/loaders.ts";
import { lendThisPage } from "../windows/lend.ts";
import type { LinkState } from "../windows/link.ts";

useLanguages(languageLoaders);

/**
 * The interaction window (framework-contract 1), a popup or a second frame of the host page: it lends itself, and the panel
 * draws in it. By itself it says only that no panel is there; it has no token and asks no server.
 */
const work = document.getElementById("inlay");
const own = document.getElementById("alone");
const focus = new KeptFocus(document);
let unread: string | undefined = location.hash;

const ask = lendThisPage("interaction", {
	show,
	giveUp: () => (window.top === window ? window.close() : show("alone")),
	hash: () => {
		const hash = unread;
		unread = undefined;
		return hash;
	},
});

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

addEventListener("hashchange", () => {
	unread = location.hash;
	ask();
});
void setLanguage(navigator.languages).then(ask);
