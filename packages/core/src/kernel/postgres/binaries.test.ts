import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { completeLibraries, findBinaries } from "./binaries.ts";

const links = [{ source: "native/lib/libthing.so.1.2", target: "native/lib/libthing.so.1" }];

let folder: string;
let lib: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "inlay-binaries-"));
	lib = join(folder, "native", "lib");
	mkdirSync(lib, { recursive: true });
	writeFileSync(join(lib, "libthing.so.1.2"), "");
	writeFileSync(join(folder, "native", "pg-symlinks.json"), JSON.stringify(links));
});

afterEach(() => {
	chmodSync(lib, 0o700);
	rmSync(folder, { recursive: true, force: true });
});

test("makes the links that the package's install script did not, once", () => {
	expect(completeLibraries(join(folder, "native"), join(folder, "links"))).toBeUndefined();
	expect(readlinkSync(join(lib, "libthing.so.1"))).toBe("libthing.so.1.2");
	expect(completeLibraries(join(folder, "native"), join(folder, "links"))).toBeUndefined();
});

test.skipIf(process.getuid?.() === 0)("makes them elsewhere when the package belongs to somebody else", () => {
	chmodSync(lib, 0o500);
	expect(completeLibraries(join(folder, "native"), join(folder, "links"))).toBe(join(folder, "links"));
	expect(readlinkSync(join(folder, "links", "libthing.so.1"))).toBe(join(lib, "libthing.so.1.2"));
});

test("finds the binaries of this platform", () => {
	expect(findBinaries(join(folder, "links")).postgres).toMatch(/native\/bin\/postgres$/);
});
