// Finds a Chromium for the browser tests, or brings Debian's. Also a command: node scripts/chromium.mjs prints its path.
import { pathToFileURL } from "node:url";
import { ensureBrowser } from "./setup/browser.mjs";
import { fail } from "./setup/step.mjs";
import { workspace } from "./setup.mjs";

const chromium = {
	name: "Chromium",
	package: "chromium",
	program: "usr/lib/chromium/chromium",
	variable: "CHROMIUM_PATH",
};
const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of a Chromium. */
export function ensureChromium(workspacePath) {
	return ensureBrowser(workspacePath, chromium, usual);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	ensureChromium(workspace)
		.then((path) => console.log(path))
		.catch(fail);
}
