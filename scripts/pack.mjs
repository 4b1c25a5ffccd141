// npm run pack: inlay-<version>.tgz, which `npm install` takes on a machine without this repository. Nothing is published.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildBundles } from "./build.mjs";
import { capture } from "./setup/run.mjs";
import { fail, SetupError, step } from "./setup/step.mjs";
import { prepare, workspace } from "./setup.mjs";

/**
 * @param {string} target the folder that the tarball is put into; made where it is not there
 * @returns {Promise<string>} the tarball's path
 */
export async function pack(target) {
	const node = await prepare();
	await buildBundles(workspace, node);
	const folder = join(workspace, ".inlay", "package");
	await run(node, [join(workspace, "scripts", "pack", "make.mjs"), workspace, folder]);
	await mkdir(target, { recursive: true });
	const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", target];
	const [{ filename }] = JSON.parse(await run("npm", args, { cwd: folder }));
	return join(target, filename);
}

async function run(command, args, options) {
	const { code, output } = await capture(command, args, options);
	if (code !== 0) throw new SetupError(`${args[0]} has failed:\n${output.trim()}`);
	return output;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const target = resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2] ?? ".");
	step("Packing", () => pack(target)).then((file) => console.log(file), fail);
}
