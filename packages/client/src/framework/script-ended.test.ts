import { expect, it } from "vitest";
import { originsAround } from "./embedding-origin.ts";
import { tellScriptEnded } from "./script-ended.ts";

const listed = ["https://crm.example", "https://*.b.example"];

function toldIn(location: { ancestorOrigins?: string[] }, referrer = "", hosts = listed) {
	const told: unknown[] = [];
	// As browsers do, it throws for what is no address.
	const postMessage = (data: string, target: string) => told.push([JSON.parse(data).type, new URL(target).origin]);
	const parent = { postMessage };
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

it("an entry without a scheme was no origin, and kept all others from being told: it is two of them", () => {
	const told = toldIn({}, "", [
		"crm.example",
		"*.b.example",
		"no origin",
		"https://c.example:443",
		"http://localhost:8080",
	]);
	expect(told.map((one) => (one as string[])[1])).toEqual([
		...["https://crm.example", "http://crm.example", "https://c.example"],
		...["https://localhost:8080", "http://localhost:8080"],
	]);
});
