import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The demo's two pages; each is served from an origin of its own, with the assets that they share (src/servers.ts). */
export default defineConfig({
	root: here("."),
	base: "/",
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	build: {
		outDir: here("dist"),
		emptyOutDir: true,
		target: "es2022",
		modulePreload: { polyfill: false },
		rolldownOptions: { input: { crm: here("crm/index.html"), customer: here("customer/index.html") } },
	},
});
