import { expect, it } from "vitest";
import { browserName } from "./browser-name.ts";

const like = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";

it.each([
	[`${like} Chrome/141.0.0.0 Safari/537.36`, "Chrome 141, Windows"],
	[`${like} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.3537.57`, "Edge 141, Windows"],
	[`${like} Chrome/140.0.0.0 Safari/537.36 OPR/122.0.0.0`, "Opera 122, Windows"],
	["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140, Linux"],
	[
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
		"Safari 26, macOS",
	],
	[
		"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36",
		"Chrome 139, ChromeOS",
	],
	["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome 140, Android"],
	["Firefox/140.0", "Firefox 140"],
	["curl/8.14", undefined],
	["", undefined],
	[undefined, undefined],
	[`Firefox/${"1".repeat(2000)}`, undefined],
])("%s is %s", (header, name) => {
	expect(browserName(header)).toBe(name);
});
