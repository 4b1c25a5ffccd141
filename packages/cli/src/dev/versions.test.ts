import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Versions } from "./versions.ts";

let folder: string;
let file: string;
let versions: Versions;
let published: number[];

const script = (name: string) => `window.Framework = { config: { name: "${name}" } };`;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "inlay-dev-"));
	file = join(folder, "framework.js");
	writeFileSync(file, script("one"));
	published = [];
	versions = new Versions({ file, published: (version) => published.push(version), changed: () => undefined });
	await versions.open();
});

afterEach(() => {
	versions.close();
	rmSync(folder, { recursive: true, force: true });
});

it("each save is a version, also where the editor puts another file in its place", async () => {
	expect(versions.script(1)).toContain('"one"');
	writeFileSync(file, script("two"));
	await expect.poll(() => published).toEqual([1, 2]);
	writeFileSync(join(folder, "new"), script("three"));
	renameSync(join(folder, "new"), file);
	await expect.poll(() => published).toEqual([1, 2, 3]);
	expect(versions.script(3)).toContain('"three"');
});

it("a script that cannot be read makes no version, and the next that can does", async () => {
	writeFileSync(file, "window.Framework = {");
	await expect.poll(() => versions.state.failure?.place?.line).toBe(1);
	expect(published).toEqual([1]);
	writeFileSync(file, script("one"));
	await expect.poll(() => published).toEqual([1, 2]);
	expect(versions.state.failure).toBeUndefined();
});

it("says once how long it took until the first panel ran what was saved", async () => {
	writeFileSync(file, script("two"));
	await expect.poll(() => published).toEqual([1, 2]);
	expect(versions.isLive(2, true)).toBeGreaterThanOrEqual(0);
	expect(versions.isLive(2, true)).toBeUndefined();
	expect(versions.isLive(1, false)).toBeUndefined();
});
