import { findFramework, valueAt } from "./source/find-framework.ts";
import { parseScript } from "./source/parse.ts";
import { Script } from "./source/script.ts";

/** Whether a script asks for isolation (`config.settings.isolation: true`), as far as that can be read without running it. Never throws. */
export function wantsIsolation(source: string): boolean {
	// Most scripts do not name it: they need not be read.
	if (!source.includes("isolation")) return false;
	const parsed = parseScript(source);
	if ("failure" in parsed) return false;
	const found = findFramework(new Script(source, parsed.program));
	const wish = valueAt(found?.object, "config", "settings", "isolation");
	return wish?.kind === "plain" && (wish.value === true || String(wish.value).trim().toLowerCase() === "true");
}
