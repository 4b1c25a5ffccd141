import type { FrameworkProblem, FrameworkTheme } from "@inlay/contract";
import { readablePair } from "@inlay/ui";

/**
 * Colours the header as the script wishes; unreadable or invalid colours are corrected or left out (framework-contract 4).
 * @returns what had to be corrected, for whoever wrote the script
 */
export function applyTheme(theme: FrameworkTheme, style = document.documentElement.style): FrameworkProblem[] {
	const pair = readablePair(theme.primary, theme.text);
	if (!pair) return [];
	style.setProperty("--brand", pair.primary);
	style.setProperty("--brand-text", pair.text);
	const { corrected } = pair;
	if (!corrected) return [];
	const text = `${corrected.wished} on ${pair.primary} has a contrast of ${corrected.contrast}, and 4.5 is asked for; ${pair.text} is shown.`;
	return [{ code: "theme.text.contrast", severity: "warning", path: "config.settings.theme.text", text }];
}
