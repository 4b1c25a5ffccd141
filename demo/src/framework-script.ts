import { readFile } from "node:fs/promises";
import { clientIds, deploymentScript } from "./facts.ts";

/**
 * The demo deployment's `framework.js`: the sample that comes with Inlay, and behind it the few lines that an
 * administrator would fill in.
 *
 * @param region key of the client id, the server's own region
 */
export async function demoFrameworkScript(region: string): Promise<string> {
	const sample = await readFile(new URL(import.meta.resolve("@inlay/framework/sample/framework.js")), "utf8");
	const { name, settings } = deploymentScript;
	return `${sample}
/* What the demo fills in. */
Object.assign(window.Framework.config, ${JSON.stringify({ name, clientIds: { [region]: clientIds.panel } }, null, "\t")});
Object.assign(window.Framework.config.settings, ${JSON.stringify(settings, null, "\t")});
`;
}
