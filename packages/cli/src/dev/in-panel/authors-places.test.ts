import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorsPlace } from "@inlay/contract/script-guards";
import { expect, it } from "vitest";
import { versionPlaces } from "../page-names.ts";
import { Versions } from "../versions.ts";
import { AuthorsPlaces, type VersionPlaces } from "./authors-places.ts";
import { Recorder } from "./recorder.ts";

/** What the first version of a script brings, as a panel runs its last line. */
async function placesOf(name: string, sources: Record<string, string>) {
	const folder = mkdtempSync(join(tmpdir(), "inlay-dev-"));
	for (const [file, text] of Object.entries(sources)) writeFileSync(join(folder, file), text);
	const versions = new Versions({ file: join(folder, name), published: () => false, changed: () => undefined });
	await versions.open();
	versions.close();
	rmSync(folder, { recursive: true });
	const code = versions.script(1) ?? "";
	const places = new AuthorsPlaces();
	const window = { [versionPlaces]: (version: number, given: VersionPlaces) => places.add(version, given) };
	const last = code.split("\n").find((line) => line.includes(versionPlaces));
	new Function("window", last ?? "")(window);
	const stackAt = (text: string) => {
		const lines = code.split("\n");
		const line = lines.findIndex((each) => each.includes(text));
		const at = (lines[line]?.indexOf(text) ?? 0) + 1;
		return `Error: x\n    at f (http://localhost:4300/script/1.js:${line + 1}:${at})\n    at http://localhost:4300/panel.js:1:9`;
	};
	return { places, stackAt };
}

it("an error of an imported file was told by a line of what was made of it", async () => {
	const { places, stackAt } = await placesOf("framework.ts", {
		"framework.ts":
			'import { pop } from "./pop.ts";\n\nObject.assign(window, { Framework: { config: {}, screenPop: () => pop("first") } });',
		"pop.ts":
			"interface A { b: string }\n\nexport function pop(given: string) {\n\tfor (;;) throw new Error(given);\n}\n",
	});
	expect(places.of(stackAt("new Error"))).toBe("pop.ts:4");
	expect(places.of(stackAt('pop("first")'))).toBe("framework.ts:3");
	expect(places.of("Error: x\n at http://localhost:4300/script/9.js:1:1")).toBeUndefined();
});

it("a script of one file keeps its lines, and what it throws says them, whatever it throws", async () => {
	const { places, stackAt } = await placesOf("framework.js", {
		"framework.js": "window.Framework = { config: {} };\n\nvar late = () => { throw new Error(1); };",
	});
	expect(places.of(stackAt("new Error"))).toBe("framework.js:3");
	const recorder = new Recorder(
		() => undefined,
		(thrown, stack) => places.mark(thrown, stack),
	);
	const thrown = Object.assign(new Error("x"), { stack: stackAt("new Error") });
	for (const each of [thrown, thrown, Object.freeze(new Error("frozen")), "a text", undefined])
		recorder.failed(recorder.note({ kind: "error", name: "uncaught", payload: null }), each);
	expect(thrown).toHaveProperty(authorsPlace, "framework.js:3");
	expect(JSON.stringify(thrown)).not.toContain(authorsPlace);
});
