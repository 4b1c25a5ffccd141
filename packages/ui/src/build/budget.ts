import { gzipSync } from "node:zlib";

/** The part of a bundle's output that the budget looks at; rolldown's own types are wider. */
export interface BuiltFile {
	type: "chunk" | "asset";
	fileName: string;
	/** Without its hash. */
	name?: string;
	code?: string;
	source?: string | Uint8Array;
	isEntry?: boolean;
	imports?: string[];
	/** Chunks that it asks for when they are wanted. */
	dynamicImports?: string[];
	viteMetadata?: { importedCss: Set<string> };
}

/** Limits in kB gzip (design.md, "Numbers to hold"). */
export interface Limits {
	/** Everything an entry page loads before it can show a usable sign-in. */
	shellKilobytes: number;
	/** One chunk that is loaded later. */
	chunkKilobytes: number;
	/** A tool that only such a chunk asks for, such as an editor; as a chunk where nothing else is said. */
	toolKilobytes?: number;
	/** Lazy chunks with a limit of their own, by name: what few installations ask for, and cannot be had in less. */
	named?: Readonly<Record<string, number>>;
	/**
	 * Lazy chunks, by name, that are asked for at once: what several of them share weighs with the first, and what one of them
	 * asks for comes when all are there.
	 */
	together?: readonly string[];
}

/** One line of `budget.json`. */
export interface Weight {
	name: string;
	/** A page's entry with all that it loads at once, or a chunk that is loaded later with what it adds. */
	kind: "entry" | "lazy";
	kilobytes: number;
	limit: number;
}

function gzipped(file: BuiltFile | undefined): number {
	const content = file?.code ?? file?.source ?? "";
	return gzipSync(content, { level: 9 }).length / 1000;
}

/** The files that arrive with `fileName`: its static imports and their style sheets. */
function closure(fileName: string, files: Record<string, BuiltFile>, seen = new Set<string>()): Set<string> {
	const file = files[fileName];
	if (!file || seen.has(fileName)) return seen;
	seen.add(fileName);
	for (const css of file.viteMetadata?.importedCss ?? []) seen.add(css);
	for (const imported of file.imports ?? []) closure(imported, files, seen);
	return seen;
}

/** The chunks of `together`, in its order. */
function inOrder(chunks: readonly BuiltFile[], together: readonly string[]): string[] {
	return together.map((name) => {
		const found = chunks.find((chunk) => !chunk.isEntry && chunk.name === name);
		if (!found) throw new Error(`The budget names a chunk "${name}" that the build does not have.`);
		return found.fileName;
	});
}

/** What is there already when a lazy chunk is asked for: all that whoever asks for it has loaded, whoever of them it is. */
function loadedBefore(
	lazy: string,
	chunks: readonly BuiltFile[],
	files: Record<string, BuiltFile>,
	together: readonly string[],
	isLate: (name: string) => boolean,
): Set<string> {
	const all = (names: readonly string[], seen = new Set<string>()) =>
		names.reduce((found, name) => closure(name, files, found), seen);
	const stage = all(together);
	const [first, ...others] = chunks
		.filter((chunk) => chunk.dynamicImports?.includes(lazy))
		.map(({ fileName }) => closure(fileName, files, new Set(isLate(fileName) && stage.has(fileName) ? stage : [])));
	const before = new Set([...(first ?? [])].filter((name) => others.every((each) => each.has(name))));
	return together.includes(lazy) ? all(together.slice(0, together.indexOf(lazy)), before) : before;
}

/** Weighs each entry with all it loads at once, and each lazy chunk with what it adds to what is there when it is asked for. */
export function weigh(files: Record<string, BuiltFile>, limits: Limits): Weight[] {
	const chunks = Object.values(files).filter((file) => file.type === "chunk");
	const shells = new Set<string>();
	const together = inOrder(chunks, limits.together ?? []);
	const weights: Weight[] = [];
	const total = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + gzipped(files[name]), 0);
	for (const entry of chunks.filter((chunk) => chunk.isEntry)) {
		const loaded = closure(entry.fileName, files);
		for (const name of loaded) shells.add(name);
		weights.push({ name: entry.fileName, kind: "entry", kilobytes: total(loaded), limit: limits.shellKilobytes });
	}
	for (const chunk of chunks.filter((each) => !shells.has(each.fileName))) {
		const before = loadedBefore(chunk.fileName, chunks, files, together, (name) => !shells.has(name));
		const added = [...closure(chunk.fileName, files)].filter((name) => !shells.has(name) && !before.has(name));
		const isTool = !chunks.some((each) => shells.has(each.fileName) && each.dynamicImports?.includes(chunk.fileName));
		const own = chunk.name === undefined ? undefined : limits.named?.[chunk.name];
		const limit = own ?? ((isTool && limits.toolKilobytes) || limits.chunkKilobytes);
		weights.push({ name: chunk.fileName, kind: "lazy", kilobytes: total(added), limit });
	}
	return weights;
}

/** What the bench tells of a build: its shell, which is the entry of `index.html`, and the lazy chunk that is nearest to its limit. */
export function shellAndHeaviest(weights: readonly Weight[]): { shell: Weight; lazy: Weight } {
	const shell = weights.find(({ name, kind }) => kind === "entry" && /(?:^|\/)index[-.]/.test(name));
	const [lazy] = weights
		.filter(({ kind }) => kind === "lazy")
		.sort((a, b) => b.kilobytes / b.limit - a.kilobytes / a.limit);
	if (shell && lazy) return { shell, lazy };
	throw new Error("The client's budget.json names no index entry or no lazy chunk.");
}

/** The sentence that fails the tests, or undefined when everything fits. */
export function overBudget(weights: Weight[]): string | undefined {
	const heavy = weights.filter((weight) => weight.kilobytes > weight.limit);
	if (heavy.length === 0) return undefined;
	return `Over budget: ${heavy.map((weight) => `${weight.name} weighs ${weight.kilobytes.toFixed(1)} kB gzip, ${weight.limit} are allowed`).join("; ")}`;
}

/**
 * Vite plugin: writes `budget.json`, and says what outgrows its budget. The build goes on: whoever starts Inlay is not to
 * pay for a sentence too many. `npm test` reads the same file, and fails (scripts/budgets.mjs).
 */
export function budget(limits: Limits) {
	return {
		name: "inlay-budget",
		generateBundle(
			this: {
				warn(text: string): void;
				emitFile(file: { type: "asset"; fileName: string; source: string }): unknown;
			},
			_options: unknown,
			bundle: object,
		) {
			const weights = weigh(bundle as Record<string, BuiltFile>, limits);
			const problem = overBudget(weights);
			if (problem) this.warn(problem);
			this.emitFile({ type: "asset", fileName: "budget.json", source: JSON.stringify(weights, null, "\t") });
		},
	};
}
