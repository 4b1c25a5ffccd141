import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { budget, lazyBuilds } from "./lazy-builds.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a page pays that embeds it (issue 4 of 6), kB gzip. */
const mostKilobytes = 25;

/** One script that any page embeds; the words of other languages lie beside it (public/) and come with the settings. */
export default defineConfig({
	root: here("."),
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	plugins: [lazyBuilds(), budget(mostKilobytes)],
	build: {
		outDir: here("dist"),
		emptyOutDir: true,
		target: "es2022",
		lib: {
			entry: here("src/messenger.ts"),
			formats: ["iife"],
			name: "InlayMessengerScript",
			fileName: () => "messenger.js",
		},
	},
});
