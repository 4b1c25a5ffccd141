import { expect, it } from "vitest";
import { tellScriptEnded } from "./script-ended.ts";

function panelIn(origin: string) {
	const told: unknown[] = [];
	const parent = { postMessage: (data: string, target: string) => told.push([JSON.parse(data).type, target]) };
	return { told, window: { parent, location: { ancestorOrigins: [origin] } } as unknown as Window };
}

it("a CRM's card rang on after its script was ended: the page is told, and no stranger's", () => {
	const embeds = (origin: string) => origin === "https://crm.example";
	const crm = panelIn("https://crm.example");
	tellScriptEnded(crm.window, embeds);
	expect(crm.told).toEqual([["Inlay.scriptEnded", "https://crm.example"]]);
	const stranger = panelIn("https://evil.example");
	tellScriptEnded(stranger.window, embeds);
	expect(stranger.told).toEqual([]);
});
