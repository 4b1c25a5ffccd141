// Finds a Firefox for the browser tests, or brings Debian's. Also a command: node scripts/firefox.mjs prints its path.
import { pathToFileURL } from "node:url";
import { ensureBrowser } from "./setup/browser.mjs";
import { fail } from "./setup/step.mjs";
import { workspace } from "./setup.mjs";

const firefox = {
	name: "Firefox",
	package: "firefox-esr",
	program: "usr/lib/firefox-esr/firefox-esr",
	variable: "FIREFOX_PATH",
};
const usual = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** The path of a Firefox. */
export function ensureFirefox(workspacePath) {
	return ensureBrowser(workspacePath, firefox, usual);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	ensureFirefox(workspace)
		.then((path) => console.log(path))
		.catch(fail);
}
