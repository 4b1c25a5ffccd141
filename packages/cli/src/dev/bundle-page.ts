import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { besideUs } from "./beside-us.ts";

/** What the dev server gives browsers: one classic script of our own sources. @param entry beside this file, without its ending */
export async function bundlePage(entry: string): Promise<string> {
	const made = await rolldown({
		input: fileURLToPath(besideUs(entry)),
		platform: "browser",
		logLevel: "silent",
		transform: { target: "es2022", jsx: { runtime: "automatic", importSource: "preact" } },
	});
	const { output } = await made.generate({ format: "iife", sourcemap: false, codeSplitting: false, minify: true });
	await made.close();
	return output[0].code;
}

/** The style sheets of the panel's and the console's controls, in one. */
export async function controlStyles(): Promise<string> {
	const address = new URL(import.meta.resolve("@inlay/ui/styles.css"));
	const sheet = await readFile(address, "utf8");
	const parts = [...sheet.matchAll(/@import "([^"]+)";/g)].map(([, name = ""]) =>
		readFile(new URL(name, address), "utf8"),
	);
	return (await Promise.all(parts)).join("\n");
}
