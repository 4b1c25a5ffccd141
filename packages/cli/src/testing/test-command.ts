/** `inlay test`: Node's own runner, which reads TypeScript. */
import { spawnSync } from "node:child_process";
import { testFiles } from "./test-files.ts";

const hooks = new URL(`./authors-packages${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/**
 * @param given tests, or folders of them; none: all of this folder
 * @returns the runner's exit code. Throws StartError where there are none
 */
export function testScripts(given: readonly string[]): number {
	const files = testFiles(given);
	const { status } = spawnSync(process.execPath, ["--import", hooks.href, "--test", ...files], { stdio: "inherit" });
	return status ?? 1;
}
