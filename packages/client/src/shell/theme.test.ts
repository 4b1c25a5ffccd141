import { expect, it } from "vitest";
import { applyTheme } from "./theme.ts";

function themed(primary: string, text: string) {
	const set: Record<string, string> = {};
	const style = {
		setProperty: (name: string, value: string) => {
			set[name] = value;
		},
	} as unknown as CSSStyleDeclaration;
	const notification = { success: {}, error: {} };
	return { problems: applyTheme({ primary, text, notification }, style), set };
}

it("theme.text was replaced by black or white though it could be read", () => {
	const { problems, set } = themed("#0b3d91", "#ffe08a");
	expect(set).toEqual({ "--brand": "#0b3d91", "--brand-text": "#ffe08a" });
	expect(problems).toEqual([]);
});

it("nobody was told that theme.text had been changed", () => {
	const { problems, set } = themed("#ffffff", "#ff9900");
	expect(set["--brand-text"]).not.toBe("#000000");
	expect(problems).toMatchObject([
		{ code: "theme.text.contrast", severity: "warning", path: "config.settings.theme.text" },
	]);
	expect(problems[0]?.text).toContain("2.14");
	expect(problems[0]?.text).toContain(set["--brand-text"]);
});
