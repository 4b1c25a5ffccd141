import { ignoreHeldKeysElsewhere } from "@inlay/ui";
import { signal } from "@preact/signals";
import { h, render } from "preact";
import { listenForUse } from "../boot/listen-for-use.ts";
import { listenForShortcuts } from "../shell/shortcuts.ts";
import type { Workspace } from "../shell/workspace.ts";
import { adoptLooks } from "./adopt-looks.ts";
import { paintWith } from "./effects.ts";
import type { WindowPage, WindowPlace } from "./window-place.ts";
import { WindowView } from "./window-view.tsx";

/** Less room than this is none: the host has folded its frame away. CSS pixels. */
const leastWidth = 120;
const leastHeight = 80;

/**
 * Draws the work in a window's document, as it looks in the panel.
 * @param gone called once the window has closed, or was loaded anew
 */
export function drawIn(page: WindowPage, workspace: Workspace, gone: () => void): WindowPlace {
	const { document } = page;
	const lent = document.getElementById("inlay");
	if (!lent) throw new Error("This is no interaction window.");
	// A place of its own: what a panel has drawn that was loaded anew since is known to that one's code alone.
	const root = document.createElement("div");
	root.className = "window-root";
	lent.replaceChildren(root);
	const isShown = signal(hasRoom(page));
	const measure = () => {
		isShown.value = hasRoom(page);
	};
	page.addEventListener("resize", measure);
	page.addEventListener("pagehide", gone);
	// Neither a window whose process has died says so, nor a frame that is not drawn any more.
	const timer = setInterval(() => (page.closed ? gone() : measure()), 500);
	const clean = [
		() => clearInterval(timer),
		adoptLooks(document),
		paintWith(page),
		listenForShortcuts(workspace, document),
		ignoreHeldKeysElsewhere(document),
		listenForUse(() => workspace.life.used(), page),
		() => {
			page.removeEventListener("resize", measure);
			page.removeEventListener("pagehide", gone);
		},
		() => {
			render(null, root);
			root.remove();
		},
	];
	const leave = () => {
		for (const each of clean.splice(0).reverse()) each();
	};
	const place: WindowPlace = { page, document, isPopup: page.top === page, isShown, leave };
	render(h(WindowView, { workspace, place }), root);
	return place;
}

/** By its layout, which a frame that is not drawn has none of; `innerWidth` stays what it was. */
function hasRoom({ document, innerHeight }: Window): boolean {
	return document.documentElement.offsetWidth >= leastWidth && innerHeight >= leastHeight;
}
