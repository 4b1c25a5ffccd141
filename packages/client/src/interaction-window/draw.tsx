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
	const root = document.getElementById("inlay");
	if (!root) throw new Error("This is no interaction window.");
	// Of a panel that was loaded anew.
	root.replaceChildren();
	const isShown = signal(hasRoom(page));
	const measure = () => {
		isShown.value = hasRoom(page);
	};
	page.addEventListener("resize", measure);
	page.addEventListener("pagehide", gone);
	// A window whose process has died does not say so.
	const timer = setInterval(() => page.closed && gone(), 500);
	const clean = [
		() => clearInterval(timer),
		adoptLooks(document),
		paintWith(page),
		listenForShortcuts(workspace, document),
		listenForUse(() => workspace.life.used(), page),
		() => {
			page.removeEventListener("resize", measure);
			page.removeEventListener("pagehide", gone);
		},
		() => render(null, root),
	];
	const leave = () => {
		for (const each of clean.splice(0).reverse()) each();
	};
	const place: WindowPlace = { page, document, isPopup: page.top === page, isShown, leave };
	render(h(WindowView, { workspace, place }), root);
	return place;
}

function hasRoom({ innerWidth, innerHeight }: Window): boolean {
	return innerWidth >= leastWidth && innerHeight >= leastHeight;
}
