// Builds the browser's bundles, those whose sources have changed. Also a command: node scripts/build.mjs
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hashFiles } from "./setup/hash.mjs";
import { capture } from "./setup/run.mjs";
import { fail, SetupError, step } from "./setup/step.mjs";
import { workspace as ownWorkspace, prepare } from "./setup.mjs";

/** What is built, and the folders that each bundle is made from (design.md: what a package may import). */
const bundles = [
	{ folder: "packages/client", from: ["packages/contract", "packages/framework", "packages/ui"] },
	{ folder: "packages/console", from: ["packages/contract", "packages/framework", "packages/ui"] },
	{ folder: "packages/messenger", from: [] },
	{ folder: "demo", from: ["packages/contract", "packages/framework", "packages/ui"] },
];

/**
 * Builds every bundle that is missing or older than its sources. A folder without a vite.config.ts has none.
 *
 * @param {string} workspace
 * @param {string} node the Node to run Vite with
 */
export async function buildBundles(workspace, node) {
	for (const bundle of bundles) {
		if (!existsSync(join(workspace, bundle.folder, "vite.config.ts"))) continue;
		const hash = bundleHash(workspace, bundle);
		if (isBuilt(workspace, bundle, hash)) continue;
		await step(`Building ${bundle.folder}`, () => build(workspace, node, bundle));
		writeFileSync(stampFile(workspace, bundle), hash);
	}
}

/** Whether what lies in this bundle's dist was made from its sources as they are. @param {string} folder */
export function isBundleCurrent(folder) {
	const bundle = bundles.find((each) => each.folder === folder);
	return bundle !== undefined && isBuilt(ownWorkspace, bundle, bundleHash(ownWorkspace, bundle));
}

function isBuilt(workspace, bundle, hash) {
	const stamp = stampFile(workspace, bundle);
	return (
		existsSync(join(workspace, bundle.folder, "dist")) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash
	);
}

async function build(workspace, node, bundle) {
	rmSync(stampFile(workspace, bundle), { force: true });
	const vite = join(workspace, "node_modules", "vite", "bin", "vite.js");
	const { code, output } = await capture(node, [vite, "build", "--logLevel", "warn"], {
		cwd: join(workspace, bundle.folder),
		env: { ...process.env, NODE_ENV: "production" },
	});
	for (const line of output.split("\n").filter((one) => one.includes("Over budget"))) console.log(line);
	if (code !== 0) throw new SetupError(`${bundle.folder} could not be built:\n${output.trim()}`);
}

/** The sources, the packages by their lock file, and the version of Node have a say in what comes out. */
function bundleHash(workspace, { folder, from }) {
	return hashFiles(workspace, [folder, ...from, "package-lock.json", "tsconfig.json"]);
}

/** Beside the packages, not in dist: Vite empties dist. */
function stampFile(workspace, { folder }) {
	const stamps = join(workspace, "node_modules", ".inlay-builds");
	mkdirSync(stamps, { recursive: true });
	return join(stamps, folder.replaceAll("/", "-"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	prepare()
		.then((node) => buildBundles(ownWorkspace, node))
		.catch(fail);
}
