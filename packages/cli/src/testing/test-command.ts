/** `inlay test`: Node's own runner, which reads TypeScript. */
import { spawnSync } from "node:child_process";

const hooks = new URL(`./authors-packages${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** @param files none: all that are named as tests, in this folder and below @returns the runner's exit code */
export function testScripts(files: readonly string[]): number {
	const { status } = spawnSync(process.execPath, ["--import", hooks.href, "--test", ...files], { stdio: "inherit" });
	return status ?? 1;
}
