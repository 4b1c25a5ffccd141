import { expect, it } from "vitest";
import { ApiError } from "../session/api.ts";
import { BootError } from "./boot-client.ts";
import { clockFinding, findingOf, isPassingThere, windowFinding } from "./findings.ts";

const api = "https://api.example";
const scopes = { code: "app.not.authorized.for.scope", message: "The OAuth client Panel lacks the scope for this." };

it.each([
	["missing scopes were a server that cannot be reached", new ApiError(403, scopes), true, "client.without.scopes"],
	[
		"so they were where access is asked for",
		new BootError(403, scopes.message, scopes.code),
		true,
		"client.without.scopes",
	],
	["an API that a policy or a wrong address hides was a dead network", new ApiError(0, {}), true, "api.unreachable"],
	["a network that is away is one", new ApiError(0, {}), false, "network"],
	["a server that fails was a network that is away", new ApiError(503, {}), true, "server.error"],
	["a panel's server that is away is the network", new BootError(0, "No answer"), false, "network"],
])("%s", (_what, error, panelAnswers, code) => {
	expect(findingOf(error, api, panelAnswers).code).toBe(code);
});

it.each([
	["a mistake of the panel's loaded it anew for ever", new TypeError("x is not a function"), false],
	["no answer", new ApiError(0, {}), true],
	["a server in trouble", new ApiError(503, {}), true],
	["a boot server that is busy", new BootError(429, ""), true],
	["a refusal", new ApiError(403, {}), false],
	[
		"Chromium's code that did not load",
		new TypeError("Failed to fetch dynamically imported module: https://x/a.js"),
		true,
	],
	["Firefox's", new TypeError("error loading dynamically imported module: https://x/a.js"), true],
	["Safari's", new TypeError("Importing a module script failed."), true],
	["Vite's", new Error("Unable to preload CSS for /a.css"), true],
])("what passes by itself: %s", (_what, error, passes) => {
	expect(isPassingThere(error)).toBe(passes);
});

it("a clock that is far off is told in minutes, a small difference is nobody's business", () => {
	expect(clockFinding(-13 * 60_000)).toEqual({ code: "clock.off", text: "13" });
	expect(clockFinding(119_000)).toBeUndefined();
});

it("a panel in a sandbox without an origin said that the network was down", () => {
	expect(windowFinding("null")?.code).toBe("frame.sandboxed");
	expect(windowFinding("https://panel.example")).toBeUndefined();
});
