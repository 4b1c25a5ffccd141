import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type BuiltFile, overBudget, shellAndHeaviest, weigh } from "./budget.ts";

const noise = (kilobytes: number) => randomBytes(kilobytes * 750).toString("base64");
const chunk = (fileName: string, kilobytes: number, more: Partial<BuiltFile> = {}): BuiltFile => ({
	type: "chunk",
	fileName,
	code: noise(kilobytes),
	...more,
});
const limits = { shellKilobytes: 150, chunkKilobytes: 40 };

describe("byte budget", () => {
	it("counts what an entry loads at once, style sheets included, and nothing lazy", () => {
		const files = {
			"index.js": chunk("index.js", 10, {
				isEntry: true,
				imports: ["shared.js"],
				viteMetadata: { importedCss: new Set(["index.css"]) },
			}),
			"shared.js": chunk("shared.js", 10),
			"index.css": { type: "asset", fileName: "index.css", source: noise(10) } satisfies BuiltFile,
			"feature.js": chunk("feature.js", 10, { imports: ["shared.js"] }),
		};
		const weights = weigh(files, limits);
		const [shell, feature] = [
			weights.find((each) => each.name === "index.js"),
			weights.find((each) => each.name === "feature.js"),
		];
		expect(shell?.kilobytes).toBeCloseTo(3 * (feature?.kilobytes ?? 0), 0);
		expect(weights).toHaveLength(2);
		expect(overBudget(weights)).toBeUndefined();
	});

	it("a view was weighed with the frame that shows it, and which is always there first", () => {
		const files = {
			"index.js": chunk("index.js", 5, { isEntry: true, dynamicImports: ["frame.js"] }),
			"frame.js": chunk("frame.js", 20, { imports: ["index.js"], dynamicImports: ["view.js", "both.js"] }),
			"view.js": chunk("view.js", 20, { imports: ["frame.js"], dynamicImports: ["both.js"] }),
			"both.js": chunk("both.js", 5, { imports: ["view.js"] }),
		};
		const of = (name: string) => weigh(files, limits).find((each) => each.name === name)?.kilobytes ?? 0;
		expect(of("view.js")).toBeLessThan(21);
		expect(of("frame.js")).toBeLessThan(21);
		// The frame may ask for it before the view is there.
		expect(of("both.js")).toBeGreaterThan(of("view.js"));
	});

	it("counts what chunks that come at once share with the first of them, and with nothing that they ask for", () => {
		const lazy = (name: string, imports: string[], dynamicImports: string[] = []) =>
			chunk(`${name}.js`, 10, { name, imports, dynamicImports });
		const files = {
			"index.js": chunk("index.js", 5, { isEntry: true, dynamicImports: ["stay.js", "frame.js"] }),
			"stay.js": lazy("stay", ["shared.js"]),
			"frame.js": lazy("frame", ["shared.js"], ["view.js"]),
			"view.js": lazy("view", ["stay.js", "shared.js"]),
			"shared.js": chunk("shared.js", 10),
		};
		const of = (name: string) =>
			weigh(files, { ...limits, together: ["stay", "frame"] }).find((each) => each.name === name)?.kilobytes ?? 0;
		expect(of("stay.js")).toBeGreaterThan(14);
		expect(of("frame.js")).toBeLessThan(8);
		expect(of("view.js")).toBeLessThan(8);
		expect(() => weigh(files, { ...limits, together: ["gone"] })).toThrow("gone");
	});

	it("lets a tool be heavier that is fetched from a lazy chunk only", () => {
		const files = {
			"index.js": chunk("index.js", 5, { isEntry: true, dynamicImports: ["screen.js"] }),
			"screen.js": chunk("screen.js", 5, { imports: ["index.js"], dynamicImports: ["editor.js"] }),
			"editor.js": chunk("editor.js", 80),
		};
		const allowed = { shellKilobytes: 20, chunkKilobytes: 20, toolKilobytes: 90 };
		expect(overBudget(weigh(files, allowed))).toBeUndefined();
		expect(overBudget(weigh(files, { ...allowed, toolKilobytes: 50 }))).toContain("editor.js");
		expect(overBudget(weigh({ ...files, "screen.js": chunk("screen.js", 80) }, allowed))).toContain("screen.js");
	});

	it("gives a chunk that few ask for a limit of its own, and no other", () => {
		const files = {
			"index.js": chunk("index.js", 5, { isEntry: true, dynamicImports: ["compat.js", "view.js"] }),
			"compat.js": chunk("compat.js", 1, { dynamicImports: ["library.js"] }),
			"library.js": chunk("library.js", 30, { name: "library" }),
			"view.js": chunk("view.js", 19),
		};
		const allowed = { shellKilobytes: 20, chunkKilobytes: 20, named: { library: 32 } };
		expect(overBudget(weigh(files, allowed))).toBeUndefined();
		expect(overBudget(weigh(files, { ...allowed, named: { other: 32 } }))).toContain("library.js");
		expect(
			shellAndHeaviest(weigh({ ...files, "index-a.js": chunk("index-a.js", 5, { isEntry: true }) }, allowed)).lazy.name,
		).toBe("view.js");
	});

	it("names the chunk that is too heavy", () => {
		const files = { "index.js": chunk("index.js", 5, { isEntry: true }), "charts.js": chunk("charts.js", 80) };
		expect(overBudget(weigh(files, limits))).toContain("charts.js");
	});

	it("was read by the bench by limits that the build had changed: it found neither shell nor chunk", () => {
		const files = {
			"assets/index-C8XpDudw.js": chunk("assets/index-C8XpDudw.js", 10, { isEntry: true }),
			"assets/authWindow-UdBYTO9V.js": chunk("assets/authWindow-UdBYTO9V.js", 5, { isEntry: true }),
			"assets/light.js": chunk("assets/light.js", 1),
			"assets/heavy.js": chunk("assets/heavy.js", 4),
		};
		const written = JSON.stringify(weigh(files, { shellKilobytes: 75, chunkKilobytes: 25 }));
		const { shell, lazy } = shellAndHeaviest(JSON.parse(written));
		expect([shell.name, shell.limit, lazy.name, lazy.limit]).toEqual([
			"assets/index-C8XpDudw.js",
			75,
			"assets/heavy.js",
			25,
		]);
		expect(() => shellAndHeaviest([])).toThrow("no index entry");
	});
});
