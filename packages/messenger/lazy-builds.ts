import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A script that the messenger loads when it is wanted. */
interface LazyScript {
	file: string;
	entry: string;
	/** Of the variable that the script's own code lives in. */
	name: string;
	/** kB gzip. */
	mostKilobytes: number;
}

const scripts: readonly LazyScript[] = [
	// With the words of fifteen languages; a page pays it only when a screen is shared.
	{ file: "screen.js", entry: "src/screen/screen.ts", name: "InlayScreenScript", mostKilobytes: 15 },
	// With the recorder; a page pays it once its customer has agreed to show it (agent-features 12).
	{ file: "cobrowse.js", entry: "src/cobrowse/cobrowse.ts", name: "InlayCobrowseScript", mostKilobytes: 40 },
];

/** Builds them beside the messenger: a script in pages of others is one file, so each is built by itself. */
export function lazyBuilds(): Plugin {
	return {
		name: "inlay-lazy-scripts",
		async closeBundle() {
			for (const script of scripts) await buildOne(script);
		},
	};
}

async function buildOne({ file, entry, name, mostKilobytes }: LazyScript): Promise<void> {
	await build({
		root: here("."),
		configFile: false,
		logLevel: "warn",
		plugins: [budget(mostKilobytes)],
		build: {
			outDir: here("dist"),
			emptyOutDir: false,
			copyPublicDir: false,
			target: "es2022",
			lib: { entry: here(entry), formats: ["iife"], name, fileName: () => file },
		},
	});
}

/** Writes down what a script weighs, as `npm test` asks (scripts/budgets.mjs). @param mostKilobytes gzip */
export function budget(mostKilobytes: number): Plugin {
	return {
		name: "inlay-messenger-budget",
		generateBundle(_options, bundle) {
			const weights = Object.values(bundle).flatMap((file) => {
				if (file.type !== "chunk") return [];
				const kilobytes = gzipSync(file.code, { level: 9 }).length / 1000;
				return [{ name: file.fileName, kind: "entry", kilobytes, limit: mostKilobytes }];
			});
			const [{ name } = { name: "none" }] = weights;
			const source = JSON.stringify(weights, null, "\t");
			this.emitFile({ type: "asset", fileName: `${name}.budget.json`, source });
		},
	};
}
