import { tellAround } from "./embedding-origin.ts";

/** To the page around, as JSON: what it was told of calls by the script stands still from now on. */
const scriptEnded = { type: "Inlay.scriptEnded", data: {} } as const;

/**
 * Tells the page that embeds the panel that its script was ended or taken away: nobody else can, and calls that it shows
 * would ring on.
 * Never throws.
 * @param origins of pages that may embed the panel: no other one is told anything
 */
export function tellScriptEnded(window: Window, origins: readonly string[]): void {
	tellAround(window, JSON.stringify(scriptEnded), origins);
}
