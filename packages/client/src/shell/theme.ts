import type { FrameworkTheme } from "@inlay/contract";
import { readablePair } from "@inlay/ui";

/** Colours the header as the script wishes; unreadable or invalid colours are corrected or left out (framework-contract 4). */
export function applyTheme(theme: FrameworkTheme): void {
	const { style } = document.documentElement;
	const pair = readablePair(theme.primary, theme.text);
	if (!pair) return;
	style.setProperty("--brand", pair.primary);
	style.setProperty("--brand-text", pair.text);
}
