import { expect, it } from "vitest";
import { applyFixes } from "./fix.ts";
import { lintFrameworkScript } from "./lint.ts";

it.each([
	[
		"a listener that is removed again",
		'window.Framework = { config: { name: "n", clientIds: {} }, n: 0, on() { this.n += 1; }, initialSetup() { window.addEventListener("blur", this.on); }, stop() { window.removeEventListener("blur", this.on); } };',
	],
	[
		"a method of an object that is made anew each time",
		'function make() { return { n: 1, on() { this.n += 1; } }; } window.Framework = { config: { name: "n", clientIds: {} }, initialSetup() { window.addEventListener("blur", make().on); } };',
	],
	[
		"a key that the script reads itself",
		'window.Framework = { config: { name: "n", clientIds: {} }, screenpop() {}, initialSetup() { window.addEventListener("blur", () => window.Framework.screenpop()); } };',
	],
	[
		"a text that is compared as one",
		'var on = "true"; window.Framework = { config: { name: "n", clientIds: {}, settings: { enableCallHistory: on } }, initialSetup() { if (on === "true") console.log(on); } };',
	],
])("%s: a fix would have changed what works", (_name, source) => {
	const findings = lintFrameworkScript(source);
	expect(findings).toHaveLength(1);
	expect(applyFixes(source, findings)).toEqual({ source, fixed: 0 });
});

it("an attribute that the script writes itself was read by another name after the fix", () => {
	const source =
		'window.Framework = { config: { name: "n", clientIds: {}, customInteractionAttributes: ["caseId"] }, screenPop(text, interaction) { interaction.attributes.caseId = text; console.log(interaction.attributes.caseId); } };';
	expect(lintFrameworkScript(source)).toEqual([]);
});
