import { hearBlockedWindows } from "./blocked-windows.ts";
import { hearLater } from "./later-failures.ts";

/** What goes wrong with a script once it is loaded. Nobody waits for this part. @param url of the script */
export function hearLaterTrouble(
	window: Window,
	url: string,
	hears: { threw: (message: string) => void; blocked: () => void },
): void {
	hearLater(window, url, hears.threw);
	hearBlockedWindows(window, hears.blocked);
}
