import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ScriptReport } from "../framework/ports.ts";
import { browserClock } from "../session/clock.ts";
import { watchBlockedLoads } from "./blocked-loads.ts";
import { Toasts } from "./toasts.ts";

const page = new EventTarget();
let told: ScriptReport[];

beforeEach(() => {
	told = [];
	vi.stubGlobal("document", page);
	vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => vi.unstubAllGlobals());

function blocked(effectiveDirective: string, blockedURI: string): void {
	page.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), { effectiveDirective, blockedURI }));
}

test("an operator did not see what the panel's policy kept from a script: the origin, not the whole address", () => {
	watchBlockedLoads(new Toasts(browserClock), (report) => told.push(report));
	blocked("script-src-elem", "https://cdn.example/lib.js?key=hunter2");
	blocked("script-src-elem", "inline");
	blocked("img-src", "https://pictures.example/a.png");
	expect(told).toEqual([
		{ code: "framework.load.blocked", text: "https://cdn.example" },
		{ code: "framework.load.blocked", text: "script-src-elem: inline" },
	]);
});
