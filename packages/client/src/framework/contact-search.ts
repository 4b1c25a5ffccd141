import type { ContactSearchResult } from "@inlay/contract";
import { readText, readTextMap, safeEntries, safeGet } from "@inlay/contract";
import type { FrameworkScript } from "@inlay/framework";
import type { Guard } from "./guard.ts";
import type { Timers } from "./ports.ts";
import { hasCallback } from "./script/has-callback.ts";

/** How a search in the CRM ended. `unavailable`: the script has no `contactSearch`. */
export interface ContactSearchOutcome {
	status: "found" | "failed" | "timeout" | "unavailable";
	results: ContactSearchResult[];
}

export interface ContactSearchParts {
	framework: () => FrameworkScript | undefined;
	guard: Guard;
	timers: Timers;
	/** Milliseconds to wait for the script. */
	timeoutMs: number;
}

/** Asks the script for contacts; always settles, whatever the script does (framework-contract 5). */
export function searchContacts(parts: ContactSearchParts, searchValue: string): Promise<ContactSearchOutcome> {
	const framework = parts.framework();
	if (!hasCallback(framework, "contactSearch")) return Promise.resolve({ status: "unavailable", results: [] });
	return new Promise((resolve) => {
		const settle = (status: ContactSearchOutcome["status"], results: ContactSearchResult[]) => {
			cancel();
			resolve({ status, results });
		};
		const cancel = parts.timers.after(parts.timeoutMs, () => settle("timeout", []));
		parts.guard(
			"contactSearch",
			() =>
				framework?.contactSearch?.(
					searchValue,
					(contacts) => settle("found", readContacts(contacts)),
					() => settle("failed", []),
				),
			() => settle("failed", []),
		);
	});
}

/** Keeps what can be shown and dialled: real code returns entries with an empty name or number (framework-contract 5.1). */
export function readContacts(given: unknown): ContactSearchResult[] {
	if (!Array.isArray(given)) return [];
	return given.flatMap((entry) => {
		const name = readText(safeGet(entry, "name"));
		const phone = readPhones(safeGet(entry, "phone"));
		if (name === undefined || phone.length === 0) return [];
		return [{ type: "external" as const, name, phone, attributes: readTextMap(safeGet(entry, "attributes")) }];
	});
}

function readPhones(given: unknown): ContactSearchResult["phone"] {
	const list = Array.isArray(given) ? given : [given];
	return list.flatMap((entry) => {
		const number = readText(safeEntries(entry).length > 0 ? safeGet(entry, "number") : entry);
		return number === undefined ? [] : [{ number, label: readText(safeGet(entry, "label")) ?? "" }];
	});
}
