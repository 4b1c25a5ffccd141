import { expect, it } from "vitest";
import { shownSettings } from "./shown-settings.ts";

const script = (settings: string) => `window.Framework = { config: { name: "a", settings: ${settings} } };`;

it("reads what a script shows without running it", () => {
	const read = shownSettings(
		script(`{ callControls: ["hold", "mute"], ui: { hide: { menu: ["Queue activation", "queueActivation"] } } }`),
	);
	expect(read?.isSure).toBe(true);
	expect(read?.settings.callControls).toEqual(["hold", "mute"]);
	expect(read?.settings.ui.everybody.menu.hide).toContain("queueactivation");
});

it("says where it cannot be sure, and gives what is known all the same", () => {
	expect(shownSettings(script("{ callControls: chosen() }"))?.isSure).toBe(false);
	expect(shownSettings(script("makeSettings()"))?.isSure).toBe(false);
	expect(shownSettings(script("{ enableCallLogs: on(), callControls: [] }"))?.isSure).toBe(true);
	expect(shownSettings('window.Framework = { config: { name: "a" } };')?.isSure).toBe(true);
});

it.each(["", "not javascript {", "var a = 1;"])("finds nothing in %j", (source) => {
	expect(shownSettings(source)).toBeUndefined();
});
