import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("words for screen readers made the panel's document as long as the list that they stood in", () => {
	const css = readFileSync(new URL("./base.css", import.meta.url), "utf8");
	const rule = /\.ui-hidden\s*\{([^}]*)\}/.exec(css)?.[1];
	// An absolute one lies in the document as soon as no ancestor that scrolls is positioned.
	expect(rule).toMatch(/position:\s*fixed;/);
});
