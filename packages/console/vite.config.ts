import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The administrator's console, served by core at `/admin/` under a policy that allows no inline script or style. */
export default defineConfig({
	root: here("."),
	base: "/admin/",
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	build: {
		outDir: here("dist"),
		emptyOutDir: true,
		target: "es2022",
		modulePreload: { polyfill: false },
		assetsInlineLimit: 0,
	},
});
