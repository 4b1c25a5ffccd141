import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig } from "vite";
import { screenBuild } from "./screen-build.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a page pays that embeds it (issue 4 of 6), kB gzip. */
const mostKilobytes = 25;

/** One script that any page embeds; the words of other languages lie beside it (public/) and come with the settings. */
export default defineConfig({
	root: here("."),
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	plugins: [
		screenBuild(),
		{
			name: "inlay-messenger-budget",
			generateBundle(_options, bundle) {
				for (const file of Object.values(bundle)) {
					if (file.type !== "chunk") continue;
					const kilobytes = gzipSync(file.code, { level: 9 }).length / 1000;
					if (kilobytes > mostKilobytes)
						this.error(
							`Over budget: ${file.fileName} weighs ${kilobytes.toFixed(1)} kB gzip, ${mostKilobytes} are allowed`,
						);
				}
			},
		},
	],
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
