import type { FrameworkTheme, ThemeColours } from "./config.ts";
import { type ProblemList, reportNoObject } from "./problems.ts";
import { isRecord, safeGet } from "./values.ts";

/** `#rgb` or `#rrggbb`, the two forms of the contract (framework-contract 4). */
export function isCssHexColour(value: unknown): value is string {
	return typeof value === "string" && /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value.trim());
}

/** Colours of the script; an invalid one is left out, so the panel keeps its own (a live file ships `#HHH`). */
export function readTheme(raw: unknown, path: string, problems: ProblemList): FrameworkTheme {
	const notification = safeGet(raw, "notification");
	reportNoObject(notification, `${path}.notification`, problems);
	return {
		...readColours(raw, path, problems),
		notification: {
			success: readColours(safeGet(notification, "success"), `${path}.notification.success`, problems),
			error: readColours(safeGet(notification, "error"), `${path}.notification.error`, problems),
		},
	};
}

/** `{primary, text}`; used for themes and for single toasts. */
export function readColours(raw: unknown, path: string, problems: ProblemList): ThemeColours {
	reportNoObject(raw, path, problems);
	if (!isRecord(raw)) return {};
	const colours: ThemeColours = {};
	for (const key of ["primary", "text"] as const) {
		const value = safeGet(raw, key);
		if (isCssHexColour(value)) colours[key] = value.trim();
		else if (value !== undefined && value !== "") {
			problems.warn("theme.colour.invalid", `${path}.${key}`, "Write the colour as #rgb or #rrggbb; it is ignored.");
		}
	}
	return colours;
}
