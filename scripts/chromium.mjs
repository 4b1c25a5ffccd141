// Finds a Chromium for tests and benches, or brings Debian's. Also a command: node scripts/chromium.mjs prints that of the tests.
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
/** The same engine without windows around the page: its tests take a third less of the processor. */
const headlessShell = {
	...chromium,
	name: "Chromium's headless shell",
	package: "chromium-headless-shell",
	program: "usr/lib/chromium/chromium-headless-shell",
};
const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of a Chromium. */
export function ensureChromium(workspacePath) {
	return ensureBrowser(workspacePath, chromium, usual);
}

/** The path of what the tests run in: Chromium's headless shell, or a Chromium where that is there, or where Debian has no shell. */
export async function ensureTestChromium(workspacePath) {
	try {
		return await ensureBrowser(workspacePath, headlessShell, [`/usr/bin/${headlessShell.package}`, ...usual]);
	} catch {
		return ensureChromium(workspacePath);
	}
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	ensureTestChromium(workspace)
		.then((path) => console.log(path))
		.catch(fail);
}
