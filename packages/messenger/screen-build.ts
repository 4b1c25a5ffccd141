import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** With the words of fifteen languages; a page pays it only when a screen is shared, kB gzip. */
const mostKilobytes = 15;

/** Builds `screen.js` beside the messenger: a script in pages of others is one file, so each is built by itself. */
export function screenBuild(): Plugin {
	return {
		name: "inlay-screen",
		async closeBundle() {
			await build({
				root: here("."),
				configFile: false,
				logLevel: "warn",
				plugins: [budget],
				build: {
					outDir: here("dist"),
					emptyOutDir: false,
					copyPublicDir: false,
					target: "es2022",
					lib: {
						entry: here("src/screen/screen.ts"),
						formats: ["iife"],
						name: "InlayScreenScript",
						fileName: () => "screen.js",
					},
				},
			});
		},
	};
}

const budget: Plugin = {
	name: "inlay-screen-budget",
	generateBundle(_options, bundle) {
		for (const file of Object.values(bundle)) {
			if (file.type !== "chunk") continue;
			const kilobytes = gzipSync(file.code, { level: 9 }).length / 1000;
			if (kilobytes > mostKilobytes)
				this.error(`Over budget: screen.js weighs ${kilobytes.toFixed(1)} kB gzip, ${mostKilobytes} are allowed`);
		}
	},
};
