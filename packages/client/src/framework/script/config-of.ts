/** Reads `window.Framework.config`. Few scripts say in it what agents see, so the reader of that loads for those alone. */
import { noUiRules, type ReadConfig, readConfigWith, safeGet, type UiReader } from "@inlay/contract";

/** Where that reader does not load, agents see everything, and the finding says why. */
export async function configOf(raw: unknown): Promise<ReadConfig> {
	const isGiven = safeGet(safeGet(raw, "settings"), "ui");
	const loaded = isGiven ? await import("@inlay/contract/read-ui-policy").catch(() => undefined) : undefined;
	return readConfigWith(raw, loaded?.readUiPolicy ?? withoutReader);
}

const withoutReader: UiReader = (given, path, problems) => {
	if (given) problems.warn("ui.unread", path, "Load the panel again: a part that reads it did not come.");
	return { everybody: noUiRules(), groups: [] };
};
