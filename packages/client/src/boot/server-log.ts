import { ClientLog, type ClientLogParts } from "../session/client-log.ts";
import { browserClock } from "../session/clock.ts";
import { ownFetch } from "../session/own-fetch.ts";

/** The panel's log as its server gets it, with what nobody has caught; what is left is sent while the page goes. */
export function openServerLog(target: ClientLogParts["target"]): ClientLog {
	const log = new ClientLog({ clock: browserClock, send: ownFetch, target });
	window.addEventListener("error", ({ message, lineno }) => log.write("error", `${message} (line ${lineno})`));
	window.addEventListener("unhandledrejection", ({ reason }) => log.write("error", `unhandled: ${String(reason)}`));
	window.addEventListener("pagehide", () => log.flush());
	return log;
}
