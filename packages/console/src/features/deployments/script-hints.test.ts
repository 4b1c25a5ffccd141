import { describe, expect, it } from "vitest";
import { refusedLine, scriptHints } from "./script-hints.ts";
import { starterScript } from "./starter-script.ts";

const id = "0a000000-0000-4000-8000-000000000001";

describe("hints on a framework.js", () => {
	it("has none on the script to start from", () => {
		expect(scriptHints(starterScript({ name: "CRM", region: "local", clientId: id }))).toEqual([]);
	});

	it("missed an initialSetup that no script needs, of which the linter says nothing", () => {
		expect(scriptHints(`window.Framework = { config: { clientIds: { a: "${id}" } }, screenPop() {} }`)).toEqual([]);
	});

	it("found something in what `inlay new framework` makes, which names no client: agents sign in with the deployment's", () => {
		expect(scriptHints("window.Framework = { config: { clientIds: {} }, initialSetup() {} }")).toEqual([]);
	});

	it("counts bytes, not characters", () => {
		const source = `${starterScript({ name: "x", region: "r", clientId: id })}//${"é".repeat(600_000)}`;
		expect(scriptHints(source)).toEqual(["too.large"]);
	});

	it("finds the line of a refusal", () => {
		expect(refusedLine("properties.frameworkJs: is not JavaScript: Unexpected token (line 12).")).toBe(12);
		expect(refusedLine("something else")).toBeUndefined();
	});
});

describe("the script to start from", () => {
	it("is JavaScript whatever the names are", () => {
		const source = starterScript({ name: 'It\'s "A"\n</script>', region: "a-b", clientId: id });
		const page: { Framework?: { config: { name: string; clientIds: Record<string, string> } } } = {};
		new Function("window", source)(page);
		expect(page.Framework?.config.name).toBe('It\'s "A"\n</script>');
		expect(page.Framework?.config.clientIds).toEqual({ "a-b": id });
	});
});
