import { embeddingOrigin } from "./embedding-origin.ts";

/** To the page around, as JSON: what it was told of calls by the script stands still from now on. */
export const scriptEnded = { type: "Inlay.scriptEnded", data: {} } as const;

/**
 * Tells the page that embeds the panel that its script was ended: nobody else can, and calls that it shows would ring on.
 * @param embeds whether pages of an origin may embed the panel: no other one is told anything
 */
export function tellScriptEnded(window: Window, embeds: (origin: string) => boolean): void {
	const origin = embeddingOrigin(window, embeds);
	if (origin !== undefined && window.parent !== window) window.parent.postMessage(JSON.stringify(scriptEnded), origin);
}
