import { expect, test } from "vitest";
import { hearBlockedWindows } from "./blocked-windows.ts";

/** A window whose browser blocks every address but `/opened`; and a script in it. */
function scene(file: string) {
	let told = 0;
	const window = { open: (url: string) => (url === "/opened" ? {} : null) } as unknown as Window;
	hearBlockedWindows(window, () => {
		told++;
	});
	const script = new Function("window", "args", `return window.open(...args)\n//# sourceURL=https://panel/${file}`);
	return { open: (...args: unknown[]) => script(window, args), told: () => told };
}

test("a pop-up at screenPop that the browser blocked was told nobody", () => {
	const { open, told } = scene("framework.js?v=1");
	expect([open("/record"), told()]).toEqual([null, 1]);
	open("/record", "crm", "width=400,noopener=no");
	expect(told()).toBe(2);
});

test("a window that has opened, or of which a browser tells nothing, and the panel's own are not told", () => {
	const { open, told } = scene("framework.js");
	expect(open("/opened")).toEqual({});
	open("/record", "_blank", "noopener");
	const panel = scene("assets/index.js");
	panel.open("/record");
	expect([told(), panel.told()]).toEqual([0, 0]);
});
