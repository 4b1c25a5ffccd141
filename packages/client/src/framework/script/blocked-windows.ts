/** Windows that a script wants to open without a click, and that the browser blocks without a word to anybody. */

import { opensApart } from "@inlay/contract/opened-windows";

/** Hears of each that is blocked, once a script has called for it; the panel's own windows say it themselves. */
export function hearBlockedWindows(window: Window, blocked: () => void): void {
	const { open } = window;
	if (typeof open !== "function") return;
	window.open = (...args: Parameters<Window["open"]>) => {
		const opened = open.apply(window, args);
		if (!opened && !opensApart.test(String(args[2] ?? "")) && isOfScript()) blocked();
		return opened;
	};
}

function isOfScript(): boolean {
	return /framework\.js/.test(new Error().stack ?? "");
}
