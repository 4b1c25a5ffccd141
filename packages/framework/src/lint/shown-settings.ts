import type { FrameworkSettings } from "@inlay/contract";
import { readFrameworkConfig } from "@inlay/contract/framework-config";
import { findFramework, valueAt } from "./source/find-framework.ts";
import { parseScript } from "./source/parse.ts";
import { toPlainValue } from "./source/plain-value.ts";
import { Script } from "./source/script.ts";
import type { Value } from "./source/value.ts";

/** The settings that decide what an agent sees, as far as they can be read without running the script. */
export interface ReadSettings {
	settings: Pick<FrameworkSettings, "callControls" | "ui">;
	/** Nothing of them is put together at run time. */
	isSure: boolean;
}

/** Undefined where no framework can be found in the text. Never throws. */
export function shownSettings(source: string): ReadSettings | undefined {
	const parsed = parseScript(source);
	if ("failure" in parsed) return undefined;
	const found = findFramework(new Script(source, parsed.program));
	const config = valueAt(found?.object, "config");
	if (!found || config?.kind !== "object") return undefined;
	const { callControls, ui } = readFrameworkConfig(toPlainValue(config)).config.settings;
	const settings = valueAt(found.object, "config", "settings");
	const isSure = !config.open && (settings === undefined || (isObject(settings) && isWhole(settings)));
	return { settings: { callControls, ui }, isSure };
}

function isObject(value: Value): boolean {
	return value.kind === "object" && !value.open;
}

/** Whether the parts that decide what is seen are known to the last. */
function isWhole(value: Value): boolean {
	if (value.kind !== "object") return false;
	const deciding = [...value.entries.values()].filter(({ name }) => /^(ui|callcontrols)$/i.test(name));
	return deciding.every((entry) => isKnown(entry.value));
}

function isKnown(value: Value): boolean {
	if (value.kind === "unknown") return false;
	if (value.kind === "array") return value.items.every(isKnown);
	if (value.kind !== "object") return true;
	return !value.open && [...value.entries.values()].every((entry) => isKnown(entry.value));
}
