import { expect, it } from "vitest";
import { originsAround } from "./embedding-origin.ts";
import { tellScriptEnded } from "./script-ended.ts";

const hosts = ["https://crm.example", "https://*.b.example"];

function toldIn(location: { ancestorOrigins?: string[] }, referrer = "") {
	const told: unknown[] = [];
	const parent = { postMessage: (data: string, target: string) => told.push([JSON.parse(data).type, target]) };
	const window = { parent, location, document: { referrer } } as unknown as Window;
	tellScriptEnded(window, originsAround(window, hosts));
	return told;
}

it("a CRM's card rang on after its script was ended: the page is told, and no stranger's", () => {
	expect(toldIn({ ancestorOrigins: ["https://x.b.example"] })).toEqual([["Inlay.scriptEnded", "https://x.b.example"]]);
	expect(toldIn({ ancestorOrigins: ["https://evil.example"] })).toEqual([]);
});

it("a page was not told by Firefox, which knows nothing of it behind the sign-in: those of the list are", () => {
	expect(toldIn({}, "https://x.b.example/case/1")).toEqual([["Inlay.scriptEnded", "https://x.b.example"]]);
	expect(toldIn({}, "https://inlay.example/oauth/authorize")).toEqual([["Inlay.scriptEnded", "https://crm.example"]]);
});
