import { fileURLToPath } from "node:url";
import { budget } from "@inlay/ui/budget";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * One page under several addresses (`/crm/embeddableFramework.html`, `/crm/index.html`, `/crm/<partner>/index.html`),
 * so its assets are addressed absolutely, below `/crm/assets/`.
 */
export default defineConfig({
	root: here("."),
	base: "/crm/",
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	plugins: [
		budget({
			shellKilobytes: 75,
			chunkKilobytes: 25,
			// Where `pageCompatibility` asks for it (decision 88).
			named: { "jquery.min": 31 },
			// What boot/load-workspace.ts has loaded while somebody signs in.
			together: ["session", "agent-stay", "workspace-frame"],
		}),
	],
	build: {
		outDir: here("dist"),
		emptyOutDir: true,
		target: "es2022",
		modulePreload: { polyfill: false },
		rolldownOptions: {
			input: {
				index: here("index.html"),
				authWindow: here("authWindow.html"),
				interaction: here("interaction.html"),
				phoneWindow: here("phoneWindow.html"),
				cobrowse: here("cobrowse.html"),
				isolated: here("isolated.html"),
				selfTest: here("self-test.html"),
			},
		},
	},
});
