import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, parseColor } from "./color.ts";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");

function token(scheme: string, name: string) {
	const colour = parseColor(new RegExp(`--${name}: (#[0-9a-f]+);`).exec(scheme)?.[1]);
	if (!colour) throw new Error(`no token --${name}`);
	return colour;
}

const textPairs: [string, string][] = [
	...["surface", "surface-2", "surface-3"].flatMap((ground): [string, string][] => [
		["text", ground],
		["text-muted", ground],
	]),
	...["accent", "good", "warn", "bad"].flatMap((tone): [string, string][] => [
		[tone, "surface"],
		[`${tone}-text`, tone],
		[tone, `${tone}-soft`],
		["text", `${tone}-soft`],
	]),
	["brand-text", "brand"],
];

describe.each([
	["light", light],
	["dark", dark],
])("%s scheme", (_name, scheme) => {
	it.each(textPairs)("%s on %s reaches 4.5:1", (text, ground) => {
		expect(contrast(token(scheme, text), token(scheme, ground))).toBeGreaterThanOrEqual(4.5);
	});

	it("draws control borders and focus at 3:1 or more", () => {
		expect(contrast(token(scheme, "line-strong"), token(scheme, "surface"))).toBeGreaterThanOrEqual(3);
		expect(contrast(token(scheme, "focus"), token(scheme, "surface"))).toBeGreaterThanOrEqual(3);
	});
});
