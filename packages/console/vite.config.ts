import { fileURLToPath } from "node:url";
import { budget } from "@inlay/ui/budget";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The administrator's console, served by core at `/admin/` under a policy that allows no inline script or style. */
export default defineConfig({
	root: here("."),
	base: "/admin/",
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	// The first page is the shell with one area: 90 kB at most (issue 6 of 6). Another language than English is a chunk more,
	// with the texts of every area: 66 kB, of which a browser has one.
	plugins: [budget({ shellKilobytes: 45, chunkKilobytes: 66, toolKilobytes: 180 })],
	build: {
		outDir: here("dist"),
		emptyOutDir: true,
		target: "es2022",
		modulePreload: { polyfill: false },
		assetsInlineLimit: 0,
		rolldownOptions: { input: { index: here("index.html"), testCrm: here("test-crm.html") } },
	},
});
