/**
 * The page in which an isolated script runs: without an origin, so without the panel's token, storage and document. It is
 * handed one port by the panel, once, and gives the script what it would find in the panel, by messages.
 */
import { memoryStorage } from "../../script/memory-storage.ts";
import { watchTurns } from "../../script/script-turns.ts";
import { ScriptChannel } from "../script-channel.ts";
import { HostPage } from "./host-page.ts";
import { pureCloudOf } from "./pure-cloud.ts";
import { runScript, watchFailures } from "./run-script.ts";
import { ToldFramework } from "./told-framework.ts";

/** What comes with the port. */
export interface IsolatedStart {
	isEmbedded: boolean;
	/** `document.referrer` of the panel. */
	referrer: string;
}

const panel = window.parent;
let channel: ScriptChannel | undefined;

// The first to hear anything: what others say to this frame never reaches the script.
window.addEventListener("message", (event) => {
	if (!event.isTrusted || event.source === window) return;
	event.stopImmediatePropagation();
	const [port] = event.ports;
	if (event.source === panel && port && !channel) channel = open(port, event.data as IsolatedStart);
	else channel?.tell("stranger", event.origin);
});

function open(port: MessagePort, { isEmbedded, referrer }: IsolatedStart): ScriptChannel {
	let host: HostPage | undefined;
	const opened: ScriptChannel = new ScriptChannel({
		port,
		dropped: () => undefined,
		named: {
			ping: () => undefined,
			hostSays: (data, origin) => host?.said(data, String(origin)),
			run: async (url, isReadable) => {
				await runScript(window, String(url), isReadable === true);
				told.look();
			},
		},
	});
	host = new HostPage(window, opened, { isEmbedded });
	// Of a page that does not come the browser tells nobody (Firefox).
	window.addEventListener("pagehide", ({ isTrusted }) => isTrusted && opened.cry("left"));
	watchTurns(window, (line, held) => opened.cry("looped", line, held));
	watchFailures(window, (message) => opened.tell("failed", message));
	document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
		opened.tell("blocked", { effectiveDirective, blockedURI, sourceFile, lineNumber }),
	);
	for (const name of ["localStorage", "sessionStorage"]) {
		const storage = memoryStorage();
		Object.defineProperty(window, name, { configurable: true, get: () => storage });
	}
	Object.defineProperty(document, "referrer", { configurable: true, get: () => referrer });
	Object.assign(window, { PureCloud: pureCloudOf(opened) });
	const told = new ToldFramework(window, (framework) => opened.ask("framework", framework));
	return opened;
}
