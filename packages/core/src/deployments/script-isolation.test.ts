import { expect, it } from "vitest";
import { asksForIsolation } from "./lint-script.ts";
import type { Deployment } from "./model.ts";
import { ScriptIsolation } from "./script-isolation.ts";

const deployment = {
	id: "d1",
	scriptVersion: 1,
	properties: { frameworkJs: "window.Framework = {};" },
} as unknown as Deployment;

it("a script that nobody had time to read was isolated for good: it is asked again", async () => {
	const answers = [
		{ asks: true, isSure: false },
		{ asks: false, isSure: true },
	];
	let asked = 0;
	const isolation = new ScriptIsolation(async () => answers[asked++] ?? { asks: true, isSure: true });
	expect(await isolation.of(deployment)).toEqual({ isolation: true, withholdsToken: true });
	expect(await isolation.of(deployment)).toEqual({});
	expect(await isolation.of(deployment)).toEqual({});
	expect(asked).toBe(2);
});

it.each([
	["settings: { isolation: false }", false],
	["// isolation is for others", false],
	["settings: { isolation: true }", true],
	['settings: { "isolation":!0 }', true],
	['settings: { isolation: "true" }', true],
	["settings: { isolation: 0 }", false],
])("the panel waited for the linter, whatever a script says of isolation: %s", async (text, asks) => {
	const source = `window.Framework = { config: { name: "n", clientIds: {}, ${text.startsWith("//") ? "settings: {}" : text} } }; ${text.startsWith("//") ? text : ""}`;
	expect(await asksForIsolation(source, "d1")).toEqual({ asks, isSure: true });
});
