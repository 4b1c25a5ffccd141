/** The demo of this machine lets its panels run a script from here, once somebody develops in it. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What of `demo.json` is needed here. */
interface DemoSecrets {
	api: string;
	clients: { automation: { id: string; secret?: string } };
	deployment?: { id: string };
}

interface Configuration {
	properties: Record<string, unknown>;
	[key: string]: unknown;
}

/**
 * Where the demo of this machine may have its data: the folder that is named, else also that of the command itself (a clone's
 * `npm start`) and those above the script's. Which of them it is, its `demo.json` tells by the address.
 */
export function demoFolders(dataDir: string, isNamed: boolean, cwd = process.cwd()): string[] {
	if (isNamed) return [dataDir];
	const above = [cwd];
	for (let at = cwd; dirname(at) !== at; at = dirname(at)) above.push(dirname(at));
	const own = fileURLToPath(new URL("../../../../data", import.meta.url));
	return [...new Set([dataDir, ...above.map((folder) => join(folder, "data")), own])];
}

/**
 * Switches `development` on, by the API and in the name of the demo's own program.
 *
 * @param folders where the demo may keep its secrets
 * @returns whether it is on now; false where none of them is that of the demo which answers at `api`
 */
export async function allowDevelopment(api: string, folders: readonly string[], deployment: string): Promise<boolean> {
	const demo = await readDemo(api, folders);
	if (!demo?.clients.automation.secret) return false;
	const token = await tokenOf(demo);
	const address = new URL(`/api/v2/integrations/${encodeURIComponent(deployment)}/config/current`, api);
	const call = async (method: string, body?: string) => {
		const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
		const answer = await fetch(address, { method, headers, ...(body ? { body } : {}) });
		if (!answer.ok) throw new Error(`${method} ${address.pathname} was answered with ${answer.status}.`);
		return (await answer.json()) as Configuration;
	};
	const { name, version, properties, advanced, notes, credentials } = await call("GET");
	const changed = { name, version, properties: { ...properties, development: true }, advanced, notes, credentials };
	await call("PUT", JSON.stringify(changed));
	return true;
}

/** Id of the deployment that the demo came with; undefined where none of the folders is that of the demo which answers at `api`. */
export async function demoDeployment(api: string, folders: readonly string[]): Promise<string | undefined> {
	return (await readDemo(api, folders))?.deployment?.id;
}

async function readDemo(api: string, folders: readonly string[]): Promise<DemoSecrets | undefined> {
	for (const folder of folders) {
		const text = await readFile(join(folder, "demo.json"), "utf8").catch(() => "{}");
		const demo = readSecrets(text);
		if (demo?.api === api) return demo;
	}
	return undefined;
}

/** Undefined where the demo is about to write it. */
function readSecrets(text: string): DemoSecrets | undefined {
	try {
		return JSON.parse(text) as DemoSecrets;
	} catch {
		return undefined;
	}
}

async function tokenOf({ api, clients: { automation } }: DemoSecrets): Promise<string> {
	const basic = Buffer.from(`${automation.id}:${automation.secret}`).toString("base64");
	const answer = await fetch(new URL("/oauth/token", api), {
		method: "POST",
		headers: { authorization: `Basic ${basic}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	return ((await answer.json()) as { access_token: string }).access_token;
}
