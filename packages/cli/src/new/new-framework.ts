/** `inlay new framework`: a folder to start from, with a test that passes. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type FrameworkKind, frameworkKinds } from "./kinds.ts";

export interface NewPorts {
	out(text: string): void;
	err(text: string): void;
}

const templates = fileURLToPath(new URL("../../templates", import.meta.url));

/**
 * @param inlay what people type for this command
 * @returns the exit code: 2 where there is something in the folder already
 */
export async function newFramework(
	folder: string,
	kind: FrameworkKind,
	inlay: string,
	ports: NewPorts,
): Promise<0 | 2> {
	const there = await entriesOf(folder);
	if (there === undefined || there.length > 0) {
		const why = there === undefined ? "is a file" : `is not empty: it has ${there[0]}`;
		ports.err(`${folder} ${why}. Name a folder that is new, or empty.`);
		return 2;
	}
	await mkdir(folder, { recursive: true });
	for (const [name, text] of await filesFor(folder, kind)) await writeFile(join(folder, name), text);
	ports.out(whatNext(folder, kind, inlay));
	return 0;
}

/** Undefined where it is no folder. */
async function entriesOf(folder: string): Promise<string[] | undefined> {
	try {
		return await readdir(folder);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT") return [];
		if (code === "ENOTDIR") return undefined;
		throw error;
	}
}

async function filesFor(folder: string, kind: FrameworkKind): Promise<[name: string, text: string][]> {
	const from = join(templates, kind);
	const title = basename(resolve(folder));
	const own = (await readdir(from)).map(async (name): Promise<[string, string]> => {
		const text = await readFile(join(from, name), "utf8");
		return [name, name === "framework.ts" ? text.replace('"My CRM"', JSON.stringify(title)) : text];
	});
	return [
		...(await Promise.all(own)),
		["package.json", asJson({ name: packageName(title), private: true, version: "0.1.0", type: "module" })],
		["tsconfig.json", asJson(typeScript(folder))],
		[".gitignore", "dist/\nnode_modules/\n"],
	];
}

/** For editors and `tsc`; `inlay` itself takes types out, and finds its packages without. */
function typeScript(folder: string) {
	const entry = fileURLToPath(import.meta.resolve("@inlay/framework")).replace(/\.js$/, ".d.ts");
	const types = relative(resolve(folder), entry);
	return {
		compilerOptions: {
			target: "ES2022",
			lib: ["ES2023", "DOM", "DOM.Iterable"],
			module: "NodeNext",
			types: [],
			strict: true,
			skipLibCheck: true,
			allowImportingTsExtensions: true,
			noEmit: true,
			paths: { "@inlay/framework": [dotted(types.replaceAll("\\", "/"))] },
		},
		include: ["*.ts"],
		// These are Node's, and run by `inlay test`.
		exclude: ["*.test.ts"],
	};
}

function dotted(path: string): string {
	return path.startsWith(".") ? path : `./${path}`;
}

function packageName(title: string): string {
	return (
		title
			.toLowerCase()
			.replace(/[^a-z0-9-]+/g, "-")
			.replace(/^-+|-+$/g, "") || "framework"
	);
}

function asJson(value: unknown): string {
	return `${JSON.stringify(value, null, "\t")}\n`;
}

function whatNext(folder: string, kind: FrameworkKind, inlay: string): string {
	return [
		`Made ${folder}: it ${frameworkKinds[kind]}.`,
		"Write your CRM's address into it. Then, in that folder:",
		`  ${inlay} test                  runs framework.test.ts, without a browser`,
		`  ${inlay} lint framework.ts     says what is wrong`,
		`  ${inlay} dev framework.ts      shows it in a real panel, live at each save`,
		`  ${inlay} build framework.ts    writes dist/framework.js, which a deployment takes`,
		`${inlay} help first walks it from here to the agents, in ten minutes.`,
	].join("\n");
}
