import type { LiveInteraction } from "../../session/interaction.ts";
import { t } from "./strings.ts";

/** What is said as co-browsing ends: the page goes from the window without a word. Why, the card says. */
export function newsOfCobrowse(before: LiveInteraction | undefined, call: LiveInteraction): string | undefined {
	const wasLive = before?.cobrowse !== undefined && before.cobrowse !== "offering";
	return wasLive && call.cobrowse === undefined ? t("viewEnded") : undefined;
}
