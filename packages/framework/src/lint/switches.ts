/** Switches of `config.settings` as the panel takes them: whatever their letter case, and `"true"` for true (framework-contract 4). */
import { readBoolean } from "@inlay/contract";
import type { Entry, ObjectValue } from "./source/value.ts";

export interface Switch {
	entry: Entry;
	/** `unknown` where only running the script would tell. */
	state: "on" | "off" | "unknown";
}

/** Undefined where nothing of that name can be seen. @param name of a switch that is off unless it is set */
export function switchOf(settings: ObjectValue | undefined, name: string): Switch | undefined {
	const entry = settings?.entries.get(name) ?? byAnyCase(settings, name);
	if (!entry) return undefined;
	if (entry.value.kind === "unknown") return { entry, state: "unknown" };
	const isOn = entry.value.kind === "plain" && readBoolean(entry.value.value) === true;
	return { entry, state: isOn ? "on" : "off" };
}

/** Of several the last counts. */
function byAnyCase(settings: ObjectValue | undefined, name: string): Entry | undefined {
	const wanted = name.toLowerCase();
	return [...(settings?.entries.values() ?? [])].findLast((each) => each.name.trim().toLowerCase() === wanted);
}
