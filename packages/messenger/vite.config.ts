import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig } from "vite";
import { screenBuild } from "./screen-build.ts";
import { build, defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a page pays that embeds it (issue 4 of 6), and what one that is shared pays once its customer has agreed, kB gzip. */
const budgets = { messenger: 25, cobrowse: 40 };
/** Scripts that stand in pages of others are each one file: each is built by itself, the messenger first. */
const name = process.env.INLAY_MESSENGER_PART === "cobrowse" ? "cobrowse" : "messenger";

/** One script that any page embeds; the words of other languages lie beside it (public/) and come with the settings. */
export default defineConfig({
	root: here("."),
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	plugins: [
		screenBuild(),
		{
			name: "inlay-cobrowse",
			async closeBundle() {
				if (name === "cobrowse") return;
				process.env.INLAY_MESSENGER_PART = "cobrowse";
				try {
					await build({ configFile: here("vite.config.ts"), logLevel: "warn" });
				} finally {
					delete process.env.INLAY_MESSENGER_PART;
				}
			},
		},
		{
			name: "inlay-messenger-budget",
			generateBundle(_options, bundle) {
				for (const file of Object.values(bundle)) {
					if (file.type !== "chunk") continue;
					const kilobytes = gzipSync(file.code, { level: 9 }).length / 1000;
					if (kilobytes > budgets[name])
						this.error(
							`Over budget: ${file.fileName} weighs ${kilobytes.toFixed(1)} kB gzip, ${budgets[name]} are allowed`,
						);
				}
			},
		},
	],
	build: {
		outDir: here("dist"),
		emptyOutDir: name === "messenger",
		copyPublicDir: name === "messenger",
		target: "es2022",
		lib: {
			entry: here(name === "messenger" ? "src/messenger.ts" : "src/cobrowse/cobrowse.ts"),
			formats: ["iife"],
			name: name === "messenger" ? "InlayMessengerScript" : "InlayCobrowseScript",
			fileName: () => `${name}.js`,
		},
	},
});
