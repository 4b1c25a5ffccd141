// The steps that every npm command shares. Plain JavaScript for whatever Node the machine has: no dependency, no syntax
// beyond Node 18.
import { installPackages } from "./setup/install.mjs";
import { chooseNode } from "./setup/node.mjs";

/** The folder of the workspace, which all paths here are relative to. */
export const workspace = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

/**
 * Installs the packages where needed and finds the Node to run Inlay with.
 *
 * @returns {Promise<string>} the path of that Node
 */
export async function prepare() {
	await installPackages(workspace);
	return chooseNode(workspace);
}
