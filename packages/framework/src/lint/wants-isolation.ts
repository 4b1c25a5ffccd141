import { mayWantIsolation } from "@inlay/contract";
import { type FoundFramework, findFramework, valueAt } from "./source/find-framework.ts";
import { parseScript } from "./source/parse.ts";
import { Script } from "./source/script.ts";
import { switchOf } from "./switches.ts";

/** Whether a script asks for isolation (`config.settings.isolation: true`), as far as that can be read without running it. Never throws. */
export function wantsIsolation(source: string): boolean {
	if (!mayWantIsolation(source)) return false;
	const parsed = parseScript(source);
	if ("failure" in parsed) return false;
	return asksForIsolation(findFramework(new Script(source, parsed.program)));
}

/** The same of a script that has been read. */
export function asksForIsolation(found: FoundFramework | undefined): boolean {
	const settings = valueAt(found?.object, "config", "settings");
	return settings?.kind === "object" && switchOf(settings, "isolation")?.state === "on";
}
