import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { nodeTooOld, oldestNode } from "./node-version.ts";

test.each(["22.18.0", "22.19.1", "24.0.0"])("Node %s does", (version) => expect(nodeTooOld(version)).toBeUndefined());

test.each(["18.20.8", "20.20.2", "22.17.9"])("Node %s does not", (version) =>
	expect(nodeTooOld(version)).toMatch(
		new RegExp(`^The inlay command needs Node 22.18 or newer, and this is Node ${version}:`),
	),
);

test("the package asks npm for the Node that its commands ask for", () => {
	const packing = readFileSync(new URL("../../../scripts/pack/package-folder.mjs", import.meta.url), "utf8");
	expect(packing).toContain(`engines: { node: ">=${oldestNode.join(".")}" }`);
});

test("an older Node was called a defect of Inlay's own, by what it lacked", () => {
	const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } })';
	const main = fileURLToPath(new URL("./main.ts", import.meta.url));
	const args = ["--import", `data:text/javascript,${encodeURIComponent(older)}`, main, "test", "x.test.ts"];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
	expect([status, stdout, stderr]).toEqual([10, "", `${nodeTooOld("20.19.0")}\n`]);
});
